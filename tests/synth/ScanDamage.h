// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

namespace tallydesk::synth {

/// What may happen to any scan on its way here, each by a name: "turned-90", "skew-left", "dpi-100",
/// "jpeg-30", "one-bit-otsu", "perspective", "facing-page" and so on. Stateless.
QStringList damageNames();

/// All pages of a document with that damage. The same seed gives the same pixels; an unknown name leaves the
/// pages as they are.
QList<QImage> damaged(const QString& name, const QList<QImage>& pages, quint64 seed);

}  // namespace tallydesk::synth
