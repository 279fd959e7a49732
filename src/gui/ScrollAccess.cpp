// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/ScrollAccess.h"

#include <QAbstractScrollArea>
#include <QAccessibleWidget>

namespace tallydesk {

namespace {

// Asked for the class itself and then for each of its bases; item views and text editors have answers of
// their own before it comes to these.
QAccessibleInterface* scrollAccess(const QString& className, QObject* object) {
    if (className != u"QScrollArea" && className != u"QAbstractScrollArea" && className != u"QGraphicsView")
        return nullptr;
    auto* area = qobject_cast<QAbstractScrollArea*>(object);
    return area ? new QAccessibleWidget(area, QAccessible::Client) : nullptr;
}

}  // namespace

void guardScrollAreas() {
    QAccessible::removeFactory(scrollAccess);
    QAccessible::installFactory(scrollAccess);
}

}  // namespace tallydesk
