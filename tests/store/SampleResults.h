// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/BallotResult.h"

namespace tallydesk::testing {

inline QString fakeHash(int seed) {
    return QString::number(seed, 16).rightJustified(64, u'a');
}

/// A scan of two pages in one file.
inline BallotScan sampleScan(const QString& file, int seed = 1) {
    BallotScan scan;
    scan.file = file;
    scan.pageNumbers = {1, 2};
    scan.sha256 = fakeHash(seed);
    scan.pages = {{QStringLiteral("/scans/") + file, 1, 0, scan.sha256},
                  {QStringLiteral("/scans/") + file, 2, 180, scan.sha256}};
    scan.formId = QStringLiteral("5-17-party-list");
    scan.setAsidePages = {7};
    return scan;
}

/// A result that uses every field, with nulls beside empty texts.
inline BallotResult fullResult(const QString& file, int seed = 1) {
    BallotResult result;
    result.scan = sampleScan(file, seed);
    result.status = BallotStatus::NeedsReview;
    result.reader = QStringLiteral("on-device");
    result.attempts = 2;
    result.elapsedMs = 812;
    BallotData& data = result.data;
    data.formId = QStringLiteral("5-17-party-list");
    data.formCode = QStringLiteral("5/17");
    data.partyList = true;
    data.differenceExplained = true;
    data.pageRoles = {QStringLiteral("numbers-1"), QStringLiteral("unknown")};
    data.readerNotes = {{QStringLiteral("model"), QStringLiteral("m\"1")},
                        {QStringLiteral("cost"), 0.1},
                        {QStringLiteral("tokens"), 9007199254740993LL}};
    data.header[QStringLiteral("province")] = {
        QStringLiteral("แพร่"), std::nullopt, 0.1 + 0.2, HeaderSource::Path, 1, QRect(1, 2, 3, 4)};
    data.header[QStringLiteral("committee")] = {std::nullopt,         4 + seed, std::nullopt,
                                                HeaderSource::Person, 0,        std::nullopt};
    data.header[QStringLiteral("place")] = {QStringLiteral(""), std::nullopt, 1.0, HeaderSource::Paper, 2,
                                            std::nullopt};
    VoteEntry valid;
    valid.value = 614;
    valid.digits = 614;
    valid.words = QStringLiteral("หกร้อยสิบสี่");
    valid.wordsValue = 614;
    valid.confidence = 0.1;
    valid.page = 1;
    valid.box = QRect(-5, 10, 60, 20);
    valid.wordsBox = QRect(0, 0, 1, 1);
    valid.digitReadings = {{614, 1.0 / 3.0}, {674, 1e-300}};
    valid.wordReadings = {{999999999999, 0.25}};
    data.figures[QStringLiteral("valid")] = valid;
    data.figures[QStringLiteral("invalid")] = VoteEntry{};
    VoteEntry dash;
    dash.value = 0;
    dash.mark = Mark::Dash;
    dash.words = QStringLiteral("");
    VoteEntry struck;
    struck.mark = Mark::Struck;
    // Order and repetition as read.
    data.rows = {{3, dash}, {1, valid}, {1, struck}};
    data.total = valid;
    result.findings = {{QStringLiteral("F.203"),
                        Severity::Error,
                        {QStringLiteral("valid"), QStringLiteral("row 3")},
                        {QStringLiteral("6"), QString()}},
                       {QStringLiteral("W.205"), Severity::Warning, {}, {}}};
    return result;
}

/// A ballot that could not be read.
inline BallotResult failedResult(const QString& file, int seed = 1) {
    BallotResult result;
    result.scan = sampleScan(file, seed);
    result.status = BallotStatus::Failed;
    result.error = Error{QStringLiteral("network.timeout"), {QStringLiteral("120")}, QStringLiteral("idle")};
    result.reader = QStringLiteral("on-device");
    result.attempts = 3;
    return result;
}

}  // namespace tallydesk::testing
