// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QString>

#include "core/Error.h"

namespace tallydesk::synth {

/// Files as scanners write them. All functions are stateless; the same pages give the same bytes.

/// A PDF of one image a page at 200 dpi: JPEG, or 1-bit where a page has only black and white.
QByteArray pdfOf(const QList<QImage>& pages, int quality, bool grey);
/// Writes pages as one PDF (name.pdf), one multi-page TIFF (name.tiff), or one JPEG or PNG a page
/// (name-1.jpg, name-2.jpg, ...); `format` is "pdf", "tiff", "jpg" or "png". Returns the names written
/// in `folder`. Errors: "synth.write_failed".
Expected<QStringList> writeDocument(const QString& folder, const QString& name, const QString& format,
                                    const QList<QImage>& pages, int quality, bool grey);
/// As above: whole bytes to a file.
Expected<void> writeBytes(const QString& path, const QByteArray& bytes);

}  // namespace tallydesk::synth
