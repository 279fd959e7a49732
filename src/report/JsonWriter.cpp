// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/JsonWriter.h"

#include <QJsonArray>
#include <QJsonObject>

#include "report/JsonStream.h"
#include "report/StatedValue.h"

namespace tallydesk {

namespace {

QJsonValue textOrNull(const QString& text) {
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QJsonValue boxValue(const std::optional<QRect>& box) {
    if (!box)
        return QJsonValue(QJsonValue::Null);
    return QJsonArray{box->x(), box->y(), box->width(), box->height()};
}

QJsonValue timeValue(const QDateTime& time) {
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODate)) : QJsonValue(QJsonValue::Null);
}

void writeEntry(JsonStream& json, const BallotResult& ballot, const VoteEntry& entry) {
    json.member(QStringLiteral("value"), statedValue(ballot, entry));
    json.member(QStringLiteral("digits"), entry.digits);
    json.member(QStringLiteral("words"), entry.words);
    json.member(QStringLiteral("words_value"), entry.wordsValue);
    json.member(QStringLiteral("mark"), markName(entry.mark));
    json.member(QStringLiteral("confidence"), entry.confidence);
    json.member(QStringLiteral("page"),
                entry.page > 0 ? QJsonValue(entry.page) : QJsonValue(QJsonValue::Null));
    json.member(QStringLiteral("box"), boxValue(entry.box));
}

void writeNumber(JsonStream& json, const QString& name, const BallotResult& ballot, const VoteEntry& entry) {
    json.key(name);
    json.beginObject();
    writeEntry(json, ballot, entry);
    json.endObject();
}

// The form's figures in its order, then whatever else was read. A figure of the form that was not read
// stands with nulls.
void writeFigures(JsonStream& json, const BallotResult& ballot, const FormTemplate* form) {
    json.key(QStringLiteral("figures"));
    json.beginObject();
    QStringList written;
    if (form && hasResult(ballot.status))
        for (const FigureField& figure : form->figures) {
            writeNumber(json, figure.key, ballot, ballot.data.figures.value(figure.key));
            written.append(figure.key);
        }
    for (auto it = ballot.data.figures.cbegin(); it != ballot.data.figures.cend(); ++it)
        if (!written.contains(it.key()))
            writeNumber(json, it.key(), ballot, it.value());
    json.endObject();
}

void writeRows(JsonStream& json, const BallotResult& ballot) {
    const BallotData& data = ballot.data;
    json.key(QStringLiteral("rows"));
    json.beginArray();
    for (const TallyRow& row : data.rows) {
        json.beginObject();
        json.member(QStringLiteral("no"), row.no);
        writeEntry(json, ballot, row.entry);
        json.endObject();
    }
    json.endArray();
    if (data.total)
        writeNumber(json, QStringLiteral("total"), ballot, *data.total);
    else
        json.member(QStringLiteral("total"), QJsonValue::Null);
}

const QStringList& numberKeys() {
    static const QStringList keys{QStringLiteral("constituency"), QStringLiteral("committee"),
                                  QStringLiteral("polling_unit")};
    return keys;
}

const QStringList& headerKeys() {
    static const QStringList keys{QStringLiteral("province"),  QStringLiteral("constituency"),
                                  QStringLiteral("committee"), QStringLiteral("polling_unit"),
                                  QStringLiteral("district"),  QStringLiteral("subdistrict"),
                                  QStringLiteral("place")};
    return keys;
}

void writeHeader(JsonStream& json, const BallotData& data) {
    json.member(QStringLiteral("form_code"), textOrNull(data.formCode));
    json.member(QStringLiteral("party_list"), data.partyList);
    for (const QString& key : headerKeys()) {
        const HeaderValue value = data.header.value(key);
        if (numberKeys().contains(key))
            json.member(key, value.number);
        else
            json.member(key, value.text);
    }
}

void writeFindings(JsonStream& json, const BallotResult& ballot, const FormTemplate* form,
                   const MessageCatalog& messages) {
    json.key(QStringLiteral("findings"));
    json.beginArray();
    for (const Finding& finding : ballot.findings) {
        json.beginObject();
        json.member(QStringLiteral("code"), finding.code);
        json.member(QStringLiteral("severity"), finding.severity == Severity::Error
                                                    ? QStringLiteral("error")
                                                    : QStringLiteral("warning"));
        json.member(QStringLiteral("fields"), QJsonArray::fromStringList(finding.fields));
        json.member(QStringLiteral("message"), messages.text(finding, form, Language::English));
        json.endObject();
    }
    json.endArray();
}

QJsonObject notesOf(const BallotData& data) {
    QJsonObject notes = data.readerNotes;
    QJsonObject further = notes.value(u"header").toObject();
    QJsonArray fromPath;
    for (auto it = data.header.cbegin(); it != data.header.cend(); ++it) {
        if (it->source == HeaderSource::Path)
            fromPath.append(it.key());
        const bool contractNumber = numberKeys().contains(it.key());
        if (headerKeys().contains(it.key()) && (!contractNumber || it->number))
            continue;
        if (it->number)
            further.insert(it.key(), *it->number);
        else if (it->text)
            further.insert(it.key(), *it->text);
    }
    if (!further.isEmpty())
        notes.insert(QStringLiteral("header"), further);
    if (!fromPath.isEmpty())
        notes.insert(QStringLiteral("header_from_path"), fromPath);
    return notes;
}

void writeError(JsonStream& json, const BallotResult& ballot, const MessageCatalog& messages) {
    if (ballot.status != BallotStatus::Failed || !ballot.error) {
        json.member(QStringLiteral("error"), QJsonValue::Null);
        return;
    }
    json.key(QStringLiteral("error"));
    json.beginObject();
    json.member(QStringLiteral("code"), ballot.error->code);
    json.member(QStringLiteral("message"), messages.text(*ballot.error, Language::English));
    json.endObject();
}

void writeBallot(JsonStream& json, const BallotResult& ballot, const ReportContext& context) {
    const auto form = context.forms.of(ballot.data);
    QJsonArray pages;
    for (const int page : ballot.scan.pageNumbers)
        pages.append(page);
    json.beginObject();
    json.member(QStringLiteral("file"), ballot.scan.file);
    json.member(QStringLiteral("sha256"), textOrNull(ballot.scan.sha256));
    json.member(QStringLiteral("pages"), pages);
    json.member(QStringLiteral("status"), statusName(ballot.status));
    writeError(json, ballot, context.messages);
    json.member(QStringLiteral("reviewed_by"), textOrNull(ballot.reviewedBy));
    json.member(QStringLiteral("reviewed_at"), timeValue(ballot.reviewedAt));
    json.member(QStringLiteral("elapsed_ms"), ballot.elapsedMs);
    json.member(QStringLiteral("reader"), textOrNull(ballot.reader));
    writeHeader(json, ballot.data);
    writeFigures(json, ballot, form.get());
    writeRows(json, ballot);
    writeFindings(json, ballot, form.get(), context.messages);
    json.member(QStringLiteral("reader_notes"), notesOf(ballot.data));
    json.endObject();
}

}  // namespace

JsonWriter::JsonWriter(ReportContext context) : m_context(std::move(context)) {}

Expected<void> JsonWriter::write(QIODevice& device, const ResultsDocument& document) const {
    CheckedWriter out(device);
    JsonStream json(out);
    json.beginObject();
    json.member(QStringLiteral("format"), QStringLiteral("tallydesk-results/1"));
    json.member(QStringLiteral("app_version"), document.appVersion);
    json.member(QStringLiteral("created"), timeValue(document.created));
    json.member(QStringLiteral("reader"), document.reader);
    json.key(QStringLiteral("ballots"));
    json.beginArray();
    for (const BallotResult& ballot : document.ballots)
        writeBallot(json, ballot, m_context);
    json.endArray();
    json.endObject();
    return out.finish();
}

}  // namespace tallydesk
