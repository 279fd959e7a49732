// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// A net's scores for a crop as it is, a little smaller and leaning left, a little larger and leaning right.
/// What is read in one look only is less sure than it seems; the mean of all is both more often right and
/// better calibrated. Any thread.
std::vector<CtcScores> lookAt(const CtcNet& net, const cv::Mat& crop);

}  // namespace tallydesk
