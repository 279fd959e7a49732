// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PageSketch.h"

#include "imaging/EvenLight.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace tallydesk {

namespace {

constexpr int lineViewLength = 1169;  // 100 dpi: lines are one or two pixels wide and cheap to follow

cv::Mat inkOf(const cv::Mat& grey) {
    cv::Mat ink;
    cv::adaptiveThreshold(grey, ink, 255, cv::ADAPTIVE_THRESH_MEAN_C, cv::THRESH_BINARY_INV, 25, 14);
    return ink;
}

cv::Mat resized(const cv::Mat& image, int longSide) {
    const double scale = double(longSide) / std::max(image.cols, image.rows);
    const cv::Size size(std::max(1, cvRound(image.cols * scale)), std::max(1, cvRound(image.rows * scale)));
    cv::Mat result;
    cv::resize(image, result, size, 0, 0, scale < 1.0 ? cv::INTER_AREA : cv::INTER_CUBIC);
    return result;
}

cv::Mat greyOf(const QImage& page) {
    const QImage source =
        page.format() == QImage::Format_Grayscale8 ? page : page.convertToFormat(QImage::Format_Grayscale8);
    const cv::Mat view(source.height(), source.width(), CV_8U, const_cast<uchar*>(source.constBits()),
                       size_t(source.bytesPerLine()));
    return evenLight(resized(view, sketchLength));
}

// How sharply rows of ink stand apart when the page is sheared by `slope`: text lines and rules make it
// large.
double rowContrast(const std::vector<cv::Point>& points, int height, double slope) {
    std::vector<int> rows(size_t(height), 0);
    for (const cv::Point& p : points) {
        const int y = cvRound(p.y + slope * p.x);
        if (y >= 0 && y < height)
            ++rows[size_t(y)];
    }
    double sum = 0.0;
    for (size_t i = 1; i < rows.size(); ++i)
        sum += double(rows[i] - rows[i - 1]) * (rows[i] - rows[i - 1]);
    return sum;
}

struct Level {
    double contrast = 0.0;
    double degrees = 0.0;
};

Level bestLevel(const cv::Mat& ink, double from, double to, double step) {
    std::vector<cv::Point> points;
    cv::findNonZero(ink, points);
    Level best;
    for (double degrees = from; degrees <= to + 1e-9; degrees += step) {
        const double contrast = rowContrast(points, ink.rows, std::tan(degrees * CV_PI / 180.0));
        if (contrast > best.contrast)
            best = {contrast, degrees};
    }
    return best;
}

// Without the frame, where scanners leave black borders and neighbouring pages.
cv::Mat inner(const cv::Mat& image) {
    const int x = image.cols / 14;
    const int y = image.rows / 14;
    return image(cv::Rect(x, y, image.cols - 2 * x, image.rows - 2 * y)).clone();
}

struct Line {
    double from = 0.0;
    double to = 0.0;
    double at = 0.0;
};

// Long straight strokes of a mask; a level line's `at` is y, an upright one's x.
std::vector<Line> linesOf(const cv::Mat& ink, bool level, int shortest) {
    cv::Mat mask;
    cv::dilate(ink, mask, cv::getStructuringElement(cv::MORPH_RECT, level ? cv::Size(1, 3) : cv::Size(3, 1)));
    cv::morphologyEx(
        mask, mask, cv::MORPH_OPEN,
        cv::getStructuringElement(cv::MORPH_RECT, level ? cv::Size(shortest, 1) : cv::Size(1, shortest)));
    cv::dilate(mask, mask,
               cv::getStructuringElement(cv::MORPH_RECT, level ? cv::Size(15, 1) : cv::Size(1, 15)));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 8, CV_32S);
    std::vector<Line> lines;
    for (int i = 1; i < count; ++i) {
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int y = stats.at<int>(i, cv::CC_STAT_TOP);
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        const int thick = level ? h : w;
        const int length = level ? w : h;
        if (thick > 14 + length / 12)
            continue;  // a black border or a grid that hangs together
        if (level)
            lines.push_back({double(x), double(x + w), centres.at<double>(i, 1)});
        else
            lines.push_back({double(y), double(y + h), centres.at<double>(i, 0)});
    }
    return lines;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + long(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// Long level lines one under another, no further apart than a table's rows, with their sides in common.
std::vector<Line> tallestStack(std::vector<Line> rules, double height, double width) {
    std::sort(rules.begin(), rules.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    std::vector<Line> best;
    std::vector<Line> stack;
    const auto settle = [&] {
        if (stack.size() > best.size())
            best = stack;
        stack.clear();
    };
    for (const Line& rule : rules) {
        if (!stack.empty()) {
            if (rule.at - stack.back().at < 6.0) {  // one line seen in two pieces
                stack.back().from = std::min(stack.back().from, rule.from);
                stack.back().to = std::max(stack.back().to, rule.to);
                continue;
            }
            if (rule.at - stack.back().at > 0.10 * height ||
                std::abs(rule.from - stack.back().from) > 0.12 * width)
                settle();
        }
        stack.push_back(rule);
    }
    settle();
    return best;
}

std::vector<double> columnLines(const std::vector<Line>& uprights, double x0, double x1, double top,
                                double bottom, double tolerance) {
    struct Cluster {
        double weight = 0.0;
        double sum = 0.0;
    };
    std::vector<Line> inside;
    for (Line line : uprights) {
        line.from = std::max(line.from, top);
        line.to = std::min(line.to, bottom);
        if (line.to > line.from && line.at > x0 - 2 * tolerance && line.at < x1 + 2 * tolerance)
            inside.push_back(line);
    }
    std::sort(inside.begin(), inside.end(), [](const Line& a, const Line& b) { return a.at < b.at; });
    std::vector<Cluster> clusters;
    for (const Line& line : inside) {
        const double length = line.to - line.from;
        if (clusters.empty() || line.at - clusters.back().sum / clusters.back().weight > tolerance)
            clusters.push_back({});
        clusters.back().weight += length;
        clusters.back().sum += length * line.at;
    }
    std::vector<double> columns;
    for (const Cluster& cluster : clusters) {
        if (cluster.weight > 0.45 * (bottom - top))
            columns.push_back(cluster.sum / cluster.weight);
    }
    return columns;
}

std::optional<TableSketch> findTableSketch(const cv::Mat& ink) {
    const double width = ink.cols;
    const double height = ink.rows;
    std::vector<Line> rules = linesOf(ink, true, int(width / 22));
    std::erase_if(rules, [&](const Line& l) { return l.to - l.from < 0.45 * width; });
    const std::vector<Line> stack = tallestStack(rules, height, width);
    if (stack.size() < 3)
        return std::nullopt;
    std::vector<double> starts;
    std::vector<double> ends;
    for (const Line& rule : stack) {
        starts.push_back(rule.from);
        ends.push_back(rule.to);
    }
    const double top = stack.front().at;
    const double bottom = stack.back().at;
    const std::vector<Line> uprights = linesOf(ink, false, int(height / 50));
    const double tolerance = 0.022 * width;
    std::vector<double> columns = columnLines(uprights, median(starts), median(ends), top, bottom, tolerance);
    // The rules' ends stand in where a side was too faint.
    if (columns.empty() || columns.front() > median(starts) + 2 * tolerance)
        columns.insert(columns.begin(), median(starts));
    if (columns.back() < median(ends) - 2 * tolerance)
        columns.push_back(median(ends));
    if (columns.size() < 4)
        return std::nullopt;  // ruled lines for writing on are no table

    TableSketch table;
    table.top = top / height;
    table.bottom = bottom / height;
    table.left = columns.front() / width;
    table.right = columns.back() / width;
    for (size_t i = 1; i < columns.size(); ++i)
        table.columns.append((columns[i] - columns[i - 1]) / (columns.back() - columns.front()));
    const double lastTop = stack[stack.size() - 2].at + 4;
    double parted = 0.0;
    for (const Line& line : uprights) {
        if (std::abs(line.at - columns[1]) < 1.5 * tolerance)
            parted += std::max(0.0, std::min(line.to, bottom) - std::max(line.from, lastTop));
    }
    table.mergedLast = parted < 0.6 * (bottom - lastTop);
    return table;
}

bool hasCodeBox(const cv::Mat& ink) {
    const cv::Rect corner(ink.cols * 11 / 20, 0, ink.cols - ink.cols * 11 / 20, ink.rows / 5);
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(ink(corner).clone(), outlines, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    for (const auto& outline : outlines) {
        const cv::Rect box = cv::boundingRect(outline);
        if (box.width > 0.06 * ink.cols && box.width < 0.28 * ink.cols && box.height > 0.011 * ink.rows &&
            box.height < 0.06 * ink.rows && cv::contourArea(outline) > 0.75 * box.area())
            return true;
    }
    return false;
}

}  // namespace

PageSketch PageSketch::turned() const {
    PageSketch other = *this;
    other.rotation = (rotation + 180) % 360;
    cv::rotate(grey, other.grey, cv::ROTATE_180);
    other.codeBox = hasCodeBox(inkOf(resized(other.grey, lineViewLength)));
    if (other.table) {
        std::reverse(other.table->columns.begin(), other.table->columns.end());
        other.table->top = 1.0 - table->bottom;
        other.table->bottom = 1.0 - table->top;
        other.table->left = 1.0 - table->right;
        other.table->right = 1.0 - table->left;
        other.table->mergedLast = false;
    }
    return other;
}

PageSketch sketchPage(const QImage& page) {
    PageSketch sketch;
    if (page.width() < 40 || page.height() < 40)
        return sketch;
    cv::Mat grey = greyOf(page);
    if (std::min(grey.cols, grey.rows) < 100)
        return sketch;
    const cv::Mat small = inner(inkOf(resized(grey, lineViewLength / 2)));
    sketch.ink = double(cv::countNonZero(small)) / double(small.total());
    cv::Mat sideways;
    cv::rotate(small, sideways, cv::ROTATE_90_CLOCKWISE);
    const Level level = bestLevel(small, -6.0, 6.0, 0.5);
    const Level turnedLevel = bestLevel(sideways, -6.0, 6.0, 0.5);
    // Contrast adds up squares of row sums: the longer rows of the wider side must not count more.
    const double weight = double(small.rows) / small.cols;
    double degrees = level.degrees;
    if (turnedLevel.contrast * 1.0 / weight > level.contrast) {
        sketch.rotation = 90;
        degrees = turnedLevel.degrees;
        cv::rotate(grey, grey, cv::ROTATE_90_CLOCKWISE);
    }
    const cv::Mat view = inkOf(resized(grey, lineViewLength));
    sketch.skewDegrees = bestLevel(inner(view), degrees - 0.5, degrees + 0.5, 0.1).degrees;
    if (std::abs(sketch.skewDegrees) > 0.15) {
        const cv::Point2f middle(float(grey.cols) / 2.0F, float(grey.rows) / 2.0F);
        const cv::Mat turn = cv::getRotationMatrix2D(middle, -sketch.skewDegrees, 1.0);
        cv::Mat straight;
        cv::warpAffine(grey, straight, turn, grey.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
        grey = straight;
    }
    sketch.grey = grey;
    const cv::Mat ink = inkOf(resized(grey, lineViewLength));
    sketch.table = findTableSketch(ink);
    sketch.codeBox = hasCodeBox(ink);
    return sketch;
}

}  // namespace tallydesk
