// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/BallotReader.h"

namespace tallydesk {

ServiceUsage& ServiceUsage::operator+=(const ServiceUsage& other) {
    requests += other.requests;
    promptTokens += other.promptTokens;
    completionTokens += other.completionTokens;
    cost += other.cost;
    bytesSent += other.bytesSent;
    return *this;
}

ReadAttempt ReadAttempt::success(BallotData data, QByteArray raw) {
    return {std::move(data), std::nullopt, std::move(raw), {}};
}

ReadAttempt ReadAttempt::failed(ReadFailure failure, QByteArray raw) {
    return {std::nullopt, std::move(failure), std::move(raw), {}};
}

}  // namespace tallydesk
