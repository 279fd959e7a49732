// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/PageItems.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>

#include "gui/PageFetcher.h"

namespace tallydesk {

namespace {

struct Look {
    QColor line;
    double width;
    Qt::PenStyle style;
    Qt::BrushStyle fill;
    bool twice;
};

Look lookOf(FieldState state) {
    const Theme paper = Theme::light();
    switch (state) {
        case FieldState::Sure:
            return {paper.ok, 1.4, Qt::SolidLine, Qt::NoBrush, false};
        case FieldState::Confirmed:
        case FieldState::Changed:
            return {paper.ok, 1.6, Qt::SolidLine, Qt::Dense7Pattern, true};
        case FieldState::Unsure:
            return {paper.warn, 2.2, Qt::DashLine, Qt::FDiagPattern, false};
        case FieldState::Broken:
            return {paper.err, 2.6, Qt::SolidLine, Qt::BDiagPattern, false};
        case FieldState::Missing:
            return {paper.err, 2.2, Qt::DotLine, Qt::DiagCrossPattern, false};
    }
    return {paper.ok, 1.4, Qt::SolidLine, Qt::NoBrush, false};
}

/// Pixels of the smallest digits on a tag.
constexpr int kLeastTag = 8;

QFont tagFont(bool focused) {
    QFont font = textFont(focused ? TextStyle::Strong : TextStyle::Caption);
    font.setBold(true);
    return font;
}

QRectF framed(const QRect& place) {
    return QRectF(place).adjusted(-1, -1, 1, 1);
}

}  // namespace

void PageView::PageItem::setLevels(const QList<QImage>& levels) {
    prepareGeometryChange();
    m_levels = levels;
    if (levels.isEmpty()) {
        m_rect = {};
        return;
    }
    const double scale = PageFetcher::scaleTo200Dpi(levels.first());
    m_rect = QRectF(QPointF(0, 0), QSizeF(levels.first().size()) * scale);
}

void PageView::PageItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    if (m_levels.isEmpty())
        return;
    const QTransform transform = painter->worldTransform();
    const double shown = std::hypot(transform.m11(), transform.m12()) * m_rect.width() *
                         painter->device()->devicePixelRatioF();
    const QImage* best = &m_levels.first();
    for (const QImage& level : m_levels)
        if (level.width() >= shown)
            best = &level;
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(m_rect, *best, QRectF(best->rect()));
}

void PageView::BoxItem::setPage(const QRectF& page) {
    prepareGeometryChange();
    m_page = page;
}

void PageView::BoxItem::setBoxes(const QList<PageBox>& boxes) {
    m_boxes = boxes;
    update();
}

void PageView::BoxItem::setFocus(const QString& key) {
    m_focus = key;
    update();
}

void PageView::BoxItem::setTagsVisible(bool visible) {
    m_tags = visible;
    update();
}

void PageView::BoxItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const QTransform transform = painter->worldTransform();
    const double pixel = 1.0 / std::max(0.01, std::hypot(transform.m11(), transform.m12()));
    const auto focused = std::find_if(m_boxes.cbegin(), m_boxes.cend(),
                                      [this](const PageBox& box) { return box.key == m_focus; });
    if (focused != m_boxes.cend()) {
        // All but the places is a little darker, so that the eye finds them.
        QPainterPath around;
        around.setFillRule(Qt::OddEvenFill);
        around.addRect(m_page);
        QPainterPath places;
        places.setFillRule(Qt::WindingFill);
        for (const PageBox& box : m_boxes)
            for (const QRect& place : box.places)
                places.addRect(framed(place));
        around.addPath(places.simplified());
        painter->fillPath(around, QColor(0, 0, 0, 22));
    }
    painter->setRenderHint(QPainter::Antialiasing);
    for (const PageBox& box : m_boxes)
        paintBox(painter, box, pixel);
    if (focused == m_boxes.cend()) {
        if (m_tags)
            paintValues(*painter);
        return;
    }
    const Theme paper = Theme::light();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(paper.accent, 3.0 * pixel));
    for (const QRect& place : focused->places)
        painter->drawRoundedRect(framed(place), 3 * pixel, 3 * pixel);
    if (!focused->places.isEmpty() && !focused->label.isEmpty())
        paintTag(*painter, focusedTag(*painter, *focused, tagSize(focused->label)), focused->label,
                 tagFont(true), paper.accent);
}

