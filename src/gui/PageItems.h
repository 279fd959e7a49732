// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsItem>

#include "gui/PageView.h"

namespace tallydesk {

/// The page's picture at the size it has at 200 dpi. Draws the level that is closest to the zoom.
class PageView::PageItem final : public QGraphicsItem {
public:
    void setLevels(const QList<QImage>& levels);
    bool isEmpty() const { return m_levels.isEmpty(); }
    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    QList<QImage> m_levels;
    QRectF m_rect;
};

/// All boxes of the page as one item. Each state has a colour and a pattern of its own; the paper is white
/// in every theme, so the colours are the light theme's.
class PageView::BoxItem final : public QGraphicsItem {
public:
    void setPage(const QRectF& page);
    void setBoxes(const QList<PageBox>& boxes);
    void setFocus(const QString& key);
    void setTagsVisible(bool visible);
    const QList<PageBox>& boxes() const { return m_boxes; }
    QRectF boundingRect() const override { return m_page; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    /// How large the tag of the box with the focus is on the screen.
    static QSizeF tagSize(const QString& label);

private:
    /// Where the tag of the box that has the focus hides no other number.
    QRectF focusedTag(const QPainter& painter, const PageBox& box, const QSizeF& size) const;
    void paintBox(QPainter* painter, const PageBox& box, double pixel) const;
    /// The values beside their boxes, none over another.
    void paintValues(QPainter& painter) const;
    static void paintTag(QPainter& painter, const QRectF& tag, const QString& text, const QFont& font,
                         const QColor& ground);

    QRectF m_page;
    QList<PageBox> m_boxes;
    QString m_focus;
    bool m_tags = true;
};

}  // namespace tallydesk
