// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <functional>
#include <vector>

#include "readers/ondevice/CtcNet.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// How the hand that filled a form writes its figures, as its numbers in words show: a witness for the
/// numbers of the head, which have no words of their own. A net may take a 1 with a foot for a 2 with some
/// probability; where this hand's 1s look to it as that one does, and none of its 2s, it is no 2. Filled
/// once, then read; one thread at a time.
class HandWitness {
public:
    /// `digits` must live as long as this.
    explicit HandWitness(const DigitStringReader& digits);

    /// A number of the form whose words say `value`, with the looks at its digits, whatever these read.
    void add(qint64 value, std::vector<CtcScores> looks);

    /// Whether what is read in a number as `value` is not `other`: the two differ in one digit, and the looks
    /// prefer that of `value` as clearly as they do in this hand's own, far more than in any other of its.
    bool rulesOut(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const;

private:
    struct Sample {
        qint64 value = 0;
        std::vector<CtcScores> looks;
    };
    // How much more probable one number is than the other, as the difference of logarithms.
    double margin(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const;
    // That of each known number over all that it might be misread as.
    std::vector<double> margins(const std::function<QList<qint64>(qint64)>& misreadingsOf) const;

    const DigitStringReader& m_digits;
    QList<Sample> m_samples;
};

}  // namespace tallydesk