void PageView::BoxItem::paintBox(QPainter* painter, const PageBox& box, double pixel) const {
    const Look look = lookOf(box.state);
    for (const QRect& place : box.places) {
        const QRectF frame = framed(place);
        // Nothing lies over the number that is being read.
        if (look.fill != Qt::NoBrush && box.key != m_focus) {
            QColor tint = look.line;
            tint.setAlpha(70);
            QBrush brush(tint, look.fill);
            // The pattern keeps its size on screen, as the lines do.
            brush.setTransform(QTransform::fromScale(pixel, pixel));
            painter->fillRect(frame, brush);
        }
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(look.line, look.width * pixel, look.style));
        painter->drawRoundedRect(frame, 3 * pixel, 3 * pixel);
        if (look.twice)
            painter->drawRoundedRect(frame.adjusted(3 * pixel, 3 * pixel, -3 * pixel, -3 * pixel), 2 * pixel,
                                     2 * pixel);
    }
}

QSizeF PageView::BoxItem::tagSize(const QString& label) {
    const QFontMetrics metrics(tagFont(true));
    return {double(metrics.horizontalAdvance(label) + 16), double(metrics.height() + 8)};
}

void PageView::BoxItem::paintValues(QPainter& painter) const {
    const QTransform transform = painter.worldTransform();
    QList<QRectF> taken;
    for (const PageBox& box : m_boxes) {
        if (box.value.isEmpty() || box.places.isEmpty())
            continue;
        // On a small page a tag is no higher than its line.
        const QRectF frame = transform.mapRect(framed(box.places.first()));
        QFont font = tagFont(false);
        font.setPixelSize(
            std::clamp(int(frame.height()) - 3, kLeastTag, std::max(kLeastTag, font.pixelSize())));
        const QFontMetrics metrics(font);
        const QSizeF size(metrics.horizontalAdvance(box.value) + 6, metrics.ascent() + 1);
        QRectF tag(QPointF(frame.left() - size.width() - 4, frame.center().y() - size.height() / 2), size);
        if (tag.left() < 2)
            tag.moveBottomLeft({2, frame.top() - 4});
        // Beside another one rather than over it.
        for (const QRectF& other : std::as_const(taken))
            if (other.intersects(tag))
                tag.moveRight(std::max(2.0 + size.width(), other.left() - 2));
        taken.append(tag);
        paintTag(painter, tag, box.value, font, lookOf(box.state).line);
    }
}

QRectF PageView::BoxItem::focusedTag(const QPainter& painter, const PageBox& box, const QSizeF& size) const {
    const QTransform transform = painter.worldTransform();
    const QRectF first = transform.mapRect(framed(box.places.first()));
    const QRectF last = transform.mapRect(framed(box.places.last()));
    const QRectF screen = painter.viewport();
    const QList<QRectF> choices{
        {QPointF(first.left() - size.width() - 6, first.center().y() - size.height() / 2), size},
        {QPointF(last.right() + 6, last.center().y() - size.height() / 2), size},
        {QPointF(first.left(), first.top() - size.height() - 4), size},
        {QPointF(first.left(), first.bottom() + 4), size}};
    const auto hidden = [&](const QRectF& tag) {
        double area = 0.0;
        for (const PageBox& other : m_boxes)
            for (const QRect& place : other.places) {
                const QRectF common = transform.mapRect(framed(place)) & tag;
                area += common.width() * common.height();
            }
        return area;
    };
    QRectF best = choices.first();
    double least = -1.0;
    for (QRectF tag : choices) {
        tag.moveLeft(std::clamp(tag.left(), 2.0, std::max(2.0, screen.width() - size.width() - 2)));
        const double area = hidden(tag);
        if (least < 0.0 || area < least) {
            least = area;
            best = tag;
        }
    }
    return best;
}

void PageView::BoxItem::paintTag(QPainter& painter, const QRectF& tag, const QString& text, const QFont& font,
                                 const QColor& ground) {
    painter.save();
    // Drawn upright and at the screen's size, whatever the zoom and the turn.
    painter.setWorldTransform(QTransform());
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(tag, 4, 4);
    painter.setPen(Theme::light().onaccent);
    painter.setFont(font);
    painter.drawText(tag, int(Qt::AlignCenter) | int(Qt::TextDontClip), text);
    painter.restore();
}

}  // namespace tallydesk
