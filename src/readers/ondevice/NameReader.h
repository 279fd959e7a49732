// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>
#include <memory>
#include <opencv2/core.hpp>
#include <optional>

#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// The most probable of a list of known names, with its probability among them.
struct NameReading {
    qsizetype index = 0;
    double probability = 0.0;  ///< among the known names, calibrated; at most 0.9 where `strange`
    /// The letters read are quite others: the name is cut off, or print was taken along, or it is none of
    /// these.
    bool strange = false;
};

/// Tells which of a list of known names is written in a blank: a net reads letters, each name is scored by
/// the CTC forward pass, so that only known names can come out. Immutable; any thread.
class NameReader {
public:
    /// `dropped` are letters that the net does not know (tone marks); they are left out of the names.
    NameReader(std::shared_ptr<const CtcNet> net, const QStringList& names, const QStringList& dropped);

    /// `crop` as CtcNet::run() wants it. nullopt when nothing is written there.
    std::optional<NameReading> read(const cv::Mat& crop) const;

    /// Several blanks into which the same name was written. nullopt when they are as good as empty.
    std::optional<NameReading> readSame(const QList<cv::Mat>& crops) const;

private:
    struct Likelihoods {
        std::vector<double> names;
        double empty = 0.0;
        double freely = 0.0;  ///< of the letters as read, whatever they spell
    };
    Likelihoods score(const cv::Mat& crop) const;
    static NameReading best(const std::vector<double>& likelihood);

    std::shared_ptr<const CtcNet> m_net;
    QList<std::vector<int>> m_spellings;
};

}  // namespace tallydesk
