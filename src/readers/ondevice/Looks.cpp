// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/Looks.h"

#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

struct Look {
    double scale;
    double down;  // pixels, so that the writing stays about where it is
    double lean;  // columns to the left for each row above the one that stays
};
constexpr Look looks[] = {{1.0, 0.0, 0.0}, {0.92, 3.0, 0.15}, {1.08, -3.0, -0.15}};
constexpr double upright = 30.0;  // the row that does not move when the rest leans

}  // namespace

std::vector<CtcScores> lookAt(const CtcNet& net, const cv::Mat& crop) {
    std::vector<CtcScores> result;
    for (const Look& view : looks) {
        if (view.scale == 1.0 && view.lean == 0.0) {
            result.push_back(net.run(crop));
            continue;
        }
        const double slant = view.lean * view.scale;
        const cv::Matx23d warp(view.scale, -slant, slant * upright, 0.0, view.scale, view.down);
        cv::Mat scaled;
        cv::warpAffine(crop, scaled, warp, cv::Size(static_cast<int>(crop.cols * view.scale) + 4, crop.rows),
                       cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(255));
        result.push_back(net.run(scaled));
    }
    return result;
}

}  // namespace tallydesk
