// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/Brackets.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

constexpr int mostPitch = 75;    // from one line of figures to the next
constexpr int someBehind = 60;   // pixels of dots among the words, where these hide most
constexpr int leastBefore = 20;  // pixels of a number's dots before its bracket

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

int dotsBehind(const DottedLine& line, int x) {
    int sum = 0;
    for (const auto& run : line.runs)
        sum += run.left > x - 8 ? run.right - run.left : std::max(0, run.right - x - 20);
    return sum;
}

// How many pixels of a number's dots stand before a bracket at x.
int dotsBefore(const DottedLine& line, int x) {
    constexpr int reach = 330;
    int sum = 0;
    for (const auto& run : line.runs)
        sum += run.right < x && run.right > x - reach ? run.right - run.left : 0;
    return sum;
}

// Dots run on under x: what looks like a bracket there is rather a 1, since the unit is printed between a
// number's dots and its bracket. Such a candidate comes last.
bool standsOnDots(const DottedLine& line, int x) {
    constexpr int before = 6;
    constexpr int behind = 16;
    return std::any_of(line.runs.begin(), line.runs.end(),
                       [x](const DotRun& run) { return run.left < x - before && run.right > x + behind; });
}

// The dots of a number: of the runs before its bracket, where they begin and end.
std::optional<cv::Range> numberDots(const DottedLine& line, int bracket) {
    constexpr int reach = 330;
    std::optional<cv::Range> result;
    for (const auto& run : line.runs) {
        if (run.right < bracket && run.left > bracket - reach)
            result = cv::Range(result ? result->start : run.left, run.right);
    }
    return result;
}

// Where the bracket of line `i` stands that is not seen, while the nearest line has it at `expected`: in line
// with that of the nearest line whose number's dots begin at the same place. Where its own number's dots lie
// under `expected`, or behind that (a line's label may be longer), as far behind these as the bracket of the
// nearest line behind its own. `seen` are the brackets of other lines that vouch for theirs.
int hiddenBracket(const std::vector<DottedLine>& lines, std::size_t i,
                  const std::vector<std::optional<int>>& seen, int expected) {
    constexpr int samePlace = 6;
    constexpr int sameWidth = 8;
    constexpr int mostUnit = 90;  // from a number's dots to its bracket, the unit between them
    constexpr int leastLonger = 30;
    constexpr int mostLonger = 120;
    const DottedLine& line = lines[i];
    std::vector<std::size_t> others;
    for (std::size_t k = 0; k < lines.size(); ++k)
        if (seen[k] && numberDots(lines[k], *seen[k]))
            others.push_back(k);
    if (others.empty())
        return expected;
    std::stable_sort(others.begin(), others.end(), [&](std::size_t a, std::size_t b) {
        return std::abs(lines[a].y - line.y) < std::abs(lines[b].y - line.y);
    });
    for (const std::size_t k : others) {
        const int begin = numberDots(lines[k], *seen[k])->start;
        const bool same = std::any_of(line.runs.begin(), line.runs.end(), [&](const DotRun& run) {
            return std::abs(run.left - begin) <= samePlace && run.right < *seen[k];
        });
        if (same && !standsOnDots(line, *seen[k]))
            return *seen[k];
    }
    const int bracket = *seen[others.front()];
    const cv::Range dots = *numberDots(lines[others.front()], bracket);
    const auto own = std::find_if(line.runs.begin(), line.runs.end(),
                                  [expected](const DotRun& run) { return run.right > expected; });
    if (bracket - dots.end > mostUnit || own == line.runs.end() || dotsBefore(line, expected) >= leastBefore)
        return expected;
    // Its digits may divide them.
    auto next = own;
    int end = own->right;
    for (; next != line.runs.end() && next->left < own->left + dots.size(); ++next)
        end = next->right;
    const int wider = end - own->left - dots.size();
    const bool whole = own->left <= expected
                           ? wider <= sameWidth
                           : std::abs(wider) <= sameWidth && own->left >= expected + leastLonger &&
                                 own->left <= expected + mostLonger;
    const int behind = end + bracket - dots.end;
    return whole && (next == line.runs.end() || next->left >= behind) ? behind : expected;
}

// Long words may leave no dots behind their bracket: then the number's dots stand before it, the unit between
// them, and writing follows.
bool wordsHideDots(const cv::Mat& ink, const DottedLine& line, int bracket) {
    const bool number = std::any_of(line.runs.begin(), line.runs.end(), [bracket](const DotRun& run) {
        return run.right > bracket - 150 && run.right < bracket - 40;
    });
    const cv::Rect behind = cv::Rect(bracket + 20, line.y - 40, 220, 44) & cv::Rect({}, ink.size());
    if (!number || behind.width < 120)
        return false;
    cv::Mat columns;
    cv::reduce(ink(behind), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns) > behind.width / 2;
}

// Writing fills the place behind a bracket.
bool writtenBehind(const cv::Mat& ink, const DottedLine& line, int bracket) {
    const cv::Rect behind = cv::Rect(bracket + 20, line.y - 40, 160, 44) & cv::Rect({}, ink.size());
    if (behind.width < 100)
        return false;
    cv::Mat columns;
    cv::reduce(ink(behind), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns) > behind.width / 3;
}

// A line between two whose brackets stand one under the other has its own there, and so has the line after
// the last one, even where the scan lost it and the writing hides its dots.
void completeBrackets(const cv::Mat& ink, const std::vector<DottedLine>& lines,
                      std::vector<std::optional<int>>& brackets) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (brackets[i] || !brackets[i - 1] || lines[i].y - lines[i - 1].y > mostPitch)
            continue;
        const int above = *brackets[i - 1];
        const bool last = i + 1 == lines.size();
        const bool between = !last && brackets[i + 1] && lines[i + 1].y - lines[i].y <= mostPitch &&
                             std::abs(*brackets[i + 1] - above) <= 20;
        if ((between || last) && !standsOnDots(lines[i], above) && writtenBehind(ink, lines[i], above))
            brackets[i] = above;
    }
}

}  // namespace

std::vector<std::optional<int>> findBrackets(const cv::Mat& ink, const cv::Mat& strokes,
                                             const std::vector<DottedLine>& lines) {
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
    // No other line is told by these: in line with a neighbour's, while the writing hides most dots;
    std::vector<std::optional<int>> inLine(lines.size());
    // and neither seen nor where the neighbour's is.
    std::vector<std::optional<int>> elsewhere(lines.size());
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
        if (result[i])
            continue;
        std::vector<std::optional<int>> vouched(lines.size());
        for (std::size_t k = 0; k < lines.size(); ++k)
            vouched[k] = seenThere[k] ? result[k] : std::nullopt;
        const int hidden = hiddenBracket(lines, i, vouched, expected);
        if (dotsBehind(lines[i], hidden) < 110 && !(beside && wordsHideDots(ink, lines[i], hidden)))
            continue;
        if (hidden == expected)
            result[i] = expected;
        else
            elsewhere[i] = hidden;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (elsewhere[i])
            result[i] = elsewhere[i];
    }
    completeBrackets(ink, lines, result);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!result[i])
            result[i] = inLine[i];
    }
    return result;
}

}  // namespace tallydesk
