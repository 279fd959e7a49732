// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QString>

#include "core/FormTemplate.h"

namespace tallydesk::test {

/// Scan files that the tests of this room make for themselves. Call from the test's own thread.

/// A page of `form` by its place in the plan, 200 dpi A4, printed parts only, some digits written in.
QImage drawFormPage(const FormTemplate& form, int place);
/// A letter that names no form.
QImage drawLetter();

/// Writes pages as one PDF with A4 pages.
void writePdf(const QString& path, const QList<QImage>& pages);
/// A PDF that asks for a password.
QByteArray encryptedPdf();
/// A PNG whose header claims this size, without pixels.
QByteArray pngHeader(quint32 width, quint32 height);
/// The JPEG with an EXIF orientation put in.
QByteArray withOrientation(const QByteArray& jpeg, int orientation);

void writeFile(const QString& path, const QByteArray& bytes);
QByteArray jpegBytes(const QImage& image);

}  // namespace tallydesk::test
