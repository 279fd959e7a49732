// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QStringList>
#include <QWidget>
#include <functional>

#include "gui/LanguageSwitcher.h"
#include "gui/Theme.h"

namespace tallydesk::shots {

/// One look of the window: theme, language, size.
struct Look {
    bool dark = false;
    QString language;
    QSize size;
    QString name() const;
};

/// Takes pictures of widgets into a folder. GUI thread.
class Studio {
public:
    explicit Studio(const QString& folder, const QString& only);

    /// Brings the application into a look. Widgets are made after it.
    void dress(const Look& look);
    const Look& look() const { return m_look; }
    const Theme& theme() const { return m_theme; }
    LanguageSwitcher& languages() { return m_languages; }
    /// Shows the widget, lets it settle until `ready`, and saves it as NAME-LOOK.png.
    void take(QWidget& widget, const QString& name, const std::function<bool()>& ready = {});
    /// Whether a picture of this name is wanted at all.
    bool wants(const QString& name) const;
    /// Whether pictures whose names begin so may be wanted.
    bool wantsKind(const QString& beginning) const;
    int taken() const { return m_taken; }
    /// Texts that do not fit the label or button that shows them, with the picture's name.
    const QStringList& clipped() const { return m_clipped; }
    /// Texts without a Thai letter that were shown in Thai, with the picture's name.
    const QStringList& untranslated() const { return m_untranslated; }

private:
    void findClipped(const QWidget& widget, const QString& name);
    void findUntranslated(const QWidget& widget, const QString& name);

    QDir m_folder;
    QString m_only;
    Look m_look;
    Theme m_theme;
    LanguageSwitcher m_languages;
    int m_taken = 0;
    QStringList m_clipped;
    QStringList m_untranslated;
};

/// Lets the event loop run until the condition holds; false when it takes minutes.
bool waitUntil(const std::function<bool()>& condition);

}  // namespace tallydesk::shots
