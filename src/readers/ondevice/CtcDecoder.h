// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// A label sequence (class indices without blanks) and its log-probability over all alignments.
struct CtcHypothesis {
    std::vector<int> labels;
    double logProb = 0.0;
};

/// Prefix beam search over CTC scores (Hannun et al., 2014, without a language model): the `best` most
/// probable label sequences, best first. Pure; any thread.
std::vector<CtcHypothesis> decodeCtc(const CtcScores& scores, int beamWidth = 24, int best = 8);

/// Log-probability of one label sequence over all its alignments (the CTC forward pass). Pure; any thread.
double ctcLogLikelihood(const CtcScores& scores, const std::vector<int>& labels);

}  // namespace tallydesk
