// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QPointer>

namespace tallydesk {

/// The sentence under a field: what to enter, or what is wrong with what was entered. GUI thread.
class FieldNote final : public QLabel {
    Q_OBJECT
public:
    explicit FieldNote(QWidget* parent = nullptr);

    /// The field is marked while it has a problem and carries the sentence as its accessible description.
    void setField(QWidget* field);
    void setHelp(const QString& help);
    /// An empty text: nothing is wrong.
    void setProblem(const QString& problem);
    bool hasProblem() const { return !m_problem.isEmpty(); }

private:
    void refresh();

    QPointer<QWidget> m_field;
    QString m_help;
    QString m_problem;
};

}  // namespace tallydesk
