// SPDX-License-Identifier: GPL-3.0-or-later
#include <QBuffer>
#include <QDir>
#include <QImageReader>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include "synth/BallotPainter.h"
#include "synth/DocumentWriter.h"

using namespace tallydesk;
using namespace tallydesk::synth;

namespace {

qint64 valueOf(const WrittenNumber& number) {
    return number.digits.value_or(0);
}

qint64 term(const BallotContent& content, const QString& name) {
    if (name == QStringLiteral("sum(rows)")) {
        qint64 sum = 0;
        for (const WrittenRow& row : content.rows) {
            sum += valueOf(row.number);
        }
        return sum;
    }
    return valueOf(name == QStringLiteral("total") ? content.total : content.figures.value(name));
}

/// The codes of the equations that do not hold on paper.
QStringList broken(const FormTemplate& form, const BallotContent& content) {
    QStringList codes;
    for (const Equation& equation : form.equations) {
        qint64 left = 0;
        qint64 right = 0;
        if (equation.left.contains(QStringLiteral("each(rows)"))) {
            continue;
        }
        for (const QString& name : equation.left) {
            left += term(content, name);
        }
        for (const QString& name : equation.right) {
            right += term(content, name);
        }
        if (equation.op == EquationOp::Equal ? left != right : left > right) {
            codes.append(equation.code);
        }
    }
    return codes;
}

int wordsUnlikeDigits(const FormTemplate& form, const BallotContent& content) {
    QList<WrittenNumber> numbers = content.figures.values();
    for (const WrittenRow& row : content.rows) {
        numbers.append(row.number);
    }
    numbers.append(content.total);
    int count = 0;
    for (const WrittenNumber& number : numbers) {
        count += !number.words.isEmpty() && form.numberWords->parse(number.words) != number.digits;
    }
    return count;
}

}  // namespace

