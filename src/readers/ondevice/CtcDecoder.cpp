// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/CtcDecoder.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace tallydesk {

namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
// A class below this log-probability at a step can't lead to a reading that anybody would weigh.
constexpr double kCut = -9.0;

double addLog(double a, double b) {
    if (a < b)
        std::swap(a, b);
    return b == kNever ? a : a + std::log1p(std::exp(b - a));
}

struct Beam {
    double blank = kNever;
    double label = kNever;
    double total() const { return addLog(blank, label); }
};

using Beams = std::map<std::vector<int>, Beam>;

}  // namespace

std::vector<CtcHypothesis> decodeCtc(const CtcScores& scores, int beamWidth, int best) {
    Beams beams;
    beams[{}] = Beam{0.0, kNever};
    for (int t = 0; t < scores.steps; ++t) {
        Beams next;
        for (const auto& [prefix, beam] : beams) {
            const double total = beam.total();
            Beam& same = next[prefix];
            same.blank = addLog(same.blank, total + scores.at(t, 0));
            if (!prefix.empty())
                same.label = addLog(same.label, beam.label + scores.at(t, prefix.back()));
            for (int c = 1; c < scores.classes; ++c) {
                const double p = scores.at(t, c);
                if (p < kCut)
                    continue;
                std::vector<int> longer = prefix;
                longer.push_back(c);
                Beam& grown = next[longer];
                const bool repeats = !prefix.empty() && prefix.back() == c;
                grown.label = addLog(grown.label, (repeats ? beam.blank : total) + p);
            }
        }
        if (static_cast<int>(next.size()) > beamWidth) {
            std::vector<std::pair<double, Beams::iterator>> ranked;
            ranked.reserve(next.size());
            for (auto it = next.begin(); it != next.end(); ++it)
                ranked.emplace_back(it->second.total(), it);
            std::nth_element(ranked.begin(), ranked.begin() + beamWidth, ranked.end(),
                             [](const auto& a, const auto& b) { return a.first > b.first; });
            for (auto it = ranked.begin() + beamWidth; it != ranked.end(); ++it)
                next.erase(it->second);
        }
        beams = std::move(next);
    }
    std::vector<CtcHypothesis> result;
    for (const auto& [prefix, beam] : beams)
        result.push_back({prefix, beam.total()});
    std::stable_sort(result.begin(), result.end(),
                     [](const auto& a, const auto& b) { return a.logProb > b.logProb; });
    if (static_cast<int>(result.size()) > best)
        result.resize(static_cast<size_t>(best));
    return result;
}

double ctcLogLikelihood(const CtcScores& scores, const std::vector<int>& labels) {
    std::vector<int> states{0};
    for (const int label : labels) {
        states.push_back(label);
        states.push_back(0);
    }
    std::vector<double> alpha(states.size(), kNever);
    for (int t = 0; t < scores.steps; ++t) {
        std::vector<double> next(states.size(), kNever);
        for (size_t s = 0; s < states.size(); ++s) {
            double sum = kNever;
            if (t == 0) {
                sum = s < 2 ? 0.0 : kNever;
            } else {
                sum = alpha[s];
                if (s >= 1)
                    sum = addLog(sum, alpha[s - 1]);
                if (s >= 2 && states[s] != 0 && states[s] != states[s - 2])
                    sum = addLog(sum, alpha[s - 2]);
            }
            next[s] = sum + scores.at(t, states[s]);
        }
        alpha = std::move(next);
    }
    if (scores.steps == 0)
        return labels.empty() ? 0.0 : kNever;
    return states.size() == 1 ? alpha[0] : addLog(alpha.back(), alpha[alpha.size() - 2]);
}

}  // namespace tallydesk
