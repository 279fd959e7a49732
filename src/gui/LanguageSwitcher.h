// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTranslator>

#include "core/Language.h"

namespace tallydesk {

/// Brings the window into the chosen language while it runs: sets the default locale, installs the
/// translators of the program and of Qt's own texts, and so sends QEvent::LanguageChange to every widget.
/// One for the program; GUI thread.
class LanguageSwitcher final : public QObject {
    Q_OBJECT
public:
    explicit LanguageSwitcher(QObject* parent = nullptr);
    ~LanguageSwitcher() override;

    /// "system", "en" or "th" (AppSettings::language).
    void apply(const QString& choice);
    Language language() const { return m_language; }
    /// What "system" means on this computer.
    static Language systemLanguage();

Q_SIGNALS:
    /// After the switch; fonts and formats depend on QLocale() and want to be set again.
    void languageChanged(Language language);

private:
    bool m_applied = false;
    Language m_language = Language::English;
    // The program's texts, and those that Qt's own widgets show.
    QTranslator m_texts;
    QTranslator m_qtTexts;
};

}  // namespace tallydesk
