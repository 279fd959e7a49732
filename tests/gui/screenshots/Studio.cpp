// SPDX-License-Identifier: GPL-3.0-or-later
#include "Studio.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDeadlineTimer>
#include <QLabel>
#include <QPixmap>
#include <QRegularExpression>
#include <QTest>
#include <QToolButton>

namespace tallydesk::shots {

namespace {

// A loaded machine takes a minute for the sample batch.
constexpr int kPatienceMs = 180'000;

// What a text needs in the font in which it is drawn; rich text and mnemonics are left as they are.
bool fits(const QWidget& widget, const QString& text, int room) {
    QString plain = text;
    plain.remove(u'&');
    return widget.fontMetrics().horizontalAdvance(plain) <= room;
}

}  // namespace

QString Look::name() const {
    return QStringLiteral("%1-%2-%3x%4%5")
        .arg(dark ? QStringLiteral("dark") : QStringLiteral("light"), language)
        .arg(size.width())
        .arg(size.height())
        .arg(qFuzzyCompare(qApp->devicePixelRatio(), 1.0)
                 ? QString()
                 : QStringLiteral("@%1x").arg(qApp->devicePixelRatio()));
}

bool waitUntil(const std::function<bool()>& condition) {
    return QTest::qWaitFor([&] { return condition(); }, kPatienceMs);
}

Studio::Studio(const QString& folder, const QString& only) : m_folder(folder), m_only(only) {
    m_folder.mkpath(QStringLiteral("."));
}

bool Studio::wants(const QString& name) const {
    return m_only.isEmpty() || name.contains(m_only);
}

bool Studio::wantsKind(const QString& beginning) const {
    return m_only.isEmpty() || m_only.startsWith(beginning) || beginning.startsWith(m_only);
}

void Studio::dress(const Look& look) {
    m_look = look;
    m_theme = look.dark ? Theme::dark() : Theme::light();
    m_languages.apply(look.language);
    applyTheme(*qApp, m_theme);
}

void Studio::take(QWidget& widget, const QString& name, const std::function<bool()>& ready) {
    if (!wants(name))
        return;
    if (!widget.isVisible())
        widget.show();
    if (!QTest::qWaitForWindowExposed(&widget) || (ready && !waitUntil(ready)))
        qWarning("%s did not get ready", qPrintable(name));
    // Changed texts ask their layouts for room by events, and what is at work is scrolled into sight after
    // them.
    for (int i = 0; i < 3; ++i) {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
    }
    const QPixmap picture = widget.grab();
    const QString file = m_folder.filePath(name + u'-' + m_look.name() + QStringLiteral(".png"));
    if (!picture.save(file))
        qFatal("%s can't be written", qPrintable(file));
    ++m_taken;
    findClipped(widget, name + u'-' + m_look.name());
    if (m_look.language == QLatin1String("th"))
        findUntranslated(widget, name + u'-' + m_look.name());
}

void Studio::findUntranslated(const QWidget& widget, const QString& name) {
    // Two words of a language; names, paths, codes and keys have no such pair.
    static const QRegularExpression words(QStringLiteral("\\b[A-Za-z][a-z]{2,} [a-z]{2,}\\b"));
    static const QRegularExpression thai(QStringLiteral("\\p{Thai}"));
    const auto look = [&](const QWidget& part, const QString& text) {
        if (part.isVisibleTo(&widget) && text.contains(words) && !text.contains(thai))
            m_untranslated.append(name + QStringLiteral(": ") + part.objectName() + QStringLiteral(" \"") +
                                  text + u'"');
    };
    for (const QLabel* label : widget.findChildren<QLabel*>())
        look(*label, label->text());
    for (const QAbstractButton* button : widget.findChildren<QAbstractButton*>())
        look(*button, button->text());
}

void Studio::findClipped(const QWidget& widget, const QString& name) {
    const auto report = [&](const QWidget& part, const QString& text) {
        m_clipped.append(name + QStringLiteral(": ") + part.objectName() + QStringLiteral(" \"") + text +
                         u'"');
    };
    const QList<QLabel*> labels = widget.findChildren<QLabel*>();
    for (const QLabel* label : labels) {
        if (!label->isVisibleTo(&widget) || label->text().isEmpty())
            continue;
        const bool tall = label->wordWrap() && label->height() < label->heightForWidth(label->width());
        const bool wide = !label->wordWrap() && label->textFormat() != Qt::RichText &&
                          label->width() < label->sizeHint().width();
        if (tall || wide)
            report(*label, label->text());
    }
    const QList<QAbstractButton*> buttons = widget.findChildren<QAbstractButton*>();
    for (const QAbstractButton* button : buttons) {
        const auto* tool = qobject_cast<const QToolButton*>(button);
        if (tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly)
            continue;
        if (button->isVisibleTo(&widget) && !fits(*button, button->text(), button->width()))
            report(*button, button->text());
    }
}

}  // namespace tallydesk::shots
