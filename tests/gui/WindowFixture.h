// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>
#include <QTemporaryDir>
#include <functional>

#include "GuiFakes.h"
#include "gui/LanguageSwitcher.h"
#include "gui/MainWindow.h"
#include "gui/SessionSecretStore.h"
#include "imaging/PageSource.h"

namespace tallydesk::testing {

/// A reader that answers as a test says, by scan and attempt. The answer is asked for in worker threads.
class AnsweringReader final : public BallotReader {
public:
    using Answer = std::function<ReadAttempt(const BallotScan&, int attempt, const CancelToken&)>;

    explicit AnsweringReader(Answer answer, bool service = false)
        : m_answer(std::move(answer)), m_service(service) {}

    QString id() const override {
        return m_service ? QStringLiteral("ai:fake") : QStringLiteral("on-device");
    }
    bool usesService() const override { return m_service; }
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>&,
                                                      const CancelToken&) override {
        return std::make_shared<Prepared>(scan);
    }
    ReadAttempt attempt(const PreparedBallot& ballot, int number, const CancelToken& cancel) override {
        return m_answer(static_cast<const Prepared&>(ballot).scan, number, cancel);
    }

private:
    struct Prepared final : PreparedBallot {
        explicit Prepared(BallotScan theScan) : scan(std::move(theScan)) {}
        const BallotScan scan;
    };

    const Answer m_answer;
    const bool m_service;
};

/// Everything that the window needs from outside, in a folder of its own. Outlives the window.
struct WindowFixture {
    explicit WindowFixture(LanguageSwitcher& languages, AnsweringReader::Answer answer = {})
        : settings(folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat), secrets(keychain) {
        const FormCatalog forms = FormCatalog::builtIn().value();
        tools.desk.batch.makeReader = [answer](const ReaderChoice& choice) -> Expected<ReaderSet> {
            ReaderSet set;
            set.reader = std::make_shared<AnsweringReader>(answer, choice.kind == ReaderKind::Ai);
            return set;
        };
        tools.desk.batch.pages = std::make_shared<PageSource>();
        tools.desk.batch.forms = forms;
        tools.desk.batch.clock = &clock;
        tools.desk.messages = MessageCatalog::builtIn();
        tools.desk.settings = &settings;
        tools.desk.projectFolder = folder.filePath(QStringLiteral("projects"));
        tools.desk.key = []() -> Expected<SecretKey> { return SecretKey(QStringLiteral("sk-fake")); };
        tools.secrets = &secrets;
        tools.languages = &languages;
        tools.sampleFolder = QStringLiteral(TALLYDESK_SOURCE_DIR "/resources/samples");
    }

    const QTemporaryDir folder;
    QSettings settings;
    FakeKeychain keychain;
    SessionSecretStore secrets;
    SystemClock clock;
    WindowTools tools;
};

}  // namespace tallydesk::testing
