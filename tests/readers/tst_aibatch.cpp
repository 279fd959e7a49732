// SPDX-License-Identifier: GPL-3.0-or-later
// 200 ballots through the whole chain (batch, gate, AiReader, HTTP) against a service in this process that
// fails in every way: each is read or failed with its exact cause, none lost, none given another's answer,
// none read twice.
#include <QBuffer>
#include <QRegularExpression>
#include <QTest>

#include "../net/FakeServer.h"
#include "AiBatchTools.h"
#include "FaultyAnswers.h"
#include "net/HttpTransport.h"
#include "report/JsonWriter.h"

using namespace tallydesk;
using namespace tallydesk::aitest;
using namespace std::chrono_literals;

namespace {

constexpr int kBallots = 200;

/// One more than the mock service knows.
const QList<Fault>& allFaults() {
    static const QList<Fault> all =
        faults() + QList<Fault>{{"content_filter", "reader.content_filtered", Fault::Way::Final}};
    return all;
}

/// The first ballots meet each fault once, those from 40 on meet it for ever, the others none.
const Fault* faultOf(int index, bool& forEver) {
    const int count = static_cast<int>(allFaults().size());
    forEver = index >= 40 && index < 40 + count;
    if (forEver)
        return &allFaults()[index - 40];
    return index >= 0 && index < count ? &allFaults()[index] : nullptr;
}

/// The report as it is written out, without the times in it.
QByteArray reportOf(const BatchResult& batch) {
    const JsonWriter writer({FormCatalog::builtIn().value(), MessageCatalog::builtIn()});
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!writer.write(buffer,
                      {QStringLiteral("1"), QDateTime(), batch.results.value(0).reader, batch.results}))
        return {};
    static const QRegularExpression times(QStringLiteral("\"elapsed_ms\": *[0-9]+"));
    return QString::fromUtf8(buffer.data()).replace(times, QStringLiteral("\"elapsed_ms\":0")).toUtf8();
}

}  // namespace

class TestAiBatch : public QObject {
    Q_OBJECT

    const Pictures m_pictures{kBallots};

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_pictures.allDiffer()); }

    void everyFaultEndsInItsExactCause() {
        std::mutex mutex;
        QHash<int, int> seen;
        FakeServer server([&](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            const QString content = QString::fromUtf8(compact(derivedForm(hash)));
            const std::lock_guard lock(mutex);
            const int index = m_pictures.indexOf(hash);
            bool forEver = false;
            const Fault* fault = faultOf(index, forEver);
            const bool strikes = fault && (forEver || seen.value(index) == 0);
            ++seen[index];
            return faulty(strikes ? fault->name : "", content);
        });
        BatchOptions options;
        options.requestsPerSecond = 200;
        options.workers = 8;
        options.backoffMin = 20ms;
        options.backoffMax = 50ms;
        HttpTransport transport;
        Records records;
        const BatchResult result = readBatch(transport, server.url(QStringLiteral("/api/v1")).toString(),
                                             kBallots, options, records, 3s);
        checkNoneLost(result, records, m_pictures, kBallots);
        const std::lock_guard lock(mutex);
        for (int i = 0; i < kBallots; ++i) {
            const BallotResult& ballot = result.results[i];
            bool forEver = false;
            const Fault* fault = faultOf(i, forEver);
            const bool fails = fault && fault->fails(forEver);
            const QByteArray where = ballot.scan.file.toUtf8() + ' ' + (fault ? fault->name : "-");
            QVERIFY2((ballot.status == BallotStatus::Failed) == fails, where);
            if (fails)
                QVERIFY2(ballot.error->code == QLatin1String(fault->code),
                         where + ' ' + ballot.error->code.toUtf8());
            const int requests = fault ? fault->requests(forEver) : 1;
            QVERIFY2(seen.value(i) == requests, where + ' ' + QByteArray::number(seen.value(i)));
            QCOMPARE(records.attempts.value(i).size(), requests);
        }
        QVERIFY(!seen.contains(-1));
    }

    void parallelEqualsSequentialByteForByte() {
        FakeServer server([](const FakeRequest& request) {
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            FakeAnswer answer;
            answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
            // So different that answers overtake each other.
            answer.pauseMs = static_cast<uchar>(hash.at(0)) % 16;
            return answer;
        });
        BatchOptions options;
        options.requestsPerSecond = 500;
        QCOMPARE(options.workers, 5);
        HttpTransport transport;
        Records first;
        Records second;
        const QString url = server.url(QStringLiteral("/api/v1")).toString();
        const BatchResult parallel = readBatch(transport, url, kBallots, options, first, 10s);
        const BatchResult sequential = readBatch(transport, url, kBallots, options, second, 10s, false);
        checkNoneLost(parallel, first, m_pictures, kBallots);
        checkNoneLost(sequential, second, m_pictures, kBallots);
        QVERIFY(parallel.errors.isEmpty());
        const QByteArray report = reportOf(parallel);
        QVERIFY(report.size() > kBallots * 1000);
        QCOMPARE(report.count("\"ballot-0"), kBallots);
        QVERIFY(report == reportOf(sequential));
    }
};

QTEST_GUILESS_MAIN(TestAiBatch)
#include "tst_aibatch.moc"
