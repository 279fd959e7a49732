// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>

#include "core/Language.h"

namespace tallydesk {

/// The language of the window, for texts that are not tr()'s (forms, messages). Follows QLocale(), which
/// LanguageSwitcher sets; widgets ask again on QEvent::LanguageChange. Any thread.
inline Language uiLanguage() {
    return QLocale().language() == QLocale::Thai ? Language::Thai : Language::English;
}

}  // namespace tallydesk
