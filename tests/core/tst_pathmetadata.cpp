// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QTest>

#include "core/PathMetadata.h"
#include "core/Provinces.h"

using namespace tallydesk;

class TestPathMetadata : public QObject {
    Q_OBJECT

    const FormCatalog m_forms = FormCatalog::builtIn().value();

private Q_SLOTS:
    void realisticNames_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("province");
        QTest::addColumn<int>("constituency");
        QTest::addColumn<int>("committee");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("partyList");  // -1 unknown
        const QString folder = QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัดแพร่/ล่วงหน้านอกเขตและนอกราชอาณาจักร/ชุดที่ 1/");
        QTest::newRow("party list") << folder + QStringLiteral("สส.5ทับ17(บช)ชุดที่1.pdf")
                                    << QStringLiteral("แพร่") << 1 << 1 << 0 << QStringLiteral("5/17") << 1;
        QTest::newRow("constituency") << folder + QStringLiteral("สส.5ทับ17ชุดที่1.pdf") << QStringLiteral("แพร่")
                                      << 1 << 1 << 0 << QStringLiteral("5/17") << -1;
        QTest::newRow("decomposed") << QStringLiteral("เขตเลือกตั้งที่ 2 จังหวัดล\u0E4D\u0E32ปาง/a.pdf")
                                    << QStringLiteral("ลำปาง") << 2 << 0 << 0 << QString() << -1;
        QTest::newRow("composed") << QStringLiteral("จังหวัดลำปาง เขต 2/a.pdf") << QStringLiteral("ลำปาง") << 2
                                  << 0 << 0 << QString() << -1;
        QTest::newRow("Thai digits") << QStringLiteral("จ.น่าน/เขตเลือกตั้งที่ ๓/ส.ส.๕/๑๘ ชุดที่ ๑๒.pdf")
                                     << QStringLiteral("น่าน") << 3 << 12 << 0 << QString() << -1;
        QTest::newRow("unit") << QStringLiteral("ส.ส.5-18 หน่วยเลือกตั้งที่ 12 แบบแบ่งเขต.pdf") << QString() << 0
                              << 0 << 12 << QStringLiteral("5/18") << 0;
        QTest::newRow("underscores") << QStringLiteral("แพร่_เขต1/form_5_18_หน่วยที่ 3.jpg")
                                     << QStringLiteral("แพร่") << 1 << 0 << 3 << QStringLiteral("5/18") << -1;
        QTest::newRow("Bangkok") << QStringLiteral("กทม. เขต 33/หน่วย 7/บัญชีรายชื่อ.pdf")
                                 << QStringLiteral("กรุงเทพมหานคร") << 33 << 0 << 7 << QString() << 1;
        QTest::newRow("bare folder") << QStringLiteral("ชุดที่ 4/scan.pdf") << QString() << 0 << 4 << 0
                                     << QString() << -1;
        QTest::newRow("province folder") << QStringLiteral("/home/clerk/เลย/scan.pdf")
                                         << QStringLiteral("เลย") << 0 << 0 << 0 << QString() << -1;
        QTest::newRow("a word, no province")
            << QStringLiteral("ส่งเลย 3.pdf") << QString() << 0 << 0 << 0 << QString() << -1;
        QTest::newRow("neutral") << QStringLiteral("th26-district-1.pdf") << QString() << 0 << 0 << 0
                                 << QString() << -1;
        QTest::newRow("camera") << QStringLiteral("/mnt/2026/IMG_20260208_181755.jpg") << QString() << 0 << 0
                                << 0 << QString() << -1;
        QTest::newRow("a date is no code") << QStringLiteral("2026-5-18/2026-05-18 5-18-2026.pdf")
                                           << QString() << 0 << 0 << 0 << QString() << -1;
        QTest::newRow("a range names none")
            << QStringLiteral("ชุดที่ 1-4.pdf") << QString() << 0 << 0 << 0 << QString() << -1;
        QTest::newRow("contradiction names none") << QStringLiteral("ชุดที่ 1/สส.5ทับ16ชุดที่2.pdf") << QString()
                                                  << 0 << 0 << 0 << QStringLiteral("5/16") << -1;
        QTest::newRow("outside the constituency is no number")
            << QStringLiteral("ล่วงหน้านอกเขต 1/a.pdf") << QString() << 0 << 0 << 0 << QString() << -1;
    }
    void realisticNames() {
        QFETCH(QString, path);
        QFETCH(QString, province);
        QFETCH(int, constituency);
        QFETCH(int, committee);
        QFETCH(int, unit);
        QFETCH(QString, code);
        QFETCH(int, partyList);
        for (const QString& spelling : {path, path.normalized(QString::NormalizationForm_D)}) {
            const auto found = PathMetadata::fromPath(spelling, m_forms);
            QCOMPARE(found.province.value_or(QString()), province);
            QCOMPARE(found.constituency.value_or(0), constituency);
            QCOMPARE(found.committee.value_or(0), committee);
            QCOMPARE(found.pollingUnit.value_or(0), unit);
            QCOMPARE(found.formCode.value_or(QString()), code);
            QCOMPARE(found.partyList ? int(*found.partyList) : -1, partyList);
        }
    }

    void everyProvinceIsFound() {
        QCOMPARE(builtInProvinces().size(), 77);
        for (const Province& province : builtInProvinces()) {
            const auto found = PathMetadata::fromPath(
                QStringLiteral("เขตเลือกตั้งที่ 1 จังหวัด%1/a.pdf").arg(province.name.th), m_forms);
            QCOMPARE(found.province, std::optional(province.name.th));
        }
    }

    void gapsAreFilledAndMarked() {
        PathMetadata path;
        path.province = QStringLiteral("แพร่");
        path.committee = 4;
        path.formCode = QStringLiteral("5/17");
        BallotData data;
        data.header[QStringLiteral("province")].text = QStringLiteral("จังหวัด แพร่");
        const BallotData before = data;
        QCOMPARE(path.apply(data), QList<Finding>());
        QCOMPARE(data.header.value(QStringLiteral("province")),
                 before.header.value(QStringLiteral("province")));
        QCOMPARE(data.header.value(QStringLiteral("committee")).number, std::optional<qint64>(4));
        QCOMPARE(data.header.value(QStringLiteral("committee")).source, HeaderSource::Path);
        QCOMPARE(data.formCode, QStringLiteral("5/17"));
        QCOMPARE(data.readerNotes.value(QStringLiteral("from_path")).toArray(),
                 (QJsonArray{QStringLiteral("committee"), QStringLiteral("form_code")}));
    }

    void conflictKeepsThePaper() {
        PathMetadata path;
        path.province = QStringLiteral("น่าน");
        path.constituency = 2;
        path.partyList = true;
        BallotData data;
        data.partyList = false;
        data.header[QStringLiteral("province")].text = QStringLiteral("แพร่");
        data.header[QStringLiteral("constituency")].number = 1;
        const BallotData before = data;
        const auto findings = path.apply(data);
        QCOMPARE(data, before);
        QCOMPARE(findings.size(), 3);
        for (const Finding& finding : findings) {
            QCOMPARE(finding.code, QStringLiteral("W.303"));
            QCOMPARE(finding.severity, Severity::Warning);
        }
        QCOMPARE(findings[1].fields, QStringList{QStringLiteral("constituency")});
    }

    void manySpellingsOfOneProvince() {
        const QString bangkok = normalisedProvince(QStringLiteral("กรุงเทพมหานคร"));
        for (const QString& name : {QStringLiteral("กทม."), QStringLiteral("กทม"), QStringLiteral("กรุงเทพฯ"),
                                    QStringLiteral("จังหวัด กรุงเทพ มหานคร")})
            QCOMPARE(normalisedProvince(name), bangkok);
        QCOMPARE(normalisedProvince(QStringLiteral("ล\u0E4D\u0E32พูน")),
                 normalisedProvince(QStringLiteral("ลำพูน")));
    }
};

QTEST_APPLESS_MAIN(TestPathMetadata)
#include "tst_pathmetadata.moc"
