// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tallydesk {

/// Bounds that keep a hostile or broken file from taking the machine down.
/// Checked before anything is decoded.
struct IntakeLimits {
    int maxPagesPerFile = 600;              ///< intake.too_many_pages
    qint64 maxPixelsPerPage = 150'000'000;  ///< intake.page_too_large; a PDF page counts at 200 dpi
    qint64 maxFileBytes = qint64{1} << 30;  ///< intake.file_too_large
    int maxFiles = 1'000'000;               ///< files in one run; the rest is named and skipped
    int threads = 0;                        ///< of the intake pool; 0 for one a core, at least 2
};

}  // namespace tallydesk
