// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/BlankFinder.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace tallydesk {

namespace {

constexpr int largestDot = 8;
constexpr int lineTolerance = 13;    // pieces of one line; the next line is at least 50 px away
constexpr int coveredGap = 130;      // handwriting may hide so many dots of one blank
constexpr double coarseDepth = 9.0;  // of a bracket's blurred stroke
constexpr int tallerThanDots = 7;
constexpr int mostPitch = 75;        // from one line of figures to the next
constexpr int someBehind = 60;       // pixels of dots among the words, where these hide most
constexpr int leastBefore = 20;      // pixels of a number's dots before its bracket
constexpr double leastDepth = 0.33;  // of dots, as a share of the darker third's
constexpr int surePrint = 4;         // so many letters between dots are a printed word
constexpr int possiblePrint = 2;     // so few may as well be a number

struct Piece {
    int left = 0;
    int right = 0;
    int y = 0;
    double depth = 0.0;  ///< how much darker than the paper
};

// How dark print is: what the darker third of the pieces reaches.
double depthOfPrint(const std::vector<Piece>& pieces) {
    std::vector<double> depths;
    for (const auto& piece : pieces)
        depths.push_back(piece.depth);
    const auto upper = depths.begin() + static_cast<std::ptrdiff_t>(depths.size() * 2 / 3);
    std::nth_element(depths.begin(), upper, depths.end());
    return *upper;
}

// Rows of dots, closer to each other than letters.
std::vector<Piece> dottedPieces(const cv::Mat& ink, const cv::Mat& grey) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    cv::Mat dots = cv::Mat::zeros(ink.size(), CV_8U);
    for (int i = 1; i < count; ++i) {
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (h > largestDot || w > 60 || stats.at<int>(i, cv::CC_STAT_AREA) < 2 || (w > 14 && h > 6))
            continue;
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int y = cvRound(centroids.at<double>(i, 1));
        cv::line(dots, {x, y}, {x + w - 1, y}, 255, 1);
    }
    cv::Mat joined;
    cv::dilate(dots, joined, cv::getStructuringElement(cv::MORPH_RECT, {15, 3}));
    count = cv::connectedComponentsWithStats(joined, labels, stats, centroids, 8, CV_32S);
    // A dot that lies between two rows of pixels is faint in each; the darker of them comes nearer to its
    // ink.
    cv::Mat darkest;
    cv::erode(grey, darkest, cv::getStructuringElement(cv::MORPH_RECT, {1, 3}));
    std::vector<Piece> pieces;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (box.width < 30 || box.height > 16)
            continue;
        cv::Mat flat;
        cv::reduce(dots(box), flat, 0, cv::REDUCE_MAX);
        int starts = 0;
        for (int x = 1; x < flat.cols; ++x)
            starts += flat.at<uchar>(0, x) != 0 && flat.at<uchar>(0, x - 1) == 0 ? 1 : 0;
        const int covered = cv::countNonZero(flat);
        // Either many dots, or dots that the scan ran together into a rule.
        if (starts < 3 && covered < 30)
            continue;
        const double paper = cv::mean(grey(box), joined(box) == 0)[0];
        const double stroke = cv::mean(darkest(box), dots(box))[0];
        const double around = cv::countNonZero(joined(box) == 0) > 20 ? paper : 255.0;
        pieces.push_back({box.x + 7, box.br().x - 7, cvRound(centroids.at<double>(i, 1)), around - stroke});
    }
    // What shows through from the other side is fainter than this side's print.
    if (!pieces.empty()) {
        std::erase_if(
            pieces, [least = leastDepth * depthOfPrint(pieces)](const Piece& p) { return p.depth < least; });
    }
    return pieces;
}

// The pieces of a fold that runs from left of the table, where no blank stands, to right of it, and is
// clearly fainter than print: beside a dotted line they would be taken for a part of it. `left` and `right`
// are the table's sides.
void dropFolds(std::vector<Piece>& pieces, int left, int right) {
    constexpr double steepest = 0.06;
    constexpr double tolerance = 7.0;
    constexpr double leastCovered = 0.25;   // of the table's width
    constexpr double mostDepth = 0.6;       // of the print's
    constexpr int outside = 20;             // printed lines may reach a little further than the table
    constexpr std::size_t mostFaint = 200;  // of more, nothing can be told
    if (pieces.empty())
        return;
    const double faintest = mostDepth * depthOfPrint(pieces);
    const auto middle = [](const Piece& piece) { return (piece.left + piece.right) / 2.0; };
    std::vector<Piece> faint;
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(faint),
                 [faintest](const Piece& piece) { return piece.depth <= faintest; });
    if (faint.size() > mostFaint)
        return;
    std::vector<Piece> fold;
    auto most = static_cast<int>(leastCovered * (right - left));
    for (const Piece& first : faint) {
        for (const Piece& last : faint) {
            const double run = middle(last) - middle(first);
            if (first.left > left - outside || last.right < right + outside || run < (right - left) / 2.0)
                continue;
            const double slope = (last.y - first.y) / run;
            if (std::abs(slope) > steepest)
                continue;
            std::vector<Piece> own;
            int covered = 0;
            for (const Piece& piece : faint) {
                const double away = piece.y - first.y - slope * (middle(piece) - middle(first));
                if (std::abs(away) <= tolerance) {
                    own.push_back(piece);
                    covered += piece.right - piece.left;
                }
            }
            if (covered >= most) {
                most = covered;
                fold = std::move(own);
            }
        }
    }
    std::erase_if(pieces, [&fold](const Piece& piece) {
        return std::any_of(fold.begin(), fold.end(), [&piece](const Piece& each) {
            return each.left == piece.left && each.y == piece.y;
        });
    });
}

