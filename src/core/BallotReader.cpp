// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotReader.h"

namespace tallydesk {

QString BallotScan::key() const {
    return QStringLiteral("%1#%2").arg(file).arg(pageNumbers.isEmpty() ? 0 : pageNumbers.first());
}

ReadAttempt ReadAttempt::success(BallotData data, QByteArray raw) {
    return {std::move(data), std::nullopt, std::move(raw)};
}

ReadAttempt ReadAttempt::failed(ReadFailure failure, QByteArray raw) {
    return {std::nullopt, std::move(failure), std::move(raw)};
}

}  // namespace tallydesk
