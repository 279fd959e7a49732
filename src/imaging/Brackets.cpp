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
constexpr int inLineWith = 16;   // pixels to the neighbour's bracket

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

// Whether writing fills more than one column in `parts` of the `width` pixels behind a bracket, of which at
// least `least` are on the page.
bool writtenBehind(const cv::Mat& ink, const DottedLine& line, int bracket, int width, int least, int parts) {
    const cv::Rect behind = cv::Rect(bracket + 20, line.y - 40, width, 44) & cv::Rect({}, ink.size());
    if (behind.width < least)
        return false;
    cv::Mat columns;
    cv::reduce(ink(behind), columns, 0, cv::REDUCE_MAX);
    return cv::countNonZero(columns) > behind.width / parts;
}

bool writtenBehind(const cv::Mat& ink, const DottedLine& line, int bracket) {
    return writtenBehind(ink, line, bracket, 160, 100, 3);
}

// Long words may leave no dots behind their bracket: then the number's dots stand before it, the unit between
// them, and writing follows.
bool wordsHideDots(const cv::Mat& ink, const DottedLine& line, int bracket) {
    const bool number = std::any_of(line.runs.begin(), line.runs.end(), [bracket](const DotRun& run) {
        return run.right > bracket - 150 && run.right < bracket - 40;
    });
    return number && writtenBehind(ink, line, bracket, 220, 120, 2);
}

// What is known of the brackets of a page's lines.
struct KnownBrackets {
    std::vector<std::vector<int>> candidates;  // what looks like one on each line, the likeliest first
    std::vector<std::optional<int>> at;        // where each line's is
    std::vector<bool> seen;                    // that it is there, and not only expected
};

// Those that are seen on their own line, with dots before and behind them.
KnownBrackets seeBrackets(const cv::Mat& strokes, const std::vector<DottedLine>& lines) {
    KnownBrackets known{
        {}, std::vector<std::optional<int>>(lines.size()), std::vector<bool>(lines.size(), false)};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::vector<int> candidates = openBrackets(strokes, lines[i].y);
        std::stable_partition(candidates.begin(), candidates.end(),
                              [&](int x) { return !standsOnDots(lines[i], x); });
        const auto first = std::find_if(candidates.begin(), candidates.end(), [&](int x) {
            const double share = static_cast<double>(x) / strokes.cols;
            return share > 0.37 && share < 0.83 && dotsBehind(lines[i], x) >= 90 &&
                   dotsBefore(lines[i], x) >= leastBefore;
        });
        if (first != candidates.end()) {
            known.at[i] = *first;
            known.seen[i] = true;
        }
        known.candidates.push_back(std::move(candidates));
    }
    return known;
}

// A letter may pass for a bracket: where most lines have theirs, a line's own candidate there wins.
void preferUsualPlace(const std::vector<DottedLine>& lines, KnownBrackets& known) {
    std::vector<int> places;
    for (const auto& place : known.at) {
        if (place)
            places.push_back(*place);
    }
    if (places.empty())
        return;
    const auto middle = places.begin() + static_cast<std::ptrdiff_t>(places.size() / 2);
    std::nth_element(places.begin(), middle, places.end());
    const int usual = *middle;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto& own = known.at[i];
        if (!own || std::abs(*own - usual) <= 25)
            continue;
        const auto better = std::find_if(known.candidates[i].begin(), known.candidates[i].end(), [&](int x) {
            return std::abs(x - usual) <= 16 && !standsOnDots(lines[i], x);
        });
        if (better != known.candidates[i].end())
            own = *better;
        else if (*own > usual && *own < usual + 90)
            own = usual;
    }
}

// The nearest line whose bracket is known; nullopt where all are far away.
std::optional<std::size_t> nearestKnown(const std::vector<DottedLine>& lines, const KnownBrackets& known,
                                        std::size_t line) {
    constexpr int farAway = 130;
    std::optional<std::size_t> nearest;
    int least = farAway;
    for (std::size_t k = 0; k < lines.size(); ++k) {
        const int away = std::abs(lines[k].y - lines[line].y);
        if (known.at[k] && away < least) {
            nearest = k;
            least = away;
        }
    }
    return nearest;
}

// A line's candidates: first those where its neighbour's bracket is, last those that stand on dots.
std::vector<int> candidatesBy(int expected, const DottedLine& line, std::vector<int> candidates) {
    const auto rank = [&](int x) {
        return std::abs(x - expected) <= inLineWith ? 0 : standsOnDots(line, x) ? 2 : 1;
    };
    std::stable_sort(candidates.begin(), candidates.end(), [&](int a, int b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : std::abs(a - expected) < std::abs(b - expected);
    });
    return candidates;
}

// How a line beside ones that are known comes by its bracket; its number's dots or the bracket itself may be
// hidden by the writing. Only the first two tell where other lines may have theirs.
enum class Evidence {
    Seen,
    Expected,   // where the nearest line's is
    Elsewhere,  // not seen, and not there
    LastResort  // in line with the nearest, where nothing else gives it one
};

struct NearBracket {
    std::optional<int> at;
    Evidence evidence;
};

NearBracket bracketBeside(const cv::Mat& ink, const std::vector<DottedLine>& lines,
                          const KnownBrackets& known, std::size_t i, std::size_t nearest) {
    constexpr int farFrom = 200;
    const DottedLine& line = lines[i];
    const int expected = *known.at[nearest];
    const bool beside = known.seen[nearest] && std::abs(lines[nearest].y - line.y) <= mostPitch;
    std::optional<int> inLine;
    for (const int x : candidatesBy(expected, line, known.candidates[i])) {
        if (std::abs(x - expected) >= farFrom)
            continue;
        const int behind = dotsBehind(line, x);
        if (behind >= 120 || wordsHideDots(ink, line, x))
            return {x, Evidence::Seen};
        if (!inLine && beside && std::abs(x - expected) <= inLineWith && !standsOnDots(line, x) &&
            behind >= someBehind && writtenBehind(ink, line, x))
            inLine = x;
    }
    std::vector<std::optional<int>> vouched(lines.size());
    for (std::size_t k = 0; k < lines.size(); ++k)
        vouched[k] = known.seen[k] ? known.at[k] : std::nullopt;
    const int hidden = hiddenBracket(lines, i, vouched, expected);
    if (dotsBehind(line, hidden) >= 110 || (beside && wordsHideDots(ink, line, hidden)))
        return {hidden, hidden == expected ? Evidence::Expected : Evidence::Elsewhere};
    return {inLine, Evidence::LastResort};
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
    KnownBrackets known = seeBrackets(strokes, lines);
    preferUsualPlace(lines, known);
    // From the lowest line upward: those with words are the lowest.
    std::vector<std::optional<int>> elsewhere(lines.size());
    std::vector<std::optional<int>> lastResort(lines.size());
    for (std::size_t i = lines.size(); i-- > 0;) {
        const auto nearest = known.at[i] ? std::nullopt : nearestKnown(lines, known, i);
        if (!nearest)
            continue;
        const NearBracket found = bracketBeside(ink, lines, known, i, *nearest);
        if (found.evidence == Evidence::LastResort) {
            lastResort[i] = found.at;
        } else if (found.evidence == Evidence::Elsewhere) {
            elsewhere[i] = found.at;
        } else {
            known.at[i] = found.at;
            known.seen[i] = found.evidence == Evidence::Seen;
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (elsewhere[i])
            known.at[i] = elsewhere[i];
    }
    completeBrackets(ink, lines, known.at);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!known.at[i])
            known.at[i] = lastResort[i];
    }
    return known.at;
}

}  // namespace tallydesk
