// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/RowNumbers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "readers/ondevice/CtcDecoder.h"

namespace tallydesk {

namespace {

constexpr double misread = 0.15;  // a row's print may be hidden, written over or of an odd type
// What a gap or a repetition must gain, of the logarithm; three or four rows that are read clearly do.
constexpr double jumpCost = 14.0;
// What the last rows must gain by other numbers to put the count in doubt. Of 14 transcribed forms and 120
// generated ballots one gains 1.4, by print that is like no number, and none more.
constexpr double doubtAtTheEnd = 4.0;
constexpr double leastLogLikelihood = -2.3;  // of print that is a number; other print is less like any

// Capped, so that no single row decides.
QList<double> posterior(const QList<double>& likelihood) {
    const double best = *std::max_element(likelihood.begin(), likelihood.end());
    double sum = 0.0;
    for (const double own : likelihood)
        sum += std::exp(own - best);
    QList<double> result;
    const auto count = static_cast<double>(likelihood.size());
    for (const double own : likelihood)
        result.append(std::log((1.0 - misread) * std::exp(own - best) / sum + misread / count));
    return result;
}

// Whether a row reads as `number` by itself.
bool says(const QList<double>& likelihood, int number) {
    const auto best = std::max_element(likelihood.begin(), likelihood.end());
    return best != likelihood.end() && best - likelihood.begin() == number - 1;
}

// Whether a row's print is like any number.
bool saysANumber(const QList<double>& likelihood) {
    return std::any_of(likelihood.begin(), likelihood.end(),
                       [](double each) { return each >= leastLogLikelihood; });
}

// Whether the last rows, which were given other numbers, say by themselves that one was left out or repeated
// before them.
bool saysOtherwiseAtTheEnd(const QList<QList<double>>& rows, const QList<int>& given) {
    int shift = 0;
    double gain = 0.0;
    for (qsizetype i = rows.size(); i-- > 1 && gain < doubtAtTheEnd;) {
        const QList<double>& row = rows[i];
        const int counted = given[i];
        if (counted > row.size() || !saysANumber(row))
            return false;
        const auto best = std::max_element(row.begin(), row.end());
        const int own = static_cast<int>(best - row.begin()) + 1 - counted;
        if (own == 0 || (shift != 0 && own != shift))
            return false;
        shift = own;
        gain += *best - row[counted - 1];
    }
    return gain >= doubtAtTheEnd;
}

}  // namespace

RowNumbering followRowNumbers(const QList<QList<double>>& rows, int last) {
    RowNumbering result;
    const qsizetype count = rows.size();
    if (count == 0 || last < 1)
        return result;
    QList<QList<double>> own;
    for (const QList<double>& row : rows)
        own.append(row.size() == last ? posterior(row) : QList<double>(last, -std::log(last)));

    // One after another: from which number?
    double best = -std::numeric_limits<double>::infinity();
    double second = best;
    int first = 0;
    for (int start = 1; start + count - 1 <= last; ++start) {
        double sum = 0.0;
        for (qsizetype i = 0; i < count; ++i)
            sum += own[i][start - 1 + i];
        if (sum > best) {
            second = best;
            best = sum;
            first = start;
        } else {
            second = std::max(second, sum);
        }
    }
    // The best way that may also leave a number out or repeat one.
    std::vector<std::vector<double>> high(static_cast<std::size_t>(count),
                                          std::vector<double>(static_cast<std::size_t>(last)));
    std::vector<std::vector<int>> from(static_cast<std::size_t>(count),
                                       std::vector<int>(static_cast<std::size_t>(last), -1));
    for (qsizetype i = 0; i < count; ++i) {
        for (int n = 0; n < last; ++n) {
            double before = i == 0 ? 0.0 : -std::numeric_limits<double>::infinity();
            int origin = -1;
            for (int m = 0; i > 0 && m < last; ++m) {
                const double way = high[static_cast<std::size_t>(i - 1)][static_cast<std::size_t>(m)] -
                                   (m + 1 == n ? 0.0 : jumpCost);
                if (way >= before) {  // of equal ways the last: rows that were not seen don't repeat the 1
                    before = way;
                    origin = m;
                }
            }
            high[static_cast<std::size_t>(i)][static_cast<std::size_t>(n)] = before + own[i][n];
            from[static_cast<std::size_t>(i)][static_cast<std::size_t>(n)] = origin;
        }
    }
    const auto& ends = high.back();
    const auto end = std::max_element(ends.begin(), ends.end());
    if (first == 0 || *end > best + 1e-9) {
        result.consecutive = false;
        // More rows than numbers can't follow one another: the print is compared with none at all.
        result.lead = *end - (first == 0 ? -static_cast<double>(count) * std::log(last) : best);
        int n = static_cast<int>(end - ends.begin());
        for (auto i = static_cast<std::size_t>(count); i-- > 0;) {
            result.numbers.prepend(n + 1);
            n = from[i][static_cast<std::size_t>(n)];
        }
        result.firstRead = says(rows.first(), result.numbers.first());
        result.firstIsNumber = saysANumber(rows.first());
        result.endsOtherwise = saysOtherwiseAtTheEnd(rows, result.numbers);
        return result;
    }
    result.lead = std::isfinite(second) ? best - second : best + static_cast<double>(count) * std::log(last);
    for (int i = 0; i < count; ++i)
        result.numbers.append(first + i);
    result.firstRead = says(rows.first(), first);
    result.firstIsNumber = saysANumber(rows.first());
    result.endsOtherwise = saysOtherwiseAtTheEnd(rows, result.numbers);
    return result;
}

RowNumbering readRowNumbers(const CtcNet& digits, const QList<cv::Mat>& cells, int last) {
    QList<std::vector<int>> spellings;
    for (int n = 1; n <= last; ++n) {
        std::vector<int> spelling;
        for (const QChar digit : QString::number(n))
            spelling.push_back(static_cast<int>(digits.classes().indexOf(QString(digit))));
        spellings.append(std::move(spelling));
    }
    QList<QList<double>> rows;
    for (const cv::Mat& cell : cells) {
        QList<double> likelihood;
        if (!cell.empty()) {
            const CtcScores scores = digits.run(cell);
            for (const auto& spelling : std::as_const(spellings))
                likelihood.append(ctcLogLikelihood(scores, spelling));
        }
        rows.append(std::move(likelihood));
    }
    return followRowNumbers(rows, last);
}

}  // namespace tallydesk
