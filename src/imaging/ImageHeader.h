// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>
#include <QList>
#include <QSize>

#include "core/Error.h"

namespace tallydesk {

enum class ScanFormat { Unknown, Pdf, Jpeg, Png, Bmp, WebP, Tiff };

/// What the first bytes of a file say that it is, whatever its name says. Any thread.
ScanFormat scanFormat(const QByteArray& head);

/// The pixel sizes of all pages of an image file, from its headers alone: nothing is decoded, so that a
/// bomb can be refused. At most `maxPages` + 1 pages are looked at. Error: "intake.image_damaged" (args are
/// left to the caller). `device` is open and seekable. Any thread.
Expected<QList<QSize>> imageSizes(QIODevice& device, ScanFormat format, int maxPages);

/// False when a JPEG or PNG breaks off before its end mark; decoders would fill the rest with grey.
bool isComplete(const QByteArray& bytes, ScanFormat format);

}  // namespace tallydesk
