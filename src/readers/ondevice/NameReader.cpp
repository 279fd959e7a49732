// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/NameReader.h"

#include <algorithm>
#include <cmath>

#include "readers/ondevice/CtcDecoder.h"
#include "readers/ondevice/Looks.h"

namespace tallydesk {

namespace {

// Blanks that agree on a name may each be read faintly: of the logarithm, for each blank.
constexpr double emptySlack = 2.0;
// The net is too sure of itself: the odds of its likelihoods are taken to the power of 1 / temperature.
// Of 289 generated names that then reach 0.95 three are wrong; without, of 308 eight
// (resources/models/provinces).
constexpr double temperature = 2.0;
// Letters that are read quite otherwise, in the logarithm for each letter of the name: none of the known
// names, or a part of one. Of 804 cut-off names two are still called another at 0.95, of 209 whole ones two
// are doubted that were not at 0.9.
constexpr double strangeLetters = 0.5;
constexpr double strangeTrust = 0.9;

}  // namespace

NameReader::NameReader(std::shared_ptr<const CtcNet> net, const QStringList& names,
                       const QStringList& dropped)
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

NameReader::Likelihoods NameReader::score(const cv::Mat& crop) const {
    const std::vector<CtcScores> looks = lookAt(*m_net, crop, Writing::Name);
    const auto mean = [&looks](const std::vector<int>& spelling) {
        double sum = 0.0;
        for (const CtcScores& scores : looks)
            sum += ctcLogLikelihood(scores, spelling);
        return sum / static_cast<double>(looks.size());
    };
    Likelihoods result;
    for (const std::vector<int>& spelling : m_spellings)
        result.names.push_back(mean(spelling));
    result.empty = mean({});
    double freely = 0.0;
    for (const CtcScores& scores : looks) {
        for (int step = 0; step < scores.steps; ++step) {
            double most = scores.at(step, 0);
            for (int cls = 1; cls < scores.classes; ++cls)
                most = std::max(most, scores.at(step, cls));
            freely += most;
        }
    }
    result.freely = freely / static_cast<double>(looks.size());
    return result;
}

NameReading NameReader::best(const std::vector<double>& likelihood) {
    const auto best = std::max_element(likelihood.begin(), likelihood.end());
    double sum = 0.0;
    for (const double other : likelihood)
        sum += std::exp((other - *best) / temperature);
    return {best - likelihood.begin(), 1.0 / sum, false};
}

std::optional<NameReading> NameReader::read(const cv::Mat& crop) const {
    if (crop.empty() || m_spellings.isEmpty())
        return std::nullopt;
    const Likelihoods scores = score(crop);
    NameReading reading = best(scores.names);
    const double own = scores.names[reading.index];
    const auto letters = static_cast<double>(m_spellings[reading.index].size());
    reading.strange = own < scores.freely - strangeLetters * letters;
    if (reading.strange)
        reading.probability = std::min(reading.probability, strangeTrust);
    // An empty blank is likelier to be empty than to hold any name.
    if (!std::isfinite(own) || scores.empty > own)
        return std::nullopt;
    return reading;
}

std::optional<NameReading> NameReader::readSame(const QList<cv::Mat>& crops) const {
    if (crops.isEmpty() || m_spellings.isEmpty())
        return std::nullopt;
    std::vector<double> sum(m_spellings.size(), 0.0);
    double empty = 0.0;
    for (const cv::Mat& crop : crops) {
        if (crop.empty())
            return std::nullopt;
        const Likelihoods scores = score(crop);
        for (std::size_t i = 0; i < sum.size(); ++i)
            sum[i] += scores.names[i];
        empty += scores.empty;
    }
    const NameReading reading = best(sum);
    const double own = sum[reading.index];
    if (!std::isfinite(own) || empty - own > emptySlack * static_cast<double>(crops.size()))
        return std::nullopt;
    return reading;
}

}  // namespace tallydesk
