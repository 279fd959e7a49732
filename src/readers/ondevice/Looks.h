// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// The first rows of a normalised crop, which end above its dots.
inline constexpr int rowsAboveDots = 27;

/// What is written in a crop. Each kind is looked at in other ways, those in which its net reads drawn forms
/// and held-out hands best (resources/models/*/README.md): the numbers of a head are written smaller than
/// most that the net has seen, words lean to either side.
enum class Writing { Digits, HeadNumber, Words, Name };

/// A net's scores for a crop, looked at several times: a little larger or smaller, shifted, or leaning. What
/// is read in one look only is less sure than it seems; the mean of all is both more often right and better
/// calibrated. Any thread.
std::vector<CtcScores> lookAt(const CtcNet& net, const cv::Mat& crop, Writing writing);

/// Three looks at digits in small writing, each with the writing as high as the digit net knows digits best:
/// a small footed 1 looks more like a 2 than a large one. Empty where the writing is not small, or may go on
/// below its dots: what is enlarged must not lose a part. Any thread.
std::vector<CtcScores> lookCloser(const CtcNet& net, const cv::Mat& crop);

}  // namespace tallydesk
