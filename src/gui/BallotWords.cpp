// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotWords.h"

#include <QLocale>

#include "gui/UiLanguage.h"

namespace tallydesk {

namespace {

std::optional<qint64> headerNumber(const BallotResult& result, const char* key) {
    const auto found = result.data.header.constFind(QLatin1String(key));
    return found == result.data.header.cend() ? std::nullopt : found->number;
}

QString headerText(const BallotResult& result, const char* key) {
    const auto found = result.data.header.constFind(QLatin1String(key));
    return found == result.data.header.cend() ? QString() : found->text.value_or(QString()).trimmed();
}

// What is wrong; what to do about it stands in the review panel.
QString firstSentence(const QString& text) {
    const qsizetype end = text.indexOf(QStringLiteral(". "));
    return end < 0 ? text : text.left(end);
}

}  // namespace

ShownState BallotWords::stateOf(const BallotItem& item) {
    switch (item.run) {
        case RunState::Waiting:
            return ShownState::Waiting;
        case RunState::Reading:
            return ShownState::Reading;
        case RunState::Retrying:
            return ShownState::Retrying;
        case RunState::Idle:
            break;
    }
    switch (item.result.status) {
        case BallotStatus::Accepted:
            return ShownState::Accepted;
        case BallotStatus::NeedsReview:
            return ShownState::NeedsReview;
        case BallotStatus::Reviewed:
            return ShownState::Settled;
        case BallotStatus::Unreadable:
            return ShownState::Unreadable;
        case BallotStatus::Failed:
            return ShownState::Failed;
        case BallotStatus::Cancelled:
            break;
    }
    return ShownState::NotRead;
}

QString BallotWords::stateName(ShownState state) {
    switch (state) {
        case ShownState::Waiting:
        case ShownState::NotRead:
            return tr("Waiting");
        case ShownState::Reading:
            return tr("Reading");
        case ShownState::Retrying:
            return tr("Trying again");
        case ShownState::NeedsReview:
            return tr("Needs review");
        case ShownState::Accepted:
            return tr("Accepted");
        case ShownState::Settled:
            return tr("Settled");
        case ShownState::Unreadable:
            return tr("Unreadable");
        case ShownState::Failed:
            return tr("Failed");
        case ShownState::Count:
            break;
    }
    return {};
}

QString BallotWords::status(const BallotItem& item, const QDateTime& now) {
    const ShownState state = stateOf(item);
    if (state != ShownState::Retrying || !item.retryAt.isValid())
        return stateName(state);
    const qint64 left = now.msecsTo(item.retryAt);
    return left <= 0 ? stateName(state) : tr("Retry in %1 s").arg(QLocale().toString((left + 999) / 1000));
}

QString BallotWords::form(const BallotResult& result) const {
    const QString& id = result.data.formId.isEmpty() ? result.scan.formId : result.data.formId;
    const auto form = m_forms.byId(id);
    if (!form)
        return result.data.formCode;
    return form->partyList ? form->code + QStringLiteral(" บช") : form->code;
}

QString BallotWords::committee(qint64 number) {
    return tr("Committee %1").arg(QLocale().toString(number));
}

QString BallotWords::place(const BallotResult& result) {
    if (const auto committee = headerNumber(result, "committee"))
        return BallotWords::committee(*committee);
    const auto unit = headerNumber(result, "polling_unit");
    const QString subdistrict = headerText(result, "subdistrict");
    if (unit && subdistrict.isEmpty())
        return tr("Unit %1").arg(QLocale().toString(*unit));
    if (unit)
        return tr("Unit %1, %2").arg(QLocale().toString(*unit), subdistrict);
    const QString place = headerText(result, "place");
    return place.isEmpty() ? subdistrict : place;
}

qint64 BallotWords::placeNumber(const BallotResult& result) {
    if (const auto committee = headerNumber(result, "committee"))
        return *committee;
    return headerNumber(result, "polling_unit").value_or(0);
}

QString BallotWords::findings(const BallotResult& result) const {
    if (result.error && result.status == BallotStatus::Failed)
        return firstSentence(m_messages.text(*result.error, uiLanguage()));
    if (result.findings.isEmpty())
        return {};
    const Finding* gravest = &result.findings.first();
    for (const Finding& finding : result.findings)
        if (finding.severity == Severity::Error && gravest->severity != Severity::Error)
            gravest = &finding;
    const auto form = m_forms.byId(result.data.formId);
    QString text = firstSentence(m_messages.text(*gravest, form.get(), uiLanguage()));
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    const qsizetype more = result.findings.size() - 1;
    return more == 0 ? text : tr("%1 (+%2 more)").arg(text, QLocale().toString(more));
}

QString BallotWords::allFindings(const BallotResult& result) const {
    QStringList lines;
    if (result.error)
        lines.append(m_messages.text(*result.error, uiLanguage()));
    const auto form = m_forms.byId(result.data.formId);
    for (const Finding& finding : result.findings)
        lines.append(m_messages.text(finding, form.get(), uiLanguage()));
    return lines.join(u'\n');
}

QString BallotWords::seconds(qint64 milliseconds) {
    return tr("%1 s").arg(QLocale().toString(static_cast<double>(milliseconds) / 1000.0, 'f', 1));
}

}  // namespace tallydesk
