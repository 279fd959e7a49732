// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/Icons.h"

#include <QFile>
#include <QIconEngine>
#include <QMap>
#include <QPainter>
#include <QSvgRenderer>
#include <tuple>

namespace tallydesk {

namespace {

QPixmap render(const QByteArray& svg, const QSize& pixels) {
    QPixmap pixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(svg);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

// Draws one SVG in the colours of each mode at the size that is asked for.
class SvgIconEngine final : public QIconEngine {
public:
    SvgIconEngine(QByteArray normal, QByteArray disabled, QByteArray checked)
        : m_normal(std::move(normal)), m_disabled(std::move(disabled)), m_checked(std::move(checked)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, pixmap(rect.size() * ratio, mode, state));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        // A table draws the same few icons for every row.
        const Look look = lookOf(mode, state);
        QPixmap& drawn = m_drawn[{look, size.width(), size.height()}];
        if (drawn.isNull())
            drawn = render(svgOf(look), size);
        return drawn;
    }
    QIconEngine* clone() const override { return new SvgIconEngine(*this); }

private:
    enum class Look { Normal, Disabled, Checked };

    static Look lookOf(QIcon::Mode mode, QIcon::State state) {
        if (mode == QIcon::Disabled)
            return Look::Disabled;
        return state == QIcon::On ? Look::Checked : Look::Normal;
    }
    const QByteArray& svgOf(Look look) const {
        return look == Look::Disabled ? m_disabled : look == Look::Checked ? m_checked : m_normal;
    }

    QByteArray m_normal;
    QByteArray m_disabled;
    QByteArray m_checked;
    QMap<std::tuple<Look, int, int>, QPixmap> m_drawn;
};

QByteArray fileContent(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray coloured(QByteArray svg, const QColor& colour) {
    const QByteArray name = colour.name().toLatin1();
    return svg.replace("currentColor", name).replace("#232629", name).replace("#da4453", name);
}

QString fileOf(Sign sign) {
    switch (sign) {
        case Sign::Accepted:
            return QStringLiteral("accepted");
        case Sign::Settled:
            return QStringLiteral("settled");
        case Sign::AsWritten:
            return QStringLiteral("as-written");
        case Sign::NeedsReview:
            return QStringLiteral("needs-review");
        case Sign::Failed:
            return QStringLiteral("failed");
        case Sign::Reading:
            return QStringLiteral("reading");
        case Sign::Retry:
            return QStringLiteral("retry");
        case Sign::Waiting:
            return QStringLiteral("waiting");
        case Sign::Skipped:
            return QStringLiteral("skipped");
    }
    return {};
}

}  // namespace

QIcon Icons::action(const QString& name, const Theme& theme, const QColor& colour) {
    const QByteArray svg = fileContent(QStringLiteral(":/icons/actions/%1.svg").arg(name));
    if (svg.isEmpty())
        return {};
    const QColor normal = colour.isValid() ? colour : theme.text;
    return QIcon(new SvgIconEngine(coloured(svg, normal), coloured(svg, theme.edge),
                                   coloured(svg, colour.isValid() ? colour : theme.accent)));
}

QIcon Icons::sign(Sign sign, const Theme& theme) {
    QByteArray svg = fileContent(QStringLiteral(":/icons/signs/%1.svg").arg(fileOf(sign)));
    svg.replace("#111111", signColour(sign, theme).name().toLatin1());
    svg.replace("#eeeeee", theme.surface.name().toLatin1());
    return QIcon(new SvgIconEngine(svg, svg, svg));
}

QIcon Icons::status(BallotStatus status, const Theme& theme) {
    return sign(signOf(status), theme);
}

QIcon Icons::run(RunState state, const Theme& theme) {
    BallotItem item;
    item.run = state;
    return sign(signOf(item), theme);
}

Sign Icons::signOf(BallotStatus status) {
    switch (status) {
        case BallotStatus::Accepted:
            return Sign::Accepted;
        case BallotStatus::NeedsReview:
            return Sign::NeedsReview;
        case BallotStatus::Reviewed:
            return Sign::Settled;
        case BallotStatus::Unreadable:
            return Sign::Skipped;
        case BallotStatus::Failed:
            return Sign::Failed;
        case BallotStatus::Cancelled:
            return Sign::Waiting;
    }
    return Sign::Waiting;
}

Sign Icons::signOf(const BallotItem& item) {
    switch (item.run) {
        case RunState::Waiting:
            return Sign::Waiting;
        case RunState::Reading:
            return Sign::Reading;
        case RunState::Retrying:
            return Sign::Retry;
        case RunState::Idle:
            break;
    }
    return signOf(item.result.status);
}

QColor Icons::signColour(Sign sign, const Theme& theme) {
    switch (sign) {
        case Sign::Accepted:
        case Sign::Settled:
            return theme.ok;
        case Sign::NeedsReview:
        case Sign::Retry:
            return theme.warn;
        case Sign::Failed:
            return theme.err;
        case Sign::AsWritten:
        case Sign::Reading:
            return theme.accent;
        case Sign::Waiting:
        case Sign::Skipped:
            break;
    }
    return theme.text2;
}

QColor Icons::signTint(Sign sign, const Theme& theme) {
    switch (sign) {
        case Sign::Accepted:
        case Sign::Settled:
            return theme.okTint;
        case Sign::NeedsReview:
        case Sign::Retry:
            return theme.warnTint;
        case Sign::Failed:
            return theme.errTint;
        case Sign::AsWritten:
        case Sign::Reading:
            return theme.tint;
        case Sign::Waiting:
        case Sign::Skipped:
            break;
    }
    return theme.raised;
}

}  // namespace tallydesk
