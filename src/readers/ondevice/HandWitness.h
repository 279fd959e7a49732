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
/// is 1 or 2, and this hand's known 1s cause the same doubt but none of its known 2s does, it is no 2. (What
/// one hand's digits say about sums is EquationWitness's subject.) Not synchronised: one thread at a time.
class HandWitness {
public:
    explicit HandWitness(DigitStringReader digits);

    /// Adds a number whose value its words give. `looks` are those of its digits (DigitStringReader::look()),
    /// of the net that the numbers asked about are read with. Not `agreed`: these read as something else, or
    /// something is struck out. Such a number may show a doubt, never the absence of one.
    void add(qint64 value, std::vector<CtcScores> looks, bool agreed);

    /// Whether this hand's digits exclude `other` as what stands where `read` was read. They are compared if
    /// `other` has one digit changed or one more; false for all others (a digit less may be a tick that was
    /// read), and where too few such digits are known. `looks` are those of lookAtHead(), in which small
    /// writing is no less certain than in look().
    bool rulesOut(const std::vector<CtcScores>& looks, const Reading& read, const Reading& other) const;

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

    DigitStringReader m_digits;
    QList<Known> m_known;
};

}  // namespace tallydesk
