// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/CommandLine.h"
#include "core/Error.h"
#include "readers/ReaderFactory.h"

namespace tallydesk {

/// The first reader and those that read besides. A plain value.
struct ReaderPlan {
    struct Further {
        ReaderChoice choice;
        FurtherReading::When when = FurtherReading::When::Always;
    };
    ReaderChoice first;
    QList<Further> further;

    /// The reader that asks a service; null when all read on the device.
    const ReaderChoice* service() const;
};

/// The readers that the options name. The service's key comes from OPENROUTER_API_KEY or the keychain, which
/// is asked only where a service is; errors are those of KeyResolver. Main thread.
Expected<ReaderPlan> chosenReaders(const ReadOptions& options);

}  // namespace tallydesk
