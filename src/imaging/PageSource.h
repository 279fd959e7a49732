// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotReader.h"
#include "imaging/IntakeLimits.h"

namespace tallydesk {

/// Opens the pages of a ballot from disk: PDF pages at 200 dpi, images with their own pixels after EXIF,
/// turned upright by PageRef::rotation. A file that changed or vanished since intake is an error
/// ("intake.file_changed", "intake.file_missing"); others as PageDocument's, and "cancelled". Immutable; any
/// thread. Keeps no page.
class PageSource final : public PageLoader {
public:
    explicit PageSource(IntakeLimits limits = {});

    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken& cancel) const override;

private:
    IntakeLimits m_limits;
};

}  // namespace tallydesk
