// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/LanguageSwitcher.h"

#include <QCoreApplication>
#include <QLocale>

namespace tallydesk {

LanguageSwitcher::LanguageSwitcher(QObject* parent) : QObject(parent) {}

LanguageSwitcher::~LanguageSwitcher() {
    QCoreApplication::removeTranslator(&m_texts);
    QCoreApplication::removeTranslator(&m_qtTexts);
}

Language LanguageSwitcher::systemLanguage() {
    return QLocale::system().language() == QLocale::Thai ? Language::Thai : Language::English;
}

void LanguageSwitcher::apply(const QString& choice) {
    const Language language = choice == QLatin1String("th")   ? Language::Thai
                              : choice == QLatin1String("en") ? Language::English
                                                              : systemLanguage();
    if (m_applied && language == m_language)
        return;
    m_applied = true;
    m_language = language;
    const bool thai = language == Language::Thai;
    // Before the translators: widgets ask for both when they hear of the change.
    const QLocale wanted =
        thai ? QLocale(QLocale::Thai, QLocale::Thailand) : QLocale(QLocale::English, QLocale::UnitedKingdom);
    const QLocale system = QLocale::system();
    QLocale::setDefault(system.language() == wanted.language() ? system : wanted);
    QCoreApplication::removeTranslator(&m_qtTexts);
    QCoreApplication::removeTranslator(&m_texts);
    if (thai && m_qtTexts.load(QStringLiteral(":/i18n/qt_th.qm")))
        QCoreApplication::installTranslator(&m_qtTexts);
    // English has one too, for its plurals.
    if (m_texts.load(thai ? QStringLiteral(":/i18n/tallydesk_th.qm")
                          : QStringLiteral(":/i18n/tallydesk_en.qm")))
        QCoreApplication::installTranslator(&m_texts);
    Q_EMIT languageChanged(language);
}

}  // namespace tallydesk
