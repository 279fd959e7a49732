// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/Looks.h"

#include <array>
#include <opencv2/imgproc.hpp>

namespace tallydesk {

namespace {

struct Look {
    double scale;
    double down;  // pixels; 8 % larger, 3 up keeps the writing about where it is
    double lean;  // columns to the right for each row above the one that stays
};
using Looks = std::array<Look, 3>;
constexpr Looks digitLooks{{{0.92, 3.0, 0.15}, {1.08, -3.0, -0.15}, {1.16, -3.0, 0.0}}};
constexpr Looks headLooks{{{1.0, 0.0, 0.0}, {1.16, -3.0, 0.0}, {1.16, 0.0, 0.0}}};
constexpr Looks wordLooks{{{1.0, 0.0, 0.15}, {1.0, 0.0, -0.15}, {1.08, 0.0, 0.0}}};
constexpr Looks nameLooks{{{1.0, 0.0, 0.0}, {0.92, 3.0, 0.15}, {1.08, -3.0, -0.15}}};
constexpr double upright = 30.0;  // the row that does not move when the rest leans

const Looks& looksFor(Writing writing) {
    switch (writing) {
        case Writing::Digits:
            return digitLooks;
        case Writing::HeadNumber:
            return headLooks;
        case Writing::Words:
            return wordLooks;
        case Writing::Name:
            break;
    }
    return nameLooks;
}

}  // namespace

std::vector<CtcScores> lookAt(const CtcNet& net, const cv::Mat& crop, Writing writing) {
    std::vector<CtcScores> result;
    for (const Look& view : looksFor(writing)) {
        if (view.scale == 1.0 && view.down == 0.0 && view.lean == 0.0) {
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
