// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QRect>

#include "core/CancelToken.h"
#include "core/Error.h"

namespace tallydesk {

/// Makes a page small enough to send and still legible: grey, background evened out, contrast stretched,
/// black edges and empty margins cut off. Stateless; any thread.
namespace PageJpeg {

/// JPEG of at most `maxBytes`. Prefers to lower the quality over the size, and keeps pen strokes at least
/// 3 px wide (or as wide as they were) unless nothing else fits. "reader.page_empty",
/// "reader.page_too_large", "cancelled".
Expected<QByteArray> encode(const QImage& page, int maxBytes, const CancelToken& cancel);

/// The part of a page that encode() sends, in the page's pixels.
QRect partSent(const QImage& page);

/// Typical width of the dark strokes of a page, in its pixels; 0 for an empty page.
double strokeWidth(const QImage& page);

}  // namespace PageJpeg

}  // namespace tallydesk
