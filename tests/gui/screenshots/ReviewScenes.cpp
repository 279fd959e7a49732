// SPDX-License-Identifier: GPL-3.0-or-later
#include "ReviewScenes.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include "core/Clock.h"
#include "core/RuleTools.h"
#include "gui/PreviewPanel.h"
#include "gui/ReviewPanel.h"
#include "imaging/PageSource.h"

namespace tallydesk::shots {

namespace {

const QString kBallot = QStringLiteral("สส.5ทับ17ชุดที่1.pdf");
const QString kTruth = QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/synth/sample-truth/sample-03.json");

/// The bars of the window above and below the desk.
constexpr int kBars = 120;
/// The scan glides to the field at work.
constexpr int kGlideMs = 400;

void write(VoteEntry& entry, const QJsonObject& truth, const FormTemplate& form) {
    const QJsonValue digits = truth.value(QStringLiteral("digits"));
    entry.mark = digits.isNull() ? Mark::Blank : Mark::None;
    entry.value = digits.isNull() ? 0 : digits.toInteger();
    entry.digits = digits.isNull() ? std::nullopt : entry.value;
    entry.digitReadings = {{*entry.value, 0.998}};
    const QString words = truth.value(QStringLiteral("words")).toString();
    entry.words = words.isEmpty() ? std::nullopt : std::optional(words);
    entry.wordsValue = words.isEmpty() ? std::nullopt : form.numberWords->parse(words);
    if (entry.wordsValue)
        entry.wordReadings = {{*entry.wordsValue, 0.991}};
    entry.confidence = 0.997;
}

/// The sample as a careful reader would read it, but for one digit.
BallotResult misreadSample(BallotResult ballot, const FormTemplate& form) {
    QFile file(kTruth);
    if (!file.open(QIODevice::ReadOnly))
        return ballot;
    const QJsonObject truth = QJsonDocument::fromJson(file.readAll())
                                  .object()
                                  .value(QStringLiteral("forms"))
                                  .toArray()
                                  .first()
                                  .toObject();
    const QJsonObject figures = truth.value(QStringLiteral("figures")).toObject();
    for (auto it = ballot.data.figures.begin(); it != ballot.data.figures.end(); ++it)
        write(*it, figures.value(it.key()).toObject(), form);
    QMap<int, QJsonObject> rows;
    for (const QJsonValue& row : truth.value(QStringLiteral("rows")).toArray())
        rows.insert(row[u"no"].toInt(), row.toObject());
    for (TallyRow& row : ballot.data.rows)
        write(row.entry, rows.value(row.no, {{QStringLiteral("digits"), QJsonValue::Null}}), form);
    if (ballot.data.total)
        write(*ballot.data.total, truth.value(QStringLiteral("total")).toObject(), form);
    VoteEntry& spoiled = ballot.data.figures[QStringLiteral("invalid")];
    const qint64 written = spoiled.value.value_or(7);
    spoiled.value = 1;
    spoiled.digits = 1;
    spoiled.confidence = 0.61;
    spoiled.digitReadings = {{1, 0.61}, {written, 0.34}};
    ballot.status = BallotStatus::NeedsReview;
    ballot.findings = Validator().check(ballot.data, &form);
    return ballot;
}

struct Desk {
    explicit Desk(const Look& look, const Theme& theme)
        : fetcher(std::make_shared<PageSource>()),
          words(*FormCatalog::builtIn(), MessageCatalog::builtIn()),
          preview(words, fetcher, &window),
          review(words, fetcher, Validator(), clock, &window) {
        auto* layout = new QHBoxLayout(&window);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(0);
        layout->addWidget(&preview, 1);
        layout->addWidget(&review);
        preview.setTheme(theme);
        review.setTheme(theme);
        preview.setTitleVisible(false);
        review.setReviewer(QStringLiteral("วนิดา ก."));
        review.setFixedWidth(look.size.width() < 1400 ? 688 : 696);
        window.resize(look.size.width(), look.size.height() - kBars);
        QObject::connect(&review, &ReviewPanel::fieldFocused, &preview, &PreviewPanel::focusField);
        QObject::connect(&review, &ReviewPanel::draftChanged, &preview, &PreviewPanel::updateBallot);
        window.show();
        window.activateWindow();
    }
    void show(const BallotResult& ballot) {
        QSignalSpy ready(&fetcher, &PageFetcher::pageReady);
        preview.showBallot(ballot);
        review.showBallot(ballot, 3, 9);
        review.focusWork();
        waitUntil([&] { return ready.count() >= ballot.scan.pages.size(); });
        QElapsedTimer glide;
        glide.start();
        waitUntil([&glide] { return glide.elapsed() > kGlideMs; });
    }

    QWidget window;
    SystemClock clock;
    PageFetcher fetcher;
    BallotWords words;
    PreviewPanel preview;
    ReviewPanel review;
};

}  // namespace

void takeReviewDesk(Studio& studio, const QHash<QString, BallotResult>& read) {
    const auto found = std::find_if(read.cbegin(), read.cend(), [](const BallotResult& ballot) {
        return ballot.scan.file.endsWith(kBallot);
    });
    const FormCatalog forms = FormCatalog::builtIn().value();
    const auto form = found == read.cend() ? nullptr : forms.byId(found->data.formId);
    if (!form) {
        qWarning("The sample for the review desk was not read");
        return;
    }
    Desk desk(studio.look(), studio.theme());
    studio.take(desk.window, QStringLiteral("desk-empty"));
    desk.show(misreadSample(*found, *form));
    studio.take(desk.window, QStringLiteral("desk-broken-sum"));
    desk.review.perform(ReviewAction::PaperSaysSo);
    studio.take(desk.window, QStringLiteral("desk-paper-says-so"));
    QTest::keyClick(desk.window.focusWidget(), Qt::Key_Escape);
    desk.review.perform(ReviewAction::TakeSuggestion);
    studio.take(desk.window, QStringLiteral("desk-sum-holds"));
    desk.review.perform(ReviewAction::Confirm);
    studio.take(desk.window, QStringLiteral("desk-ready"));
    desk.review.perform(ReviewAction::WholeForm);
    studio.take(desk.window, QStringLiteral("desk-whole-form"));

    // Nothing was read; the form is known from the folder's other ballots, the numbers are typed.
    BallotResult failed;
    failed.scan = found->scan;
    failed.scan.formId.clear();
    failed.status = BallotStatus::Failed;
    failed.error = Error{QStringLiteral("ondevice.form_unknown"), {}, {}};
    desk.show(failed);
    studio.take(desk.window, QStringLiteral("desk-failed"));
    failed.scan.formId = form->id;
    desk.show(failed);
    desk.review.focusField(QStringLiteral("valid"));
    QTest::keyClicks(desk.window.focusWidget(), QStringLiteral("205"));
    studio.take(desk.window, QStringLiteral("desk-typed-in"));
}

}  // namespace tallydesk::shots
