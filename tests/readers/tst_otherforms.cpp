// SPDX-License-Identifier: GPL-3.0-or-later
// Forms that nobody has written code for: definitions that differ from those of the program, drawn and read.
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include "core/RuleTools.h"
#include "core/Validator.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/OnDeviceReader.h"
#include "synth/BallotPainter.h"

using namespace tallydesk;

namespace {

using Edit = std::function<void(QJsonObject&)>;

/// A form of the program with something else in its file.
std::shared_ptr<const FormTemplate> otherForm(const QString& id, const Edit& edit) {
    QFile file(QStringLiteral(":/forms/%1.json").arg(id));
    if (!file.open(QIODevice::ReadOnly))
        return nullptr;
    QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    edit(json);
    auto form = FormTemplate::fromJson(QJsonDocument(json).toJson(), id);
    if (!form)
        qWarning() << form.error().code << form.error().args;
    return form ? std::make_shared<const FormTemplate>(std::move(*form)) : nullptr;
}

/// A list with one of its objects edited.
QJsonArray edited(const QJsonValue& list, qsizetype index, const Edit& edit) {
    QJsonArray items = list.toArray();
    QJsonObject item = items[index].toObject();
    edit(item);
    items[index] = item;
    return items;
}

void withoutWords(QJsonObject& json) {
    const qsizetype figures = json.value(u"figures").toArray().size();
    for (qsizetype i = 0; i < figures; ++i)
        json.insert(QStringLiteral("figures"), edited(json.value(u"figures"), i, [](QJsonObject& figure) {
                        figure.insert(QStringLiteral("words"), false);
                    }));
    json.insert(QStringLiteral("number_words"),
                QJsonObject{{QStringLiteral("system"), QStringLiteral("none")}});
}

void withoutFigures(QJsonObject& json) {
    json.insert(QStringLiteral("figures"), QJsonArray());
    json.insert(QStringLiteral("equations"), QJsonArray());
    json.insert(QStringLiteral("shares"),
                QJsonObject{{QStringLiteral("ballots_base"), QString()}, {QStringLiteral("dominant"), 0.75}});
    QJsonObject layout = json.value(u"layout").toObject();
    layout.remove(QStringLiteral("blanks"));
    json.insert(QStringLiteral("layout"), layout);
}

}  // namespace

class OtherFormsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        auto models = OnDeviceModels::load(QStringLiteral(":/models"));
        QVERIFY(models.has_value());
        m_models = std::make_unique<OnDeviceModels>(std::move(*models));
    }

    // Empty rows keep such a ballot from being accepted: no second place says that nothing stands there.
    void aFormWithoutWordsIsReadByItsDigits() {
        const auto form = otherForm(QStringLiteral("5-16-constituency"), withoutWords);
        QVERIFY(form);
        QVERIFY(!form->rowsHaveWords);
        for (const quint64 seed : {1, 3}) {
            const auto [data, content] = readDrawn(form, seed);
            int sure = 0;
            int written = 0;
            const auto check = [&](const QString& key, const synth::WrittenNumber& number,
                                   const VoteEntry& entry) {
                const QString said = QStringLiteral("%1, %2: %3, not %4")
                                         .arg(seed)
                                         .arg(key)
                                         .arg(entry.value.value_or(-1))
                                         .arg(number.digits.value_or(0));
                QVERIFY2(entry.value == number.digits.value_or(0), qPrintable(said));
                written += number.digits ? 1 : 0;
                sure += number.digits && entry.confidence.value_or(0.0) >= acceptanceConfidence ? 1 : 0;
            };
            for (auto it = content.figures.begin(); it != content.figures.end(); ++it)
                check(it.key(), *it, data.figures.value(it.key()));
            QCOMPARE(data.rows.size(), content.rows.size());
            for (qsizetype i = 0; i < content.rows.size(); ++i)
                check(RuleTools::rowKey(content.rows[i].no), content.rows[i].number, data.rows[i].entry);
            check(QStringLiteral("total"), content.total, data.total.value_or(VoteEntry()));
            QVERIFY2(2 * sure > written, qPrintable(QStringLiteral("%1 of %2").arg(sure).arg(written)));
        }
    }

    void theHeadIsFoundWithoutFigures() {
        const auto form = otherForm(QStringLiteral("5-16-constituency"), withoutFigures);
        QVERIFY(form);
        const auto [data, content] = readDrawn(form, 1);
        for (const QString& key : {QStringLiteral("constituency"), QStringLiteral("committee")})
            QCOMPARE(QString::number(data.header.value(key).number.value_or(0)), content.header.value(key));
        const QString province = QStringLiteral("province");
        QCOMPARE(data.header.value(province).text.value_or(QString()), content.header.value(province));
    }

    void provincesAreNamedByTheirReference() {
        const QString key = QStringLiteral("province");
        const QMap<QString, QString> header{{key, QStringLiteral("น่าน")}};
        const auto renamed = otherForm(QStringLiteral("5-16-constituency"), [](QJsonObject& json) {
            json.insert(QStringLiteral("header"), edited(json.value(u"header"), 0, [](QJsonObject& field) {
                            field.insert(QStringLiteral("key"), QStringLiteral("region"));
                        }));
        });
        const auto anyName = otherForm(QStringLiteral("5-16-constituency"), [](QJsonObject& json) {
            json.insert(QStringLiteral("header"), edited(json.value(u"header"), 0, [](QJsonObject& field) {
                            field.remove(QStringLiteral("reference"));
                        }));
        });
        QVERIFY(renamed && anyName);
        const HeaderValue region = readDrawn(renamed, 1, header).first.header.value(QStringLiteral("region"));
        QCOMPARE(region.text.value_or(QString()), header.value(key));
        QVERIFY(region.confidence.value_or(0.0) > 0.5);
        // The text engine reads names that no list knows, and is never sure of writing.
        const HeaderValue any = readDrawn(anyName, 1, header).first.header.value(key);
        QVERIFY(any.confidence.value_or(0.0) <= 0.5);
    }

private:
    /// What is read on the first page of a neatly drawn ballot, and what stands there.
    std::pair<BallotData, synth::BallotContent> readDrawn(const std::shared_ptr<const FormTemplate>& form,
                                                          quint64 seed,
                                                          const QMap<QString, QString>& header = {}) {
        OnDeviceReader reader(FormCatalog({form}), *m_models, std::make_shared<TextRecogniser>());
        synth::DrawOptions options;
        options.difficulty = 0;
        options.header = header;
        synth::DrawnBallot ballot = m_painter.draw(*form, seed, options);
        BallotScan scan;
        scan.formId = form->id;
        const auto prepared = reader.prepare(scan, {{ballot.pages.first(), 1, 1.0}}, CancelToken());
        const auto read = prepared ? reader.attempt(**prepared, 1, CancelToken()) : ReadAttempt();
        return {read.data.value_or(BallotData()), std::move(ballot.content)};
    }

    std::unique_ptr<OnDeviceModels> m_models;
    synth::BallotPainter m_painter;
};

QTEST_MAIN(OtherFormsTest)
#include "tst_otherforms.moc"
