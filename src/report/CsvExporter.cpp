// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/CsvExporter.h"

#include <QSet>
#include <algorithm>

#include "report/CsvRecords.h"
#include "report/StatedValue.h"

namespace tallydesk {

namespace {

QString numberText(const std::optional<qint64>& number) {
    return number ? QString::number(*number) : QString();
}

QString headerText(const BallotData& data, const QString& key) {
    const HeaderValue value = data.header.value(key);
    return value.number ? QString::number(*value.number) : value.text.value_or(QString());
}

QString kindText(const BallotData& data) {
    if (!data.partyList)
        return {};
    return *data.partyList ? QStringLiteral("party-list") : QStringLiteral("constituency");
}

// Each code once, in order.
QString findingCodes(const BallotResult& ballot) {
    QStringList codes;
    for (const Finding& finding : ballot.findings)
        codes.append(finding.code);
    codes.removeDuplicates();
    return codes.join(u';');
}

QStringList placeCells(const BallotResult& ballot) {
    const BallotData& data = ballot.data;
    QStringList cells{data.formCode, kindText(data)};
    for (const char* key :
         {"province", "constituency", "committee", "polling_unit", "district", "subdistrict"})
        cells.append(headerText(data, QLatin1String(key)));
    return cells;
}

QStringList placeColumns() {
    return {QStringLiteral("form_code"),    QStringLiteral("kind"),       QStringLiteral("province"),
            QStringLiteral("constituency"), QStringLiteral("committee"),  QStringLiteral("polling_unit"),
            QStringLiteral("district"),     QStringLiteral("subdistrict")};
}

QStringList outcomeCells(const BallotResult& ballot) {
    return {statusName(ballot.status), findingCodes(ballot), ballot.scan.sha256, ballot.reviewedBy,
            ballot.reviewedAt.isValid() ? ballot.reviewedAt.toUTC().toString(Qt::ISODate) : QString()};
}

QStringList outcomeColumns() {
    return {QStringLiteral("status"), QStringLiteral("findings"), QStringLiteral("source_sha256"),
            QStringLiteral("reviewed_by"), QStringLiteral("reviewed_at")};
}

// The form's figures first and in its order, then others that were read.
QStringList figureKeys(const BallotResult& ballot, const FormTemplate* form) {
    QStringList keys;
    if (form)
        for (const FigureField& figure : form->figures)
            keys.append(figure.key);
    for (auto it = ballot.data.figures.keyBegin(); it != ballot.data.figures.keyEnd(); ++it)
        if (!keys.contains(*it))
            keys.append(*it);
    return keys;
}

}  // namespace

CsvExporter::CsvExporter(ReportContext context, CsvOptions options)
    : m_context(std::move(context)), m_options(options) {}

QString CsvExporter::failedPath(const QString& path) {
    const QString ending = QStringLiteral(".csv");
    const QString stem = path.endsWith(ending, Qt::CaseInsensitive) ? path.chopped(ending.size()) : path;
    return stem + QStringLiteral(".failed.csv");
}

Expected<void> CsvExporter::write(QIODevice& device, const ResultsDocument& document) const {
    return m_options.layout == CsvLayout::Long ? writeLong(device, document) : writeWide(device, document);
}

Expected<void> CsvExporter::writeLong(QIODevice& device, const ResultsDocument& document) const {
    CsvRecords csv(device, m_options.byteOrderMark);
    csv.add(QStringList{QStringLiteral("file"), QStringLiteral("field")} + placeColumns() +
            QStringList{QStringLiteral("no"), QStringLiteral("name"), QStringLiteral("party"),
                        QStringLiteral("votes"), QStringLiteral("votes_words")} +
            outcomeColumns());
    for (const BallotResult& ballot : document.ballots) {
        if (!hasResult(ballot.status))
            continue;
        const auto form = m_context.forms.of(ballot.data);
        const bool partyList = ballot.data.partyList.value_or(false);
        const QStringList place = placeCells(ballot);
        const QStringList outcome = outcomeCells(ballot);
        const auto line = [&](const QString& field, const QStringList& who, const VoteEntry& entry) {
            csv.add(QStringList{ballot.scan.file, field} + place + who +
                    QStringList{numberText(statedValue(ballot, entry)), entry.words.value_or(QString())} +
                    outcome);
        };
        const QStringList nobody{QString(), QString(), QString()};
        for (const QString& key : figureKeys(ballot, form.get()))
            line(key, nobody, ballot.data.figures.value(key));
        for (const TallyRow& row : ballot.data.rows) {
            const QString name = form ? form->rowNames.value(row.no) : QString();
            line(QStringLiteral("row"),
                 {QString::number(row.no), partyList ? QString() : name, partyList ? name : QString()},
                 row.entry);
        }
        line(QStringLiteral("total"), nobody, ballot.data.total.value_or(VoteEntry{}));
    }
    return csv.finish();
}

Expected<void> CsvExporter::writeWide(QIODevice& device, const ResultsDocument& document) const {
    QStringList figures;
    QSet<int> numbers;
    for (const BallotResult& ballot : document.ballots) {
        if (!hasResult(ballot.status))
            continue;
        const auto form = m_context.forms.of(ballot.data);
        for (const QString& key : figureKeys(ballot, form.get()))
            if (!figures.contains(key))
                figures.append(key);
        for (const TallyRow& row : ballot.data.rows)
            numbers.insert(row.no);
    }
    QList<int> rowNumbers(numbers.cbegin(), numbers.cend());
    std::sort(rowNumbers.begin(), rowNumbers.end());

    CsvRecords csv(device, m_options.byteOrderMark);
    QStringList columns = QStringList{QStringLiteral("file")} + placeColumns() + outcomeColumns() + figures;
    columns.append(QStringLiteral("total"));
    for (const int no : rowNumbers)
        columns.append(QString::number(no));
    csv.add(columns);
    for (const BallotResult& ballot : document.ballots) {
        if (!hasResult(ballot.status))
            continue;
        QStringList cells = QStringList{ballot.scan.file} + placeCells(ballot) + outcomeCells(ballot);
        for (const QString& key : figures)
            cells.append(numberText(statedValue(ballot, ballot.data.figures.value(key))));
        cells.append(ballot.data.total ? numberText(statedValue(ballot, *ballot.data.total)) : QString());
        for (const int no : rowNumbers) {
            // A row number that was read twice (F.104) shows both: choosing one would be a guess.
            QStringList votes;
            for (const TallyRow& row : ballot.data.rows)
                if (row.no == no && ballot.status != BallotStatus::Unreadable)
                    votes.append(numberText(statedValue(ballot, row.entry)));
            cells.append(votes.join(QStringLiteral(" / ")));
        }
        csv.add(cells);
    }
    return csv.finish();
}

Expected<void> CsvExporter::writeFailed(QIODevice& device, const ResultsDocument& document) const {
    CsvRecords csv(device, m_options.byteOrderMark);
    csv.add({QStringLiteral("file"), QStringLiteral("pages"), QStringLiteral("error_code"),
             QStringLiteral("message"), QStringLiteral("attempts")});
    for (const BallotResult& ballot : document.ballots) {
        if (hasResult(ballot.status))
            continue;
        // Blanks between page numbers: spreadsheets take "1-2" for a date and "1,2" for a fraction.
        QStringList pages;
        for (const int page : ballot.scan.pageNumbers)
            pages.append(QString::number(page));
        const Error error = ballot.status == BallotStatus::Failed && ballot.error
                                ? *ballot.error
                                : Error{QStringLiteral("cancelled"), {}, {}};
        csv.add({ballot.scan.file, pages.join(u' '), error.code,
                 m_context.messages.text(error, Language::English), QString::number(ballot.attempts)});
    }
    return csv.finish();
}

}  // namespace tallydesk
