// SPDX-License-Identifier: GPL-3.0-or-later
// Ballots through the whole chain: batch, gate, AiReader, HTTP.
#pragma once

#include <QHash>
#include <QTest>
#include <mutex>

#include "AiTestTools.h"
#include "batch/BatchProcessor.h"
#include "net/HttpClient.h"
#include "readers/ai/AiReader.h"
#include "readers/ai/PageJpeg.h"

namespace tallydesk::aitest {

inline QString secretKey() {
    return QStringLiteral("sk-or-v1-topsecret0123456789");
}

inline int indexOf(const BallotScan& scan) {
    return scan.file.section(u'-', 1).section(u'.', 0, 0).toInt();
}

inline QList<BallotScan> scans(int count) {
    QList<BallotScan> result;
    for (int i = 0; i < count; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1.png").arg(i, 4, 10, QLatin1Char('0'));
        scan.pageNumbers = {1};
        scan.sha256 = QString::fromLatin1(sha256(scan.file.toUtf8()).toHex());
        scan.formId = QStringLiteral("5-18-constituency");
        result.append(scan);
    }
    return result;
}

/// One small page, different for each ballot.
class SmallPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        return QList<PageImage>{{smallPage(indexOf(scan)), 1, 1.0}};
    }
};

/// What the engine gave to be kept. Read it when the batch is over.
class Records final : public ResultSink {
public:
    Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) override {
        const std::lock_guard lock(m_mutex);
        attempts[indexOf(scan)].append(attempt);
        return {};
    }
    Expected<void> keepResult(const BallotResult& result) override {
        const std::lock_guard lock(m_mutex);
        ++outcomes[indexOf(result.scan)];
        return {};
    }

    QHash<int, QList<AttemptRecord>> attempts;
    QHash<int, int> outcomes;

private:
    std::mutex m_mutex;
};

/// The pictures that a service gets for the first `count` ballots.
class Pictures {
public:
    explicit Pictures(int count) {
        for (int i = 0; i < count; ++i) {
            const auto jpeg = PageJpeg::encode(smallPage(i), ServiceSettings().maxPageBytes, {});
            m_hashes.append(sha256(jpeg.value()));
            m_indexes.insert(m_hashes.last(), i);
        }
    }
    bool allDiffer() const { return m_indexes.size() == m_hashes.size(); }
    /// -1 for a picture that nobody sent.
    int indexOf(const QByteArray& hash) const { return m_indexes.value(hash, -1); }

    /// Whether a ballot has what derivedForm() gives for its own picture.
    bool isOwnAnswer(const BallotResult& result) const {
        const QByteArray& hash = m_hashes.at(aitest::indexOf(result.scan));
        if (result.data.rows.size() != 6)
            return false;
        for (int i = 0; i < 6; ++i) {
            const TallyRow& row = result.data.rows[i];
            if (row.no != i + 1 || row.entry.value != std::optional<qint64>(static_cast<uchar>(hash.at(i))))
                return false;
        }
        return result.data.header.value(QStringLiteral("polling_unit")).number ==
               std::optional<qint64>(1 + static_cast<uchar>(hash.at(8)));
    }

private:
    QList<QByteArray> m_hashes;
    QHash<QByteArray, int> m_indexes;
};

/// How a service fails (or answers oddly but rightly), by the names of the mock service.
struct Fault {
    enum class Way {
        Right,    ///< a right answer
        Retried,  ///< worth another attempt
        Plain,    ///< sent once more without response_format
        Final,    ///< this ballot fails at once
    };
    const char* name;
    const char* code;
    Way way = Way::Retried;

    /// Requests that a ballot costs which meets it once, or each time.
    int requests(bool forEver) const {
        switch (way) {
            case Way::Right:
            case Way::Final:
                return 1;
            case Way::Plain:
                return 2;
            case Way::Retried:
                break;
        }
        return forEver ? 3 : 2;
    }
    bool fails(bool forEver) const { return way == Way::Final || (way != Way::Right && forEver); }
};

inline const QList<Fault>& faults() {
    using Way = Fault::Way;
    static const QList<Fault> all{
        {"400", "service.bad_request", Way::Plain},
        {"408", "service.timeout"},
        {"413", "service.too_large", Way::Final},
        {"422", "service.bad_request", Way::Final},
        {"429", "service.rate_limited"},
        {"500", "service.unavailable"},
        {"502", "service.unavailable"},
        {"503", "service.unavailable"},
        {"504", "service.unavailable"},
        {"529", "service.unavailable"},
        {"reset", "network.connection"},
        {"reset_early", "network.connection"},
        {"close", "network.connection"},
        {"hang", "network.timeout"},
        {"truncated", "reader.answer_cut_off"},
        {"truncated_http", "reader.answer_not_json"},
        {"error200", "service.error_in_answer"},
        {"choice_error", "service.error_in_answer"},
        {"prose", "reader.answer_prose"},
        {"empty_choices", "reader.no_choices"},
        {"null_content", "reader.no_content"},
        {"length", "reader.answer_too_long"},
        {"prose_json", "", Way::Right},
        {"fenced", "", Way::Right},
        {"keepalive", "", Way::Right},
        {"drip", "", Way::Right},
    };
    return all;
}

inline BatchResult readBatch(HttpClient& http, const QString& baseUrl, int ballots, BatchOptions options,
                             Records& records, std::chrono::milliseconds deadline, bool parallel = true) {
    const FormCatalog forms = FormCatalog::builtIn().value();
    const BallotJudge judge{forms, Validator()};
    const SmallPages pages;
    ServiceSettings settings;
    settings.baseUrl = baseUrl;
    settings.model = QStringLiteral("mock/vision");
    settings.deadline = deadline;
    const auto reader = AiReader::create(http, forms, settings, SecretKey(secretKey())).value();
    options.sink = &records;
    BatchProcessor processor(*reader, pages, judge, options);
    return parallel ? processor.processBatch(scans(ballots))
                    : processor.processBatchSequential(scans(ballots));
}

/// Every ballot is read with its own answer, once, or failed with the cause of its last attempt.
inline void checkNoneLost(const BatchResult& result, const Records& records, const Pictures& pictures,
                          int ballots) {
    QVERIFY2(!result.stopped, qPrintable(result.stopped ? result.stopped->code : QString()));
    QCOMPARE(result.total, ballots);
    QCOMPARE(result.processed, ballots);
    QCOMPARE(result.results.size(), ballots);
    qsizetype failed = 0;
    for (int i = 0; i < ballots; ++i) {
        const BallotResult& ballot = result.results[i];
        QCOMPARE(indexOf(ballot.scan), i);
        // The rules between ballots may say a result once more (W.301, W.302).
        QVERIFY(records.outcomes.value(i) >= 1);
        int answers = 0;
        for (const AttemptRecord& attempt : records.attempts.value(i)) {
            answers += attempt.errorCode.isEmpty();
            QVERIFY(!attempt.rawAnswer.contains(secretKey().toUtf8()));
        }
        if (ballot.status == BallotStatus::Failed) {
            ++failed;
            QCOMPARE(answers, 0);
            QCOMPARE(ballot.error->code, records.attempts.value(i).last().errorCode);
        } else {
            QVERIFY(ballot.status == BallotStatus::Accepted || ballot.status == BallotStatus::NeedsReview);
            QCOMPARE(answers, 1);
            QVERIFY2(pictures.isOwnAnswer(ballot), qPrintable(ballot.scan.file));
        }
    }
    QCOMPARE(result.errors.size(), failed);
}

}  // namespace tallydesk::aitest
