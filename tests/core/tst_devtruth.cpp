// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include "SampleBallots.h"
#include "core/BallotJudge.h"

using namespace tallydesk;
using namespace tallydesk::samples;

namespace {

/// What a reader without a mistake would give for a transcribed number.
VoteEntry perfectEntry(const QJsonObject& cell, const FormTemplate& form) {
    VoteEntry entry;
    entry.confidence = 0.999;
    const QJsonValue digits = cell.value(QStringLiteral("digits"));
    const QString words = cell.value(QStringLiteral("words")).toString();
    if (digits.isDouble())
        entry.digits = digits.toInteger();
    if (!words.isEmpty()) {
        entry.words = words;
        entry.wordsValue = form.numberWords->parse(words);
    }
    entry.value = entry.digits ? entry.digits : entry.wordsValue;
    if (!entry.value) {
        entry.value = 0;
        entry.mark = cell.value(QStringLiteral("mark")).isString() ? Mark::Dash : Mark::Blank;
    }
    return entry;
}

BallotData perfectReading(const QJsonObject& truth, const FormTemplate& form) {
    BallotData data;
    data.formId = form.id;
    data.formCode = form.code;
    data.partyList = form.partyList;
    data.header.insert(QStringLiteral("province"), text(truth.value(QStringLiteral("province")).toString()));
    for (const auto& [key, name] :
         {std::pair{QStringLiteral("constituency"), QStringLiteral("constituency")},
          std::pair{QStringLiteral("committee"), QStringLiteral("set")},
          std::pair{QStringLiteral("polling_unit"), QStringLiteral("polling_unit")}})
        if (truth.value(name).isDouble() && form.headerField(key))
            data.header.insert(key, number(truth.value(name).toInteger()));
    const QJsonObject figures = truth.value(QStringLiteral("figures")).toObject();
    for (const FigureField& figure : form.figures)
        data.figures.insert(figure.key, perfectEntry(figures.value(figure.key).toObject(), form));
    for (const QJsonValue& row : truth.value(QStringLiteral("rows")).toArray())
        data.rows.append({row[QStringLiteral("no")].toInt(), perfectEntry(row.toObject(), form)});
    data.total = perfectEntry(truth.value(QStringLiteral("total")).toObject(), form);
    return data;
}

QString nameOf(const QString& code, bool partyList) {
    return QString(code).replace(u'/', u'-') +
           (partyList ? QStringLiteral("-party-list") : QStringLiteral("-constituency"));
}

}  // namespace

/// The rules against what clerks really wrote: forms without a contradiction pass, the others do not.
class TestDevTruth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void transcribedFormsAreJudgedAsTheyAre() {
        const QString shared =
            qEnvironmentVariable("TALLYDESK_SHARED", QStringLiteral(TALLYDESK_SOURCE_DIR "/../shared"));
        const QDir dir(shared + QStringLiteral("/scans/dev/truth"));
        if (!dir.exists())
            QSKIP("the development scans are not here");
        const FormCatalog forms = FormCatalog::builtIn().value();
        const BallotJudge judge(forms, Validator());
        QStringList held;
        for (const QString& name : dir.entryList({QStringLiteral("*.json")})) {
            QFile file(dir.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
            for (const QJsonValue& item : json.value(QStringLiteral("forms")).toArray()) {
                const QJsonObject truth = item.toObject();
                const auto form = forms.byId(nameOf(truth.value(QStringLiteral("form_code")).toString(),
                                                    truth.value(QStringLiteral("party_list")).toBool()));
                QVERIFY2(form, qPrintable(name));
                BallotScan scan;
                scan.file = json.value(QStringLiteral("file")).toString();
                const auto result =
                    judge.judge(scan, perfectReading(truth, *form), QStringLiteral("perfect"));
                if (result.status != BallotStatus::Accepted)
                    held.append(name);
                for (const TallyRow& row : result.data.rows)
                    QVERIFY2(!row.entry.words || row.entry.wordsValue,
                             qPrintable(name + u' ' + row.entry.words.value_or(QString())));
            }
        }
        // On this one the ballots received were left blank.
        QCOMPARE(held, QStringList{QStringLiteral("phrae1-5_17-pl-set1.json")});
    }
};

QTEST_APPLESS_MAIN(TestDevTruth)
#include "tst_devtruth.moc"
