// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <functional>
#include <vector>

#include "readers/ondevice/CtcNet.h"
#include "readers/ondevice/WitnessReader.h"

namespace tallydesk {

/// How one person writes digits: the numbers of a form that have words, with the net's scores of their
/// digits. Tells misreadings of the head's numbers, which have no words: where the net doubts whether a digit
/// is 1 or 2, and this hand's known 1s cause the same doubt but none of its known 2s does, it hardly is a 2.
/// (What one hand's digits say about sums is EquationWitness's subject.) Not synchronised: one thread at a
/// time.
class HandWitness {
public:
    explicit HandWitness(DigitStringReader digits);

    /// Adds a number whose value its words give. `looks` are those of its digits (DigitStringReader::look()),
    /// of the net that the numbers asked about are read with. Not `agreed`: these read as something else, or
    /// something is struck out. Such a number may show a doubt, never the absence of one.
    void add(qint64 value, std::vector<CtcScores> looks, bool agreed);

    /// Whether `number`, read as the most probable one, is at least as sure as `trust` once this hand's
    /// digits are heard. `views` are the looks at it, each of which must say so. What the hand knows nothing
    /// of speaks against it in full: another writing, a digit less (what is there may be a tick), what was
    /// not weighed.
    bool settles(const WitnessReading& reading, qint64 number,
                 const std::vector<std::vector<CtcScores>>& views, double trust) const;

private:
    struct Known {
        qint64 value = 0;
        std::vector<CtcScores> looks;
        bool agreed = false;
    };
    // How much more probable one number is than the other, as the difference of natural logarithms.
    double logRatio(const std::vector<CtcScores>& looks, qint64 value, qint64 other) const;
    // That of a known number over what it comes nearest to of all that it may be misread as.
    struct Clearness {
        double logRatio = 0.0;
        bool agreed = false;
    };
    QList<Clearness> clearness(const std::function<QList<qint64>(qint64)>& misreadingsOf) const;
    // The share that is left of the probability of `other`, which has one digit changed or one more; 1 where
    // too few such digits are known.
    double shareLeft(const std::vector<CtcScores>& looks, const Reading& read, const Reading& other) const;

    DigitStringReader m_digits;
    QList<Known> m_known;
};

}  // namespace tallydesk
