// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotResult.h"
#include "core/SampleBallots.h"
#include "core/Validator.h"

namespace tallydesk::testing {

inline FormCatalog builtInForms() {
    return *FormCatalog::builtIn();
}

inline BallotScan reviewScan(const QString& name, int pages = 1) {
    BallotScan scan;
    scan.file = name;
    scan.sha256 = QString(64, u'a');
    for (int page = 1; page <= pages; ++page) {
        scan.pageNumbers.append(page);
        scan.pages.append({QStringLiteral("/scans/") + name, page, 0, scan.sha256});
    }
    return scan;
}

/// A ballot of the constituency form 5/17 on which every rule holds, with a place on page 1 for each number.
inline BallotResult soundResult(const QString& name = QStringLiteral("ballot.pdf"),
                                const QString& formId = QStringLiteral("5-17-constituency")) {
    const auto form = builtInForms().byId(formId);
    BallotResult result;
    result.scan = reviewScan(name);
    result.scan.formId = form->id;
    result.status = BallotStatus::NeedsReview;
    result.reader = QStringLiteral("on-device");
    result.attempts = 1;
    result.data = samples::soundBallot(*form);
    int line = 0;
    const auto place = [&line](VoteEntry& entry) {
        entry.page = 1;
        entry.box = QRect(900, 300 + 60 * line, 120, 50);
        if (entry.words)
            entry.wordsBox = QRect(1060, 300 + 60 * line, 400, 50);
        ++line;
    };
    for (const FigureField& figure : form->figures)
        place(result.data.figures[figure.key]);
    for (TallyRow& row : result.data.rows)
        place(row.entry);
    place(*result.data.total);
    return result;
}

/// The same, but 2.2 Spoiled was read as 1 where the paper, its words and the sum say 7.
inline BallotResult misreadResult(const QString& name = QStringLiteral("ballot.pdf")) {
    BallotResult result = soundResult(name);
    const auto form = builtInForms().byId(result.data.formId);
    const auto put = [&](VoteEntry& entry, qint64 value) {
        const auto box = entry.box;
        const auto wordsBox = entry.wordsBox;
        entry = samples::entry(*form, value, entry.words.has_value());
        entry.page = 1;
        entry.box = box;
        entry.wordsBox = wordsBox;
    };
    put(result.data.rows[0].entry, 300);
    put(result.data.rows[1].entry, 289);
    put(result.data.figures[QStringLiteral("valid")], 609);
    put(*result.data.total, 609);
    for (const char* key : {"received", "envelopes", "in_envelopes"}) {
        put(result.data.figures[QLatin1String(key)], 617);
    }
    VoteEntry& spoiled = result.data.figures[QStringLiteral("invalid")];
    spoiled.words = QStringLiteral("เจ็ด");
    spoiled.wordsValue = 7;
    spoiled.confidence = 0.61;
    spoiled.digitReadings = {{1, 0.61}, {7, 0.34}};
    spoiled.wordReadings = {{7, 0.97}};
    result.findings = Validator().check(result.data, form.get());
    return result;
}

/// A ballot that no reader could make anything of.
inline BallotResult unreadResult(const QString& name = QStringLiteral("damaged.pdf")) {
    BallotResult result;
    result.scan = reviewScan(name);
    result.status = BallotStatus::Failed;
    result.error = Error{QStringLiteral("ondevice.form_unknown"), {}, {}};
    result.reader = QStringLiteral("on-device");
    result.attempts = 3;
    return result;
}

}  // namespace tallydesk::testing
