// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NameReader.h"

#include <algorithm>
#include <cmath>

#include "readers/ondevice/CtcDecoder.h"

namespace tallydesk {

NameReader::NameReader(std::shared_ptr<const CtcNet> net, const QStringList& names, const QStringList& dropped)
    : m_net(std::move(net)) {
    for (const QString& name : names) {
        std::vector<int> spelling;
        for (const QChar letter : name.normalized(QString::NormalizationForm_C)) {
            const QString text(letter);
            const qsizetype index = dropped.contains(text) ? 0 : m_net->classes().indexOf(text);
            if (index > 0)
                spelling.push_back(static_cast<int>(index));
        }
        m_spellings.append(std::move(spelling));
    }
}

std::optional<NameReading> NameReader::read(const cv::Mat& crop) const {
    if (crop.empty() || m_spellings.isEmpty())
        return std::nullopt;
    const CtcScores scores = m_net->run(crop);
    std::vector<double> likelihood;
    for (const std::vector<int>& spelling : m_spellings)
        likelihood.push_back(ctcLogLikelihood(scores, spelling));
    const auto best = std::max_element(likelihood.begin(), likelihood.end());
    // An empty blank is likelier to be empty than to hold any name.
    if (!std::isfinite(*best) || ctcLogLikelihood(scores, {}) > *best)
        return std::nullopt;
    double sum = 0.0;
    for (const double other : likelihood)
        sum += std::exp(other - *best);
    return NameReading{best - likelihood.begin(), 1.0 / sum};
}

}  // namespace tallydesk
