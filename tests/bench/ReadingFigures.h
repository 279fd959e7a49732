// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QTextStream>

#include "synth/TruthScore.h"

namespace tallydesk {

/// Collects how ballots were read and prints it: what is right, how well confidence says so (reliability),
/// and which share of numbers could be taken at which risk. One thread.
class ReadingFigures {
public:
    /// One form of a truth document and what was read of it (null: not found).
    void add(const QJsonObject& form, const BallotResult* read);
    /// `title` names the set; wrong numbers of accepted ballots are named one a line.
    /// What was read wrong, a line for each ballot.
    const QStringList& wrong() const { return m_wrong; }
    void print(QTextStream& out, const QString& title) const;
    int silent() const { return m_score.silent; }

private:
    struct Judged {
        double confidence = 0.0;
        bool right = false;
    };

    void printReliability(QTextStream& out) const;
    void printRisk(QTextStream& out) const;

    synth::TruthScore m_score;
    QStringList m_silent;
    QStringList m_wrong;
    QList<Judged> m_numbers;
};

/// Bytes of all networks that ship with the program.
qint64 modelBytes();

/// Megabytes in use now.
double memoryInUse();

}  // namespace tallydesk
