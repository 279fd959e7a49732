// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "batch/BatchProcessor.h"

namespace tallydesk {

/// Ballots without files: "ballot-0007.pdf".
inline QList<BallotScan> fakeScans(int count) {
    QList<BallotScan> scans;
    for (int i = 0; i < count; ++i) {
        BallotScan scan;
        scan.file = QStringLiteral("ballot-%1.pdf").arg(i, 4, 10, QLatin1Char('0'));
        scan.pageNumbers = {1};
        scan.sha256 = QString::number(i, 16);
        scans.append(scan);
    }
    return scans;
}

inline int numberOf(const BallotScan& scan) {
    return scan.file.mid(7, 4).toInt();
}

inline ReadAttempt failedWith(FailureReach reach, const QString& code = QStringLiteral("network.connection"),
                              std::optional<std::chrono::milliseconds> retryAfter = {},
                              bool pausesAll = false) {
    ReadFailure failure;
    failure.error.code = code;
    failure.reach = reach;
    failure.retryAfter = retryAfter;
    failure.pausesAll = pausesAll;
    return ReadAttempt::failed(failure);
}

/// Loads one blank page, or what `fails` says.
class FakeLoader final : public PageLoader {
public:
    std::function<Expected<QList<PageImage>>(const BallotScan&)> answer;
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        ++loads;
        if (answer)
            return answer(scan);
        return QList<PageImage>{PageImage{QImage(8, 8, QImage::Format_Grayscale8), 1, 1.0}};
    }
    mutable std::atomic<int> loads = 0;
};

/// A reader that answers as a test says and counts what lives. The default answer has the ballot's own
/// number in it, so that a mixed-up answer shows.
class FakeReader final : public BallotReader {
public:
    using Answer = std::function<ReadAttempt(int ballot, int attempt, const CancelToken&)>;

    explicit FakeReader(bool service = false, Answer answer = {})
        : m_service(service), m_answer(std::move(answer)) {}

    struct Prepared final : PreparedBallot {
        Prepared(FakeReader& theReader, int theNumber) : reader(theReader), number(theNumber) {
            const int now = ++reader.m_alive;
            int most = reader.m_mostAlive;
            while (now > most && !reader.m_mostAlive.compare_exchange_weak(most, now)) {
            }
        }
        ~Prepared() override { --reader.m_alive; }
        FakeReader& reader;
        const int number;
    };

    QString id() const override {
        return m_service ? QStringLiteral("ai:fake") : QStringLiteral("on-device");
    }
    bool usesService() const override { return m_service; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>&,
                                                      const CancelToken&) override {
        return std::make_shared<Prepared>(*this, numberOf(scan));
    }
    ReadAttempt attempt(const PreparedBallot& ballot, int number, const CancelToken& cancel) override {
        const int index = static_cast<const Prepared&>(ballot).number;
        {
            const std::lock_guard lock(m_mutex);
            ++m_attempts[index];
            m_times.push_back(std::chrono::steady_clock::now());
        }
        return m_answer ? m_answer(index, number, cancel) : ReadAttempt::success(dataOf(index));
    }

    static BallotData dataOf(int index) {
        BallotData data;
        data.formCode = QStringLiteral("5/18");
        VoteEntry entry;
        entry.value = index;
        entry.digits = index;
        data.rows.append({1, entry});
        return data;
    }

    int attemptsOf(int index) const {
        const std::lock_guard lock(m_mutex);
        const auto found = m_attempts.find(index);
        return found == m_attempts.end() ? 0 : found->second;
    }
    int attempts() const {
        const std::lock_guard lock(m_mutex);
        return static_cast<int>(m_times.size());
    }
    int alive() const { return m_alive; }
    int mostAlive() const { return m_mostAlive; }

private:
    const bool m_service;
    const Answer m_answer;
    mutable std::mutex m_mutex;
    std::map<int, int> m_attempts;
    std::vector<std::chrono::steady_clock::time_point> m_times;
    std::atomic<int> m_alive = 0;
    std::atomic<int> m_mostAlive = 0;
};

/// Keeps what it is given; fails from the n-th result on.
class FakeSink final : public ResultSink {
public:
    int failFrom = -1;
    Expected<void> keepAttempt(const BallotScan& scan, const AttemptRecord& attempt) override {
        const std::lock_guard lock(m_mutex);
        m_attempts.append({scan.file, attempt});
        return {};
    }
    Expected<void> keepResult(const BallotResult& result) override {
        const std::lock_guard lock(m_mutex);
        if (failFrom >= 0 && m_results.size() >= failFrom)
            return fail(QStringLiteral("store.disk_full"));
        m_results.append(result);
        return {};
    }
    QList<BallotResult> results() const {
        const std::lock_guard lock(m_mutex);
        return m_results;
    }
    QList<QPair<QString, AttemptRecord>> attempts() const {
        const std::lock_guard lock(m_mutex);
        return m_attempts;
    }

private:
    mutable std::mutex m_mutex;
    QList<BallotResult> m_results;
    QList<QPair<QString, AttemptRecord>> m_attempts;
};

/// Writes every event down and notices when two calls overlap.
class FakeProgress final : public BatchProgress {
public:
    std::function<void(int index)> onFinished;

    void started(int index, int total) override { note({"started", index, total}); }
    void attempt(int index, int number) override { note({"attempt", index, number}); }
    void retry(int index, const ReadFailure&, std::chrono::milliseconds after) override {
        note({"retry", index, static_cast<int>(after.count())});
    }
    void finished(int index, const BallotResult& result) override {
        note({"finished", index, static_cast<int>(result.status)});
        if (onFinished)
            onFinished(index);
    }
    void revised(int index, const BallotResult&) override { note({"revised", index, 0}); }
    void paused(const Error& reason, std::optional<QDateTime> until) override {
        note({reason.code.toLatin1(), -1, until ? 1 : 0});
    }
    void resumed() override { note({"resumed", -1, 0}); }
    void done(const BatchResult& result) override { note({"done", -1, result.total}); }

    struct Event {
        QByteArray what;
        int index;
        int value;
    };
    std::vector<Event> events() const {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }
    int count(const QByteArray& what, int index = -2) const {
        int result = 0;
        for (const Event& event : events())
            result += event.what == what && (index == -2 || event.index == index);
        return result;
    }
    bool overlapped() const { return m_overlapped; }

private:
    void note(const Event& event) {
        if (m_inside.exchange(true))
            m_overlapped = true;
        {
            const std::lock_guard lock(m_mutex);
            m_events.push_back(event);
        }
        m_inside = false;
    }

    mutable std::mutex m_mutex;
    std::vector<Event> m_events;
    std::atomic<bool> m_inside = false;
    std::atomic<bool> m_overlapped = false;
};

}  // namespace tallydesk