// A blank follows printed words on its own line; marks on empty paper do not.
bool followsPrint(const cv::Mat& ink, int left, int y) {
    const cv::Rect area = cv::Rect(left - 90, y - 34, 84, 36) & cv::Rect({}, ink.size());
    if (area.empty())
        return false;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink(area), labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        if (stats.at<int>(i, cv::CC_STAT_HEIGHT) >= 14 && stats.at<int>(i, cv::CC_STAT_AREA) >= 25)
            return true;
    }
    return false;
}

// Tall thin strokes, hollow at their right, that stand on the line at y.
std::vector<int> openBrackets(const cv::Mat& ink, int y) {
    const int top = std::max(0, y - 44);
    const int bottom = std::min(ink.rows, y + 22);
    std::vector<int> found;
    if (bottom - top < 30)
        return found;
    const cv::Mat part = ink.rowRange(top, bottom);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(part, labels, stats, centroids, 8, CV_32S);
    for (int i = 1; i < count; ++i) {
        const int w = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int h = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        if (h < 24 || h > 46 || w < 4 || w > 16 || h < 2 * w || stats.at<int>(i, cv::CC_STAT_AREA) > 6 * h)
            continue;
        const int x = stats.at<int>(i, cv::CC_STAT_LEFT);
        const int t = stats.at<int>(i, cv::CC_STAT_TOP);
        const int foot = t + h + top;
        if (foot < y - 4 || foot > y + 18)
            continue;
        const auto meanX = [&](int from, int to) {
            double sum = 0.0;
            int n = 0;
            for (int k = from; k < to; ++k) {
                for (int c = x; c < x + w; ++c) {
                    if (labels.at<int>(k, c) == i) {
                        sum += c;
                        ++n;
                    }
                }
            }
            return n > 0 ? sum / n : 0.0;
        };
        const double high = meanX(t, t + h / 4);
        const double low = meanX(t + h - h / 4, t + h);
        const double middle = meanX(t + h * 3 / 8, t + h * 5 / 8);
        if (high - middle > 0.8 && low - middle > 0.8)
            found.push_back(x);
    }
    std::sort(found.begin(), found.end());
    return found;
}

struct PieceLine {
    int y = 0;
    std::vector<Piece> pieces;
};

std::vector<PieceLine> groupPieces(std::vector<Piece> pieces) {
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.y < b.y; });
    std::vector<PieceLine> groups;
    for (const auto& piece : pieces) {
        const auto host = std::find_if(groups.begin(), groups.end(), [&](const PieceLine& group) {
            return std::any_of(group.pieces.begin(), group.pieces.end(), [&](const Piece& other) {
                return std::abs(other.y - piece.y) <= lineTolerance;
            });
        });
        if (host == groups.end())
            groups.push_back({piece.y, {piece}});
        else
            host->pieces.push_back(piece);
    }
    for (auto& group : groups) {
        // The longest piece gives the height: short ones may be stray marks.
        group.y =
            std::max_element(group.pieces.begin(), group.pieces.end(), [](const Piece& a, const Piece& b) {
                return a.right - a.left < b.right - b.left;
            })->y;
        std::sort(group.pieces.begin(), group.pieces.end(),
                  [](const Piece& a, const Piece& b) { return a.left < b.left; });
    }
    std::sort(groups.begin(), groups.end(), [](const PieceLine& a, const PieceLine& b) { return a.y < b.y; });
    return groups;
}

int dotsBehind(const PieceLine& line, int x) {
    int sum = 0;
    for (const auto& piece : line.pieces)
        sum += piece.left > x - 8 ? piece.right - piece.left : std::max(0, piece.right - x - 20);
    return sum;
}

