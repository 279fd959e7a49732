// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <memory>

#include "core/Error.h"
#include "imaging/IntakeLimits.h"

namespace tallydesk {

/// One page as it comes from its file, after /Rotate and EXIF, not yet turned upright.
struct OpenedPage {
    QImage image;
    /// Pixels at 200 dpi per pixel of `image`, as PageImage::scaleTo200Dpi.
    double scaleTo200Dpi = 1.0;
};

/// An open scan file: PDF, image or multi-page TIFF. One thread at a time; the caller owns it.
class PageDocument {
public:
    virtual ~PageDocument() = default;

    /// Opens by content, not by name, and checks the bounds of all pages. Errors: "intake.file_missing",
    /// "intake.file_unreadable", "intake.file_empty", "intake.file_too_large", "intake.not_an_image",
    /// "intake.not_a_pdf", "intake.pdf_encrypted", "intake.pdf_damaged", "intake.pdf_empty",
    /// "intake.image_damaged", "intake.too_many_pages", "intake.page_too_large". args[0] is the file name.
    static Expected<std::unique_ptr<PageDocument>> open(const QString& path, const IntakeLimits& limits);

    virtual int pageCount() const = 0;
    /// Decodes one page, from 1. Takes about 0.1 s, with the largest that the limits allow longer, and can't
    /// be interrupted meanwhile. Errors: "intake.file_unreadable", "intake.image_damaged",
    /// "intake.pdf_damaged", "intake.out_of_memory".
    virtual Expected<OpenedPage> page(int number) = 0;
};

}  // namespace tallydesk