class TestSynth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY2(BallotPainter::missingFonts().isEmpty(),
                 qPrintable(BallotPainter::missingFonts().join(u',')));
        const Expected<FormCatalog> catalog = FormCatalog::builtIn();
        QVERIFY(catalog.has_value());
        m_forms = catalog->forms();
        QCOMPARE(m_forms.size(), 6);
    }

    void drawsEveryFormAsItsPagePlanSays() {
        for (const auto& form : m_forms) {
            const DrawnBallot ballot = m_painter.draw(*form, 11);
            QVERIFY2(ballot.pages.size() >= form->pages.size(), qPrintable(form->id));
            for (const WrittenRow& row : ballot.content.rows) {
                QVERIFY2(row.page >= 1 && row.page <= ballot.pages.size(), qPrintable(form->id));
            }
            for (const QImage& page : ballot.pages) {
                QVERIFY(page.width() >= kPageWidth && page.height() >= kPageHeight);
            }
        }
    }

    void sameSeedGivesTheSameBytes() {
        const FormTemplate& form = *m_forms.first();
        DrawOptions options;
        options.difficulty = 3;
        const DrawnBallot first = m_painter.draw(form, 42, options);
        const DrawnBallot again = drawBallot(form, 42, options);
        const DrawnBallot other = m_painter.draw(form, 43, options);
        QCOMPARE(first.pages, again.pages);
        QCOMPARE(first.content.truth(1, 2), again.content.truth(1, 2));
        QVERIFY(first.pages != other.pages);
        QCOMPARE(pdfOf(first.pages, 60, false), pdfOf(again.pages, 60, false));
    }

    void everyEquationHoldsUnlessAskedOtherwise() {
        for (const auto& form : m_forms) {
            for (quint64 seed = 0; seed < 200; ++seed) {
                Random random(seed);
                const BallotContent content = inventContent(*form, random, {});
                QVERIFY2(broken(*form, content).isEmpty(),
                         qPrintable(form->id + u' ' + QString::number(seed) + u' ' +
                                    broken(*form, content).join(u',')));
                QCOMPARE(wordsUnlikeDigits(*form, content), 0);
                for (const WrittenRow& row : content.rows) {
                    QVERIFY(valueOf(row.number) >= 0);
                }
            }
        }
    }

    void contradictionsAreReal() {
        for (const auto& form : m_forms) {
            for (quint64 seed = 0; seed < 40; ++seed) {
                const auto invent = [&](Contradiction kind) {
                    Random random(seed);
                    ContentOptions options;
                    options.contradiction = kind;
                    return inventContent(*form, random, options);
                };
                QVERIFY(broken(*form, invent(Contradiction::RowsNotValid)).contains(QStringLiteral("F.203")));
                QCOMPARE(broken(*form, invent(Contradiction::PartsNotBallots)),
                         QStringList{QStringLiteral("F.201")});
                QVERIFY(!invent(Contradiction::TotalMissing).total.digits.has_value());
                const BallotContent words = invent(Contradiction::DigitsNotWords);
                QVERIFY(broken(*form, words).isEmpty());
                QCOMPARE(wordsUnlikeDigits(*form, words), 1);
            }
        }
    }

    void documentsOpenWithAllTheirPages() {
        QTemporaryDir folder;
        const DrawnBallot ballot = m_painter.draw(*m_forms.first(), 5);
        for (const QString& format : {QStringLiteral("jpg"), QStringLiteral("png")}) {
            const auto names =
                writeDocument(folder.path(), QStringLiteral("a"), format, ballot.pages, 60, true);
            QVERIFY(names.has_value());
            QCOMPARE(names->size(), ballot.pages.size());
            for (const QString& name : *names) {
                QCOMPARE(QImageReader(folder.filePath(name)).size(), ballot.pages.first().size());
            }
        }
        const auto tiff =
            writeDocument(folder.path(), QStringLiteral("a"), QStringLiteral("tiff"), ballot.pages, 60, true);
        QVERIFY(tiff.has_value());
        QVERIFY(QFile(folder.filePath(tiff->first())).size() > 0);
        const auto nowhere = writeDocument(folder.filePath(QStringLiteral("none")), QStringLiteral("a"),
                                           QStringLiteral("pdf"), ballot.pages, 60, true);
        QVERIFY(!nowhere.has_value());
        QCOMPARE(nowhere.error().code, QStringLiteral("synth.write_failed"));
    }

    /// A perfect reader, given the truth, scores 100 % by the shared yardstick.
    void scoreToolReadsTheTruth() {
        const QString shared =
            qEnvironmentVariable("TALLYDESK_SHARED", QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared"));
        const QString tool = shared + QStringLiteral("/tools/score.py");
        if (!QFile::exists(tool) || QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty()) {
            QSKIP("no score.py here");
        }
        QTemporaryDir folder;
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("truth")));
        QJsonArray ballots;
        for (const auto& form : m_forms) {
            Random random(3);
            const QJsonObject truth = inventContent(*form, random, {}).truth(1, 2);
            const QString file = form->id + QStringLiteral(".pdf");
            QVERIFY(writeBytes(folder.filePath(QStringLiteral("truth/") + form->id + QStringLiteral(".json")),
                               QJsonDocument(QJsonObject{{QStringLiteral("file"), file},
                                                         {QStringLiteral("forms"), QJsonArray{truth}}})
                                   .toJson())
                        .has_value());
            const auto shown = [](QJsonObject cell) {
                cell.insert(QStringLiteral("value"), cell.value(QStringLiteral("digits")).toInteger(0));
                return cell;
            };
            QJsonObject ballot = truth;
            QJsonObject figures = truth.value(QStringLiteral("figures")).toObject();
            for (const QString& key : figures.keys()) {
                figures[key] = shown(figures.value(key).toObject());
            }
            QJsonArray rows;
            for (const QJsonValue& row : truth.value(QStringLiteral("rows")).toArray()) {
                rows.append(shown(row.toObject()));
            }
            ballot[QStringLiteral("file")] = file;
            ballot[QStringLiteral("figures")] = figures;
            ballot[QStringLiteral("rows")] = rows;
            ballot[QStringLiteral("total")] = shown(truth.value(QStringLiteral("total")).toObject());
            ballot[QStringLiteral("committee")] = truth.value(QStringLiteral("set"));
            ballot[QStringLiteral("status")] = QStringLiteral("accepted");
            ballots.append(ballot);
        }
        QVERIFY(writeBytes(folder.filePath(QStringLiteral("results.json")),
                           QJsonDocument(QJsonObject{{QStringLiteral("ballots"), ballots}}).toJson())
                    .has_value());
        QProcess score;
        score.start(QStringLiteral("python3"),
                    {tool, folder.filePath(QStringLiteral("results.json")),
                     folder.filePath(QStringLiteral("truth")), QStringLiteral("--min-numbers"),
                     QStringLiteral("100"), QStringLiteral("--min-accepted"), QStringLiteral("100"),
                     QStringLiteral("--max-silent"), QStringLiteral("0"), QStringLiteral("--details")});
        QVERIFY(score.waitForFinished());
        QVERIFY2(score.exitCode() == 0, score.readAllStandardOutput() + score.readAllStandardError());
    }

private:
    BallotPainter m_painter;
    QList<std::shared_ptr<const FormTemplate>> m_forms;
};

QTEST_MAIN(TestSynth)
#include "tst_synth.moc"