// How many pixels of a number's dots stand before a bracket at x.
int dotsBefore(const PieceLine& line, int x) {
    constexpr int reach = 330;
    int sum = 0;
    for (const auto& piece : line.pieces)
        sum += piece.right < x && piece.right > x - reach ? piece.right - piece.left : 0;
    return sum;
}

// Dots run on under x: what looks like a bracket there is rather a 1, since the unit is printed between a
// number's dots and its bracket. Such a candidate comes last.
bool standsOnDots(const PieceLine& line, int x) {
    constexpr int before = 6;
    constexpr int behind = 16;
    return std::any_of(line.pieces.begin(), line.pieces.end(), [x](const Piece& piece) {
        return piece.left < x - before && piece.right > x + behind;
    });
}

// Long words may leave no dots behind their bracket: then the number's dots stand before it, the unit between
// them, and writing follows.
bool wordsHideDots(const cv::Mat& ink, const PieceLine& line, int bracket) {
    const bool number = std::any_of(line.pieces.begin(), line.pieces.end(), [bracket](const Piece& piece) {
        return piece.right > bracket - 150 && piece.right < bracket - 40;
    });
    const cv::Rect behind = cv::Rect(bracket + 20, line.y - 40, 220, 44) & cv::Rect({}, ink.size());
    if (!number || behind.width < 120)
        return false;
    cv::Mat columns;
    cv::reduce(ink(behind), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns) > behind.width / 2;
}

// Writing fills the place behind a bracket.
bool writtenBehind(const cv::Mat& ink, const PieceLine& line, int bracket) {
    const cv::Rect behind = cv::Rect(bracket + 20, line.y - 40, 160, 44) & cv::Rect({}, ink.size());
    if (behind.width < 100)
        return false;
    cv::Mat columns;
    cv::reduce(ink(behind), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns) > behind.width / 3;
}

// A line between two whose brackets stand one under the other has its own there, and so has the line after
// the last one, even where the scan lost it and the writing hides its dots.
void completeBrackets(const cv::Mat& ink, const std::vector<PieceLine>& lines,
                      std::vector<std::optional<int>>& brackets) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (brackets[i] || !brackets[i - 1] || lines[i].y - lines[i - 1].y > mostPitch)
            continue;
        const int above = *brackets[i - 1];
        const bool last = i + 1 == lines.size();
        const bool between = !last && brackets[i + 1] && lines[i + 1].y - lines[i].y <= mostPitch &&
                             std::abs(*brackets[i + 1] - above) <= 20;
        if ((between || last) && writtenBehind(ink, lines[i], above))
            brackets[i] = above;
    }
}

// For every line the x of the "(" between its number and its words, where it has one.
std::vector<std::optional<int>> findBrackets(const cv::Mat& ink, const cv::Mat& strokes,
                                             const std::vector<PieceLine>& lines) {
    std::vector<std::optional<int>> result(lines.size());
    std::vector<std::vector<int>> seen(lines.size());
    std::vector<int> sure;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        seen[i] = openBrackets(strokes, lines[i].y);
        std::stable_partition(seen[i].begin(), seen[i].end(),
                              [&](int x) { return !standsOnDots(lines[i], x); });
        for (const int x : seen[i]) {
            const double share = static_cast<double>(x) / ink.cols;
            if (share > 0.37 && share < 0.83 && dotsBehind(lines[i], x) >= 90 &&
                dotsBefore(lines[i], x) >= leastBefore) {
                result[i] = x;
                sure.push_back(x);
                break;
            }
        }
    }
    if (sure.empty())
        return result;
    std::nth_element(sure.begin(), sure.begin() + static_cast<std::ptrdiff_t>(sure.size() / 2), sure.end());
    const int usual = sure[sure.size() / 2];
    // A letter may pass for a bracket: where most lines have theirs, a line's own candidate there wins.
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!result[i] || std::abs(*result[i] - usual) <= 25)
            continue;
        const auto better = std::find_if(seen[i].begin(), seen[i].end(), [&](int x) {
            return std::abs(x - usual) <= 16 && !standsOnDots(lines[i], x);
        });
        if (better != seen[i].end())
            result[i] = *better;
        else if (*result[i] > usual && *result[i] < usual + 90)
            result[i] = usual;
    }
    // Lines near those: their number's dots or their bracket may be hidden by the writing.
    std::vector<std::size_t> open;
    std::vector<bool> seenThere(lines.size(), true);  // and not only expected
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!result[i]) {
            open.push_back(i);
            seenThere[i] = false;
        }
    }
    // In line with a neighbour's, while the writing hides most dots: no other is told by it.
    std::vector<std::optional<int>> inLine(lines.size());
    std::reverse(open.begin(), open.end());
    for (const std::size_t i : open) {
        std::optional<std::size_t> nearest;
        for (std::size_t k = 0; k < lines.size(); ++k) {
            if (result[k] && std::abs(lines[k].y - lines[i].y) < 130 &&
                (!nearest || std::abs(lines[k].y - lines[i].y) < std::abs(lines[*nearest].y - lines[i].y)))
                nearest = k;
        }
        if (!nearest)
            continue;
        const int expected = *result[*nearest];
        const auto rank = [&](int x) {
            return std::abs(x - expected) <= 16 ? 0 : standsOnDots(lines[i], x) ? 2 : 1;
        };
        std::stable_sort(seen[i].begin(), seen[i].end(), [&](int a, int b) {
            return rank(a) != rank(b) ? rank(a) < rank(b) : std::abs(a - expected) < std::abs(b - expected);
        });
        const bool beside = seenThere[*nearest] && std::abs(lines[*nearest].y - lines[i].y) <= mostPitch;
        for (const int x : seen[i]) {
            if (result[i] || std::abs(x - expected) >= 200)
                continue;
            const int behind = dotsBehind(lines[i], x);
            if (behind >= 120 || wordsHideDots(ink, lines[i], x)) {
                result[i] = x;
                seenThere[i] = true;
            } else if (!inLine[i] && beside && rank(x) == 0 && !standsOnDots(lines[i], x) &&
                       behind >= someBehind && writtenBehind(ink, lines[i], x)) {
                inLine[i] = x;
            }
        }
        if (!result[i] &&
            (dotsBehind(lines[i], expected) >= 110 || (beside && wordsHideDots(ink, lines[i], expected))))
            result[i] = expected;
    }
    completeBrackets(ink, lines, result);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!result[i])
            result[i] = inLine[i];
    }
    return result;
}

}  // namespace

