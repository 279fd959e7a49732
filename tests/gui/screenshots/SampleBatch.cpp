// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleBatch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "batch/BatchProcessor.h"
#include "core/BallotJudge.h"
#include "core/Validator.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"
#include "readers/ReaderFactory.h"
#include "store/ProjectStore.h"

namespace tallydesk::shots {

namespace {

// The numbers of one ballot as they were written, in the shape of tests/synth/sample-truth.
void write(VoteEntry& entry, const QJsonValue& truth) {
    const bool marked = !truth[QLatin1String("digits")].isDouble();
    const qint64 value = truth[QLatin1String("digits")].toInteger();
    entry.value = value;
    entry.digits = marked ? std::nullopt : std::optional(value);
    entry.words.reset();
    entry.wordsValue.reset();
    if (const QJsonValue words = truth[QLatin1String("words")]; words.isString()) {
        entry.words = words.toString();
        entry.wordsValue = value;
    }
    entry.mark = marked ? Mark::Dash : Mark::None;
    entry.confidence = 0.999;
}

// The read ballot with the numbers that were written: as a reader would give it that makes no mistake.
void correct(BallotData& data, const QJsonObject& truth) {
    const QJsonObject figures = truth.value(QLatin1String("figures")).toObject();
    for (auto it = data.figures.begin(); it != data.figures.end(); ++it)
        if (figures.contains(it.key()))
            write(*it, figures.value(it.key()));
    QHash<int, QJsonValue> rows;
    for (const QJsonValue& row : truth.value(QLatin1String("rows")).toArray())
        rows.insert(row[QLatin1String("no")].toInt(), row);
    for (TallyRow& row : data.rows)
        if (rows.contains(row.no))
            write(row.entry, rows.value(row.no));
    if (data.total)
        write(*data.total, truth.value(QLatin1String("total")));
    for (const char* key : {"province", "district", "subdistrict"})
        if (const QJsonValue name = truth.value(QLatin1String(key)); name.isString())
            data.header[QLatin1String(key)].text = name.toString();
    for (const auto& [key, given] : {std::pair("constituency", "constituency"), std::pair("committee", "set"),
                                     std::pair("polling_unit", "polling_unit")})
        if (const QJsonValue number = truth.value(QLatin1String(given)); number.isDouble())
            data.header[QLatin1String(key)].number = number.toInteger();
    for (HeaderValue& value : data.header)
        value.confidence = 0.999;
}

}  // namespace

void correctSamples(QHash<QString, BallotResult>& read, const QString& truthFolder) {
    QHash<QString, QJsonObject> truths;
    for (const QFileInfo& info : QDir(truthFolder).entryInfoList({QStringLiteral("*.json")})) {
        QFile file(info.filePath());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
        truths.insert(root.value(QLatin1String("file")).toString(),
                      root.value(QLatin1String("forms")).toArray().first().toObject());
    }
    for (BallotResult& ballot : read) {
        const auto truth = truths.constFind(QFileInfo(ballot.scan.file).fileName());
        if (truth != truths.cend())
            correct(ballot.data, *truth);
    }
}

Expected<QHash<QString, BallotResult>> readSamples(const QString& samples, const QString& folder) {
    const SystemClock clock;
    const FormCatalog forms = FormCatalog::builtIn().value();
    auto store = ProjectStore::open(QDir(folder).filePath(QStringLiteral("samples.tallydesk")),
                                    ProjectStore::Access::ReadWrite, clock);
    if (!store)
        return tl::make_unexpected(store.error());
    const auto reader = makeReader({}, forms);
    if (!reader)
        return tl::make_unexpected(reader.error());
    const IntakeResult intake = Intake(forms).run({samples}, {});
    const auto scans = (*store)->beginRun(intake.ballots, reader->reader->id());
    if (!scans)
        return tl::make_unexpected(scans.error());
    BatchOptions options;
    options.workers = 2;
    options.sink = store->get();
    const PageSource pages;
    const BallotJudge judge(forms, Validator());
    BatchProcessor(*reader->reader, pages, judge, options).processBatch(*scans);
    const auto kept = (*store)->results();
    if (!kept)
        return tl::make_unexpected(kept.error());
    QHash<QString, BallotResult> results;
    for (const BallotResult& result : *kept)
        results.insert(result.scan.key(), result);
    return results;
}

}  // namespace tallydesk::shots
