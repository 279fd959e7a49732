// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/PageView.h"

#include <QApplication>
#include <QGestureEvent>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPinchGesture>
#include <QScrollBar>
#include <QStyle>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "gui/PageItems.h"
#include "gui/ReviewKeymap.h"

namespace tallydesk {

namespace {

constexpr double kLeastScale = 0.05;
constexpr double kMostScale = 6.0;
constexpr double kStep = 1.25;
/// A field and what is printed around it, in pixels at 200 dpi.
constexpr double kCellSurroundings = 120.0;
constexpr double kMostCellScale = 0.7;
/// Around the tag beside a field, in pixels of the screen.
constexpr double kTagGap = 10.0;
/// One notch of a wheel is 120.
constexpr double kWheelUnits = 240.0;
constexpr int kGlideMs = 160;
/// Long enough that a page from the cache never shows it.
constexpr int kOutlineDelayMs = 150;
constexpr QSize kOutline(1654, 2339);

}  // namespace

PageView::PageView(QWidget* parent) : QGraphicsView(parent) {
    setScene(new QGraphicsScene(this));
    m_page = new PageItem;
    m_boxes = new BoxItem;
    scene()->addItem(m_page);
    scene()->addItem(m_boxes);
    setFrameShape(QFrame::NoFrame);
    setDragMode(QGraphicsView::ScrollHandDrag);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    // Where a tag stands depends on what is in sight: parts of it would be left behind by moved pixels.
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setCursor(Qt::ArrowCursor);
    viewport()->grabGesture(Qt::PinchGesture);
    m_outlineDelay.setSingleShot(true);
    m_outlineDelay.setInterval(kOutlineDelayMs);
    connect(&m_outlineDelay, &QTimer::timeout, this, [this] { viewport()->update(); });
    m_glide.setDuration(kGlideMs);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { centerOn(value.toPointF()); });
}

PageView::~PageView() = default;

void PageView::setTheme(const Theme& theme) {
    m_theme = theme;
    viewport()->update();
}

bool PageView::hasPage() const {
    return !m_page->isEmpty();
}

void PageView::showPage(const QList<QImage>& levels) {
    m_outlineDelay.stop();
    m_waiting = false;
    const QRectF before = m_page->boundingRect();
    m_page->setLevels(levels);
    m_boxes->setPage(m_page->boundingRect());
    scene()->setSceneRect(m_page->boundingRect());
    m_page->update();
    if (before != m_page->boundingRect() || m_zoom != Zoom::Free)
        apply();
}

void PageView::showWaiting() {
    showNothing();
    m_waiting = true;
    m_outlineDelay.start();
}

void PageView::showNothing() {
    m_outlineDelay.stop();
    m_glide.stop();
    m_waiting = false;
    m_page->setLevels({});
    m_boxes->setPage({});
    viewport()->update();
}

void PageView::setBoxes(const QList<PageBox>& boxes) {
    if (boxes != m_boxes->boxes())
        m_boxes->setBoxes(boxes);
}

void PageView::setBoxesVisible(bool visible) {
    m_boxes->setVisible(visible);
}

void PageView::setTagsVisible(bool visible) {
    m_boxes->setTagsVisible(visible);
}

const PageBox* PageView::boxOf(const QString& key) const {
    const QList<PageBox>& all = m_boxes->boxes();
    const auto box =
        std::find_if(all.cbegin(), all.cend(), [&](const PageBox& other) { return other.key == key; });
    return box == all.cend() || box->places.isEmpty() ? nullptr : &*box;
}

QRectF PageView::placesOf(const QString& key) const {
    QRectF places;
    if (const PageBox* box = boxOf(key))
        for (const QRect& place : box->places)
            places |= QRectF(place);
    return places;
}

void PageView::focusBox(const QString& key) {
    m_focus = key;
    m_boxes->setFocus(key);
    if (const PageBox* box = boxOf(key); box && hasPage())
        bringIntoSight(*box);
}

void PageView::bringIntoSight(const PageBox& box) {
    const QRectF places = placesOf(box.key);
    // A whole page is too small to read a digit on.
    if (m_zoom == Zoom::Page || m_zoom == Zoom::Cell)
        setZoom(Zoom::Cell);
    const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
    const double margin = seen.height() / 6.0;
    // With the tag beside it, which is not to lie over other numbers.
    const QRectF marked =
        places.adjusted(-(BoxItem::tagSize(box.label).width() + 2 * kTagGap) / m_scale, 0, 0, 0);
    const QRectF wanted = marked.width() > seen.width() ? places : marked;
    if (seen.adjusted(0, margin, 0, -margin).contains(wanted))
        return;
    QPointF centre(seen.center().x(), places.center().y());
    if (wanted.left() < seen.left() || wanted.right() > seen.right())
        centre.setX(wanted.width() > seen.width() ? wanted.left() + seen.width() / 2.0 - 8.0
                                                  : wanted.center().x());
    glideTo(centre);
}

void PageView::glideTo(const QPointF& centre) {
    m_glide.stop();
    if (!isVisible() || style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) == 0) {
        centerOn(centre);
        return;
    }
    m_glide.setStartValue(mapToScene(viewport()->rect().center()));
    m_glide.setEndValue(centre);
    m_glide.start();
}

double PageView::tagRoom() const {
    const PageBox* box = boxOf(m_focus);
    return box ? BoxItem::tagSize(box->label).width() + 3 * kTagGap : 0.0;
}

double PageView::scaleFactor() const {
    return m_scale;
}

void PageView::setZoom(Zoom zoom) {
    m_zoom = zoom;
    apply();
}