int printedLetters(const cv::Mat& ink, int left, int right, int y) {
    const cv::Rect area = cv::Rect(left, y - 44, right - left, 52) & cv::Rect({}, ink.size());
    if (area.width < 40)
        return 0;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink(area), labels, stats, centroids, 8, CV_32S);
    int letters = 0;
    for (int i = 1; i < count; ++i) {
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        const int foot = stats.at<int>(i, cv::CC_STAT_TOP) + height + area.y;
        if (height >= 13 && height <= 27 && std::abs(foot - y) <= 6)
            ++letters;
    }
    return letters;
}

std::vector<BlankLine> findBlankLines(const TableGeometry& table, Sharpness sharpness) {
    const int end = table.origin.y + (table.lines.empty() ? 0 : table.lines.front()) - 12;
    if (end < 60)
        return {};
    const cv::Mat ink = table.ink.rowRange(0, end);
    cv::Mat strokes = ink;
    if (sharpness == Sharpness::Coarse) {
        strokes = inkMask(table.image.rowRange(0, end), 41, coarseDepth);
        cv::morphologyEx(strokes, strokes, cv::MORPH_OPEN,
                         cv::getStructuringElement(cv::MORPH_RECT, {1, tallerThanDots}));
    }
    std::vector<Piece> pieces = dottedPieces(ink, table.image.rowRange(0, end));
    dropFolds(pieces, table.origin.x, table.origin.x + tableWidth);
    const std::vector<PieceLine> groups = groupPieces(std::move(pieces));
    const std::vector<std::optional<int>> brackets = findBrackets(ink, strokes, groups);

    std::vector<BlankLine> lines;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        BlankLine line;
        line.y = groups[g].y - table.origin.y;
        const auto bracket = brackets[g];
        if (bracket)
            line.bracket = *bracket - table.origin.x;
        for (const auto& piece : groups[g].pieces) {
            const bool behind = bracket && piece.left > *bracket - 8;
            const bool divided = behind && static_cast<int>(line.blanks.size()) == line.firstWords;
            if (!line.blanks.empty() && !divided &&
                piece.left - table.origin.x - line.blanks.back().right < coveredGap) {
                Blank& last = line.blanks.back();
                const int letters =
                    behind ? 0
                           : printedLetters(ink, last.right + table.origin.x + 4, piece.left - 4, piece.y);
                if (letters < surePrint) {
                    if (letters >= possiblePrint)
                        last.gaps.emplace_back(last.right, piece.left - table.origin.x);
                    last.right = std::max(last.right, piece.right - table.origin.x);
                    continue;
                }
            }
            if (!behind && !followsPrint(ink, piece.left, piece.y))
                continue;
            line.blanks.push_back(
                {piece.left - table.origin.x, piece.right - table.origin.x, piece.y - table.origin.y});
            line.firstWords += behind ? 0 : 1;
        }
        if (!line.blanks.empty())
            lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace tallydesk
