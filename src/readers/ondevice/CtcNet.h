// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <memory>
#include <mutex>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <vector>

#include "core/Error.h"

namespace tallydesk {

/// Log-probabilities of one crop: `steps` rows (time, left to right, one for 2 or 4 px) of `classes` columns;
/// class 0 is the CTC blank.
struct CtcScores {
    int steps = 0;
    int classes = 0;
    std::vector<double> logProb;

    double at(int step, int cls) const { return logProb[static_cast<size_t>(step) * classes + cls]; }
};

/// One of the reader's small networks (resources/models): a crop of 48 rows in, scores per class and time
/// step out. Thread-safe: cv::dnn::Net is not, so each call borrows a copy of its own.
class CtcNet {
public:
    /// `folder` holds <name>.onnx and classes.json. "ondevice.model_missing" or "ondevice.model_damaged".
    static Expected<std::shared_ptr<const CtcNet>> load(const QString& folder, const QString& name);

    /// Names of the classes, the blank first.
    const QStringList& classes() const { return m_classes; }

    /// `crop` is 8-bit grey, 48 rows, any width, ink dark on white paper (CropNormaliser).
    CtcScores run(const cv::Mat& crop) const;

private:
    CtcNet() = default;
    std::unique_ptr<cv::dnn::Net> borrow() const;

    // Constant after load().
    std::vector<uchar> m_model;
    QStringList m_classes;
    double m_temperature = 1.0;

    // Guarded by m_mutex: copies that no call uses at present.
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<cv::dnn::Net>> m_idle;
};

}  // namespace tallydesk
