// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <optional>

#include "core/BallotData.h"
#include "core/Error.h"

namespace tallydesk {

/// What a further reader made of the same ballot, blind to the first: its numbers and header, or why it has
/// none. Its model and answer id stand in data.readerNotes. A plain value.
struct OtherReading {
    QString reader;
    BallotData data;
    std::optional<QString> errorCode;

    bool operator==(const OtherReading&) const = default;
};

/// Further readings travel with the one that counts, in its readerNotes ("other_readings"), so that they are
/// kept and exported with it and both can be shown side by side. Values, digits, words, marks and confidence
/// are kept; boxes are not. Stateless; any thread.
namespace OtherReadings {

void add(BallotData& data, const OtherReading& other);
QList<OtherReading> of(const BallotData& data);

}  // namespace OtherReadings

}  // namespace tallydesk
