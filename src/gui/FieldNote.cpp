// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/FieldNote.h"

#include "gui/Theme.h"

namespace tallydesk {

FieldNote::FieldNote(QWidget* parent) : QLabel(parent) {
    setWordWrap(true);
    // Nearer to its own field than to the next one.
    setContentsMargins(0, 0, 0, 6);
    setTextFormat(Qt::PlainText);
    setProperty("textStyle", QStringLiteral("secondary"));
    setProperty("textTone", QStringLiteral("secondary"));
}

void FieldNote::setField(QWidget* field) {
    m_field = field;
    refresh();
}

void FieldNote::setHelp(const QString& help) {
    m_help = help;
    refresh();
}

void FieldNote::setProblem(const QString& problem) {
    if (m_problem == problem)
        return;
    m_problem = problem;
    setStyleProperty(this, "textTone", hasProblem() ? QStringLiteral("err") : QStringLiteral("secondary"));
    if (m_field)
        setStyleProperty(m_field, "fieldState", hasProblem() ? QStringLiteral("wrong") : QString());
    refresh();
}

void FieldNote::refresh() {
    const QString text = hasProblem() ? m_problem : m_help;
    setText(text);
    setVisible(!text.isEmpty());
    if (m_field)
        m_field->setAccessibleDescription(text);
}

}  // namespace tallydesk