void PageView::apply() {
    const QRectF page = m_page->boundingRect();
    if (page.isEmpty())
        return;
    const bool sideways = m_turn % 180 != 0;
    const double width = sideways ? page.height() : page.width();
    const double height = sideways ? page.width() : page.height();
    if (m_zoom != Zoom::Free) {
        const QSize room = maximumViewportSize() - QSize(16, 16);
        m_scale = room.width() / width;
        const QRectF places = placesOf(m_focus);
        if (m_zoom == Zoom::Page)
            m_scale = std::min(m_scale, room.height() / height);
        else if (m_zoom == Zoom::Cell && !places.isEmpty())
            m_scale = std::max(m_scale,
                               std::min({kMostCellScale, room.width() / (places.width() + kCellSurroundings),
                                         (room.width() - tagRoom()) / places.width()}));
        else if (height * m_scale > room.height())
            m_scale = (room.width() - verticalScrollBar()->sizeHint().width()) / width;
        m_scale = std::clamp(m_scale, kLeastScale, kMostScale);
    }
    setTransform(QTransform().rotate(m_turn).scale(m_scale, m_scale));
    Q_EMIT zoomChanged();
}

void PageView::setScale(double scale, const QPoint& anchor) {
    if (!hasPage())
        return;
    const QPointF kept = mapToScene(anchor);
    m_zoom = Zoom::Free;
    m_scale = std::clamp(scale, kLeastScale, kMostScale);
    apply();
    // What lay under the pointer stays under it.
    const QPoint moved = mapFromScene(kept) - anchor;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + moved.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() + moved.y());
}

void PageView::zoomBy(double factor) {
    setScale(m_scale * factor, viewport()->rect().center());
}

void PageView::cycleZoom() {
    const QRectF places = placesOf(m_focus);
    if (m_zoom == Zoom::Free || m_zoom == Zoom::Cell) {
        setZoom(Zoom::Width);
    } else if (m_zoom == Zoom::Width) {
        setZoom(Zoom::Page);
    } else if (!places.isEmpty()) {
        setZoom(Zoom::Cell);
        centerOn(places.center());
    } else {
        setZoom(Zoom::Width);
    }
}

void PageView::turn(int degrees) {
    const QPointF centre = mapToScene(viewport()->rect().center());
    m_turn = ((m_turn + degrees) % 360 + 360) % 360;
    apply();
    centerOn(centre);
}

void PageView::moveBy(int dx, int dy) {
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + dx);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + dy);
}

const PageBox* PageView::boxAt(const QPointF& scenePoint) const {
    if (!m_boxes->isVisible() || !hasPage())
        return nullptr;
    for (const PageBox& box : m_boxes->boxes())
        for (const QRect& place : box.places)
            if (QRectF(place).adjusted(-6, -6, 6, 6).contains(scenePoint))
                return &box;
    return nullptr;
}

void PageView::mousePressEvent(QMouseEvent* event) {
    m_glide.stop();
    m_pressed = event->pos();
    QGraphicsView::mousePressEvent(event);
}

void PageView::mouseReleaseEvent(QMouseEvent* event) {
    QGraphicsView::mouseReleaseEvent(event);
    viewport()->setCursor(Qt::ArrowCursor);
    if (event->button() != Qt::LeftButton ||
        (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance())
        return;
    if (const PageBox* box = boxAt(mapToScene(event->pos())))
        Q_EMIT boxClicked(QString(box->key));
}

void PageView::wheelEvent(QWheelEvent* event) {
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QGraphicsView::wheelEvent(event);
        return;
    }
    setScale(m_scale * std::pow(kStep, event->angleDelta().y() / kWheelUnits * 2.0),
             event->position().toPoint());
    event->accept();
}

bool PageView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Gesture) {
        auto* gestures = static_cast<QGestureEvent*>(event);
        if (auto* pinch = static_cast<QPinchGesture*>(gestures->gesture(Qt::PinchGesture))) {
            setScale(m_scale * pinch->scaleFactor(), mapFromGlobal(pinch->centerPoint().toPoint()));
            gestures->accept(pinch);
            return true;
        }
    }
    return QGraphicsView::viewportEvent(event);
}

bool PageView::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        const auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            setScale(m_scale * (1.0 + gesture->value()), gesture->position().toPoint());
            return true;
        }
    }
    return QGraphicsView::event(event);
}

void PageView::keyPressEvent(QKeyEvent* event) {
    // Page keys turn pages and letters are the desk's; arrows alone move the scan.
    if (ReviewKeymap::action(*event) == ReviewAction::None || event->modifiers() == Qt::NoModifier) {
        switch (event->key()) {
            case Qt::Key_Up:
            case Qt::Key_Down:
            case Qt::Key_Left:
            case Qt::Key_Right:
                QGraphicsView::keyPressEvent(event);
                return;
            default:
                break;
        }
    }
    event->ignore();
}

void PageView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (m_zoom != Zoom::Free)
        apply();
}

void PageView::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, m_theme.raised);
    if (hasPage() || !m_waiting || m_outlineDelay.isActive())
        return;
    painter->save();
    painter->setWorldTransform(QTransform());
    const QSize size = kOutline.scaled(viewport()->size() - QSize(32, 32), Qt::KeepAspectRatio);
    QRect outline(QPoint(0, 0), size);
    outline.moveCenter(viewport()->rect().center());
    painter->setPen(m_theme.line);
    painter->setBrush(m_theme.bg);
    painter->drawRect(outline);
    painter->restore();
}

}  // namespace tallydesk
