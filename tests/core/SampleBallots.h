// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/BallotData.h"
#include "core/FormTemplate.h"

namespace tallydesk::samples {

/// A number as a good reader gives it: both witnesses where the form has both, and a high confidence.
inline VoteEntry entry(const FormTemplate& form, qint64 number, bool words = true) {
    VoteEntry out;
    out.value = number;
    out.digits = number;
    if (words) {
        out.words = form.numberWords->spell(number);
        out.wordsValue = number;
    }
    out.confidence = 0.999;
    return out;
}

inline VoteEntry marked(Mark mark) {
    VoteEntry out;
    out.value = 0;
    out.mark = mark;
    out.confidence = 0.999;
    return out;
}

inline HeaderValue number(qint64 value) {
    HeaderValue out;
    out.number = value;
    out.confidence = 0.999;
    return out;
}

inline HeaderValue text(const QString& value) {
    HeaderValue out;
    out.text = value;
    out.confidence = 0.999;
    return out;
}

/// A ballot on which every rule holds: 5 votes for each of the rows up to `rows`.
inline BallotData soundBallot(const FormTemplate& form, int rows = 6) {
    BallotData data;
    data.formId = form.id;
    data.formCode = form.code;
    data.partyList = form.partyList;
    data.header.insert(QStringLiteral("province"), text(QStringLiteral("แพร่")));
    for (const HeaderField& field : form.header)
        if (field.type == HeaderType::Number && field.required)
            data.header.insert(field.key, number(1));
    const int last = form.rowsFixed ? form.rowCount : rows;
    for (int no = 1; no <= last; ++no)
        data.rows.append({no, entry(form, 5)});
    const qint64 valid = 5 * last;
    const QMap<QString, qint64> figures{{QStringLiteral("valid"), valid},
                                        {QStringLiteral("invalid"), 1},
                                        {QStringLiteral("no_vote"), 1},
                                        {QStringLiteral("received"), valid + 2},
                                        {QStringLiteral("used"), valid + 2},
                                        {QStringLiteral("turnout"), valid + 2},
                                        {QStringLiteral("remaining"), 10},
                                        {QStringLiteral("allocated"), valid + 12},
                                        {QStringLiteral("eligible"), 2 * valid},
                                        {QStringLiteral("envelopes"), valid + 2},
                                        {QStringLiteral("in_envelopes"), valid + 2}};
    for (const FigureField& figure : form.figures)
        data.figures.insert(figure.key, entry(form, figures.value(figure.key), figure.hasWords));
    data.total = entry(form, valid);
    for (const PagePlan& page : form.pages)
        data.pageRoles.append(page.role);
    return data;
}

}  // namespace tallydesk::samples
