// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMutex>
#include <QTemporaryDir>
#include <QTest>
#include <QTransform>

#include "ScanFiles.h"
#include "imaging/Intake.h"
#include "imaging/PageSource.h"

using namespace tallydesk;
using namespace tallydesk::test;

namespace {

class Listener : public IntakeObserver {
public:
    explicit Listener(CancelToken cancelAtFirstFile = {}) : m_cancel(std::move(cancelAtFirstFile)) {}
    void filesFound(int files) override { found = files; }
    void fileDone(int count, int total) override {
        done = count;
        of = total;
        m_cancel.cancel();
        sinceCancel.start();
    }
    int found = 0;
    int done = 0;
    int of = 0;
    QElapsedTimer sinceCancel;

private:
    CancelToken m_cancel;
};

}  // namespace

class IntakeTest : public QObject {
    Q_OBJECT

private:
    FormCatalog m_forms;

    QList<QImage> allPages(const QString& id) const {
        QList<QImage> pages;
        const auto form = m_forms.byId(id);
        for (int i = 0; i < form->pages.size(); ++i)
            pages.append(drawFormPage(*form, i));
        return pages;
    }
    static QImage turned(const QImage& image, int degrees) {
        return image.transformed(QTransform().rotate(degrees));
    }

private Q_SLOTS:
    void initTestCase() {
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms.has_value());
        m_forms = *forms;
    }

    void everyKnownFormIsRecognised_data() {
        QTest::addColumn<QString>("id");
        const auto forms = FormCatalog::builtIn();
        QVERIFY(forms.has_value());
        for (const auto& form : forms->forms())
            QTest::newRow(qPrintable(form->id)) << form->id;
    }
    void everyKnownFormIsRecognised() {
        QFETCH(QString, id);
        QTemporaryDir dir;
        const QList<QImage> pages = allPages(id);
        writePdf(dir.filePath(QStringLiteral("x.pdf")), pages);
        const IntakeResult result = Intake(m_forms).run({dir.path()}, CancelToken());
        QCOMPARE(result.ballots.size(), 1);
        QCOMPARE(result.ballots.first().formId, id);
        QCOMPARE(result.ballots.first().pages.size(), pages.size());
        for (const PageRef& page : result.ballots.first().pages)
            QCOMPARE(page.rotation, 0);
    }

    void mixedFolderLosesNothing() {
        QTemporaryDir dir;
        const QList<QImage> partyList = allPages(QStringLiteral("5-17-party-list"));
        const QList<QImage> constituency = allPages(QStringLiteral("5-18-constituency"));
        // One PDF: a letter, two forms, one sideways page, one upside down.
        writePdf(dir.filePath(QStringLiteral("1 mixed.pdf")),
                 {drawLetter(), partyList[0], turned(partyList[1], 90), partyList[2],
                  turned(partyList[3], 180), constituency[0], constituency[1]});
        // Page images of one form, photographed lying.
        turned(constituency[0], 270).save(dir.filePath(QStringLiteral("2 photo-1.jpg")));
        constituency[1].save(dir.filePath(QStringLiteral("2 photo-2.jpg")));
        writeFile(dir.filePath(QStringLiteral("3 zero.pdf")), {});
        writeFile(dir.filePath(QStringLiteral("4 secret.pdf")), encryptedPdf());
        writeFile(dir.filePath(QStringLiteral("5 text.jpg")), "not a picture at all");
        writePdf(dir.filePath(QStringLiteral("6 letter.pdf")), {drawLetter()});
        writeFile(dir.filePath(QStringLiteral("notes.txt")), "x");
        QVERIFY(QFile::copy(dir.filePath(QStringLiteral("6 letter.pdf")),
                            dir.filePath(QStringLiteral("7 copy.pdf"))));

        Listener listener;
        const IntakeResult result = Intake(m_forms).run({dir.path()}, CancelToken(), &listener);
        QCOMPARE(listener.found, 8);
        QCOMPARE(listener.done, 8);
        QCOMPARE(listener.of, 8);
        QCOMPARE(result.skipped.size(), 1);
        QCOMPARE(result.duplicates.size(), 1);
        QCOMPARE(result.duplicates.first().firstFile, QStringLiteral("6 letter.pdf"));

        const auto& b = result.ballots;
        QCOMPARE(b.size(), 8);
        QCOMPARE(b[0].formId, QStringLiteral("5-17-party-list"));
        QCOMPARE(b[0].pageNumbers, (QList<int>{2, 3, 4, 5}));
        QCOMPARE(b[0].setAsidePages, QList<int>{1});
        QCOMPARE(b[0].pages[1].rotation, 270);
        QCOMPARE(b[0].pages[3].rotation, 180);
        QCOMPARE(b[1].formId, QStringLiteral("5-18-constituency"));
        QCOMPARE(b[1].pageNumbers, (QList<int>{6, 7}));
        QCOMPARE(b[2].file, QStringLiteral("2 photo-1.jpg"));
        QCOMPARE(b[2].formId, QStringLiteral("5-18-constituency"));
        QCOMPARE(b[2].pages.size(), 2);
        QCOMPARE(b[2].pages[0].rotation, 90);
        QCOMPARE(b[3].error->code, QStringLiteral("intake.file_empty"));
        QCOMPARE(b[4].error->code, QStringLiteral("intake.pdf_encrypted"));
        QCOMPARE(b[5].error->code, QStringLiteral("intake.not_an_image"));
        QCOMPARE(b[6].error->code, QStringLiteral("intake.no_form"));
        QCOMPARE(b[6].setAsidePages, QList<int>{1});
        QCOMPARE(b[7].error->code, QStringLiteral("intake.no_form"));

        // What intake names can be opened, upright.
        const auto pages = PageSource().load(b[0], CancelToken());
        QVERIFY(pages.has_value());
        QVERIFY(pages->at(1).image.height() > pages->at(1).image.width());
        QCOMPARE(pages->at(1).number, 3);

        // The order and the judgement do not hang on threads.
        IntakeLimits one;
        one.threads = 1;
        QVERIFY(Intake(m_forms, one).run({dir.path()}, CancelToken()).ballots == b);
    }

    void cancelReturnsWithinASecond() {
        QTemporaryDir dir;
        const QList<QImage> pages = allPages(QStringLiteral("5-16-party-list"));
        for (int i = 0; i < 6; ++i)
            writePdf(dir.filePath(QStringLiteral("%1.pdf").arg(i)), i == 0 ? pages.mid(1, 1) : pages);
        CancelToken cancel;
        Listener listener(cancel);
        const IntakeResult result = Intake(m_forms).run({dir.path()}, cancel, &listener);
        QVERIFY(result.cancelled);
        QVERIFY(result.ballots.isEmpty());
        // A second, and slack for a loaded machine; the rest of the batch takes several times as long.
        QVERIFY2(listener.sinceCancel.elapsed() < 2500,
                 qPrintable(QString::number(listener.sinceCancel.elapsed())));
    }

    void realScansAreFound() {
        const QString shared =
            qEnvironmentVariable("TALLYDESK_SHARED", QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared"));
        const QDir truths(shared + QStringLiteral("/scans/dev/truth"));
        if (!truths.exists())
            QSKIP("real scans are not at hand");
        const IntakeResult result =
            Intake(m_forms).run({shared + QStringLiteral("/scans/dev")}, CancelToken());
        int checked = 0;
        for (const QString& name : truths.entryList({QStringLiteral("*.json")})) {
            QFile file(truths.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonObject truth = QJsonDocument::fromJson(file.readAll()).object();
            for (const QJsonValue& form : truth.value(QLatin1String("forms")).toArray()) {
                const auto expected =
                    m_forms.byCode(form[u"form_code"].toString(), form[u"party_list"].toBool());
                QList<int> pages;
                for (const QJsonValue& page : form[u"pages"].toArray())
                    pages.append(page.toInt());
                const bool found =
                    std::any_of(result.ballots.begin(), result.ballots.end(), [&](const BallotScan& ballot) {
                        return ballot.file.endsWith(truth.value(QLatin1String("file")).toString()) &&
                               ballot.formId == expected->id && ballot.pageNumbers == pages;
                    });
                QVERIFY2(found, qPrintable(name));
                ++checked;
            }
        }
        QVERIFY(checked > 0);
        QCOMPARE(result.ballots.size(), checked);
    }
};

QTEST_MAIN(IntakeTest)
#include "tst_intake.moc"
