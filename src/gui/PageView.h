// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGraphicsView>
#include <QImage>
#include <QList>
#include <QTimer>
#include <QVariantAnimation>
#include <optional>

#include "gui/ReviewState.h"
#include "gui/Theme.h"

namespace tallydesk {

/// The places of one field on a page, in pixels at 200 dpi.
struct PageBox {
    QString key;
    QList<QRect> places;
    FieldState state = FieldState::Sure;
    /// The value as read, for the tag beside the box; empty for none.
    QString value;
    /// What a clerk calls the field, beside the box that has the focus.
    QString label;

    bool operator==(const PageBox&) const = default;
};

/// One page with the boxes of its fields: zoom, pan, turn. Coordinates of the scene are pixels at 200 dpi, so
/// 100 % is one of them per pixel of the screen. Decodes nothing. GUI thread.
class PageView final : public QGraphicsView {
    Q_OBJECT
public:
    /// Cell: near enough to read the field that has the focus.
    enum class Zoom { Page, Width, Cell, Free };

    explicit PageView(QWidget* parent = nullptr);
    ~PageView() override;

    void setTheme(const Theme& theme);
    /// `levels`: the page and its halves (PageFetcher::levels). A page of the same size keeps its view.
    void showPage(const QList<QImage>& levels);
    /// No page: an outline of one, after a moment, while it is fetched.
    void showWaiting();
    void showNothing();
    bool hasPage() const;

    void setBoxes(const QList<PageBox>& boxes);
    void setBoxesVisible(bool visible);
    void setTagsVisible(bool visible);
    /// Marks a field and brings it into sight; empty for none.
    void focusBox(const QString& key);

    Zoom zoom() const { return m_zoom; }
    double scaleFactor() const;
    void setZoom(Zoom zoom);
    void zoomBy(double factor);
    /// From the cell to the width to the page.
    void cycleZoom();
    void turn(int degrees);
    int turned() const { return m_turn; }
    void moveBy(int dx, int dy);

Q_SIGNALS:
    void zoomChanged();
    void boxClicked(const QString& key);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    class PageItem;
    class BoxItem;

    void apply();
    void setScale(double scale, const QPoint& anchor);
    const PageBox* boxAt(const QPointF& scenePoint) const;
    const PageBox* boxOf(const QString& key) const;
    QRectF placesOf(const QString& key) const;
    void bringIntoSight(const PageBox& box);
    /// Width that the tag of the field with the focus takes beside it, in pixels of the screen.
    double tagRoom() const;
    void glideTo(const QPointF& centre);

    Theme m_theme = Theme::light();
    // Owned by the scene.
    PageItem* m_page = nullptr;
    BoxItem* m_boxes = nullptr;
    QString m_focus;
    Zoom m_zoom = Zoom::Page;
    double m_scale = 1.0;
    int m_turn = 0;
    bool m_waiting = false;
    QTimer m_outlineDelay;
    QVariantAnimation m_glide;
    QPoint m_pressed;
};

}  // namespace tallydesk
