// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRandomGenerator>
#include <QTest>

#include "core/ThaiNumber.h"

using namespace tallydesk;

class TestThaiNumber : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNumberToOneHundredThousandThereAndBack() {
        for (qint64 number = 0; number <= 99'999; ++number)
            QCOMPARE(ThaiNumber::parseWords(ThaiNumber::toWords(number)), std::optional<qint64>(number));
    }

    void randomNumbersThereAndBack() {
        QRandomGenerator random(20260208);
        for (int i = 0; i < 20'000; ++i) {
            const qint64 number = random.bounded(1'000'000'000);
            QCOMPARE(ThaiNumber::parseWords(ThaiNumber::toWords(number)), std::optional<qint64>(number));
            QCOMPARE(ThaiNumber::parseDigits(ThaiNumber::toThaiDigits(number)),
                     std::optional<qint64>(number));
        }
        QCOMPARE(ThaiNumber::parseWords(ThaiNumber::toWords(999'999'999)),
                 std::optional<qint64>(999'999'999));
    }

    void outsideTheRangeThereIsNoSpelling() {
        QVERIFY(ThaiNumber::toWords(-1).isEmpty());
        QVERIFY(ThaiNumber::toWords(1'000'000'000).isEmpty());
    }

    void standardSpelling_data() {
        QTest::addColumn<qint64>("number");
        QTest::addColumn<QString>("words");
        const auto row = [](qint64 number, const QString& words) {
            QTest::addRow("%lld", number) << number << words;
        };
        row(0, QStringLiteral("ศูนย์"));
        row(11, QStringLiteral("สิบเอ็ด"));
        row(20, QStringLiteral("ยี่สิบ"));
        row(121, QStringLiteral("หนึ่งร้อยยี่สิบเอ็ด"));
        row(614, QStringLiteral("หกร้อยสิบสี่"));
        row(1'000'000, QStringLiteral("หนึ่งล้าน"));
        row(21'000'021, QStringLiteral("ยี่สิบเอ็ดล้านยี่สิบเอ็ด"));
    }
    void standardSpelling() {
        QFETCH(qint64, number);
        QFETCH(QString, words);
        QCOMPARE(ThaiNumber::toWords(number), words);
    }

    void wellFormedWords_data() {
        QTest::addColumn<QString>("words");
        QTest::addColumn<qint64>("number");
        const auto row = [](const QString& words, qint64 number) {
            QTest::newRow(words.toUtf8().constData()) << words << number;
        };
        row(QStringLiteral("สิบหนึ่ง"), 11);
        row(QStringLiteral("ยี่สิบหนึ่ง"), 21);
        row(QStringLiteral("หนึ่งร้อยเอ็ด"), 101);
        row(QStringLiteral("ร้อย"), 100);
        row(QStringLiteral("พัน"), 1'000);
        row(QStringLiteral("หมื่น"), 10'000);
        row(QStringLiteral("แสน"), 100'000);
        row(QStringLiteral("ล้าน"), 1'000'000);
        row(QStringLiteral("ร้อยสิบ"), 110);
        row(QStringLiteral("หนึ่งร้อยหนึ่งสิบ"), 110);
        row(QStringLiteral("สองสิบ"), 20);
        row(QStringLiteral("สองสาม"), 23);
        row(QStringLiteral("เจ็ดศูนย์สาม"), 703);
        row(QStringLiteral("ศูนย์คะแนน"), 0);
        row(QStringLiteral("หกร้อยห้าสิบบัตร"), 650);
        row(QStringLiteral("สี่ร้อยหกสิบเอ็ดคะแนนถ้วน"), 461);
        row(QStringLiteral("“ห้าสิบสี่”"), 54);
        row(QStringLiteral(" ห้า สิบ สี่ คน"), 54);
        row(QStringLiteral("(-หก-)"), 6);
        row(QStringLiteral("จ\u0E33นวนหกบัตร"), 6);
        row(QStringLiteral("จ\u0E4D\u0E32นวนหกบัตร"), 6);
        row(QStringLiteral("เเปดสิบ"), 80);
        row(QStringLiteral("แปด\u200Bสิบ"), 80);
    }
    void wellFormedWords() {
        QFETCH(QString, words);
        QFETCH(qint64, number);
        QCOMPARE(ThaiNumber::parseWords(words), std::optional<qint64>(number));
    }

    void illFormedWordsAreUnreadable_data() {
        QTest::addColumn<QString>("words");
        for (const QString& words : {QString(),
                                     QStringLiteral(" "),
                                     QStringLiteral("-"),
                                     QStringLiteral("คะแนน"),
                                     QStringLiteral("ยี่"),
                                     QStringLiteral("ยี่ร้อย"),
                                     QStringLiteral("เอ็ด"),
                                     QStringLiteral("เอ็ดสิบ"),
                                     QStringLiteral("หกเอ็ด"),
                                     QStringLiteral("สิบร้อย"),
                                     QStringLiteral("ร้อยพัน"),
                                     QStringLiteral("สองร้อยพัน"),
                                     QStringLiteral("สองพันร้อย"),
                                     QStringLiteral("สองสองร้อย"),
                                     QStringLiteral("สองร้อยสามร้อย"),
                                     QStringLiteral("ห้าสิบสิบ"),
                                     QStringLiteral("ห้าสิบสามสี่"),
                                     QStringLiteral("ศูนย์ร้อย"),
                                     QStringLiteral("หนึ่งร้อยศูนย์"),
                                     QStringLiteral("หนึ่งร้อยศูนย์ห้า"),
                                     QStringLiteral("ล้านล้าน"),
                                     QStringLiteral("ศูนย์ล้าน"),
                                     QStringLiteral("หนึ่งพันล้าน"),
                                     QStringLiteral("สีสิบ"),
                                     QStringLiteral("หนึง"),
                                     QStringLiteral("ร้อยสองX"),
                                     QStringLiteral("fifty"),
                                     QStringLiteral("54"),
                                     QStringLiteral("หนึ่งหนึ่งหนึ่งหนึ่งหนึ่งหนึ่งหนึ่งหนึ่งหนึ่งหนึ่ง")})
            QTest::newRow(words.toUtf8().constData()) << words;
    }
    void illFormedWordsAreUnreadable() {
        QFETCH(QString, words);
        QCOMPARE(ThaiNumber::parseWords(words), std::nullopt);
    }

    void digits_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("number");
        const auto row = [](const QString& text, qint64 number) {
            QTest::newRow(text.toUtf8().constData()) << text << number;
        };
        row(QStringLiteral("0"), 0);
        row(QStringLiteral("007"), 7);
        row(QStringLiteral("๖๑๔"), 614);
        row(QStringLiteral("1,234"), 1'234);
        row(QStringLiteral("12 345 678"), 12'345'678);
        row(QStringLiteral("๑,๒๓๔"), 1'234);
        row(QStringLiteral("-718-"), 718);
        row(QStringLiteral("- 0 -"), 0);
        row(QStringLiteral("718.-"), 718);
        row(QStringLiteral("\"54\""), 54);
        row(QStringLiteral("54 คะแนน"), 54);
        row(QStringLiteral("จำนวน 54 บัตร"), 54);
        row(QStringLiteral("999999999"), 999'999'999);
    }
    void digits() {
        QFETCH(QString, text);
        QFETCH(qint64, number);
        QCOMPARE(ThaiNumber::parseDigits(text), std::optional<qint64>(number));
    }

    void whatIsNoDigitStringIsUnreadable_data() {
        QTest::addColumn<QString>("text");
        for (const QString& text :
             {QString(), QStringLiteral("-"), QStringLiteral("--"), QStringLiteral("-5"),
              QStringLiteral("1,23"), QStringLiteral("12 34"), QStringLiteral("1,234 567"),
              QStringLiteral("1.5"), QStringLiteral("1.234"), QStringLiteral("10²"), QStringLiteral("1๒"),
              QStringLiteral("5a"), QStringLiteral("ห้า"), QStringLiteral(",123"), QStringLiteral("1234,567"),
              QStringLiteral("1000000000"), QStringLiteral("123456789012345678901234567890"),
              QStringLiteral("54/55")})
            QTest::newRow(text.toUtf8().constData()) << text;
    }
    void whatIsNoDigitStringIsUnreadable() {
        QFETCH(QString, text);
        QCOMPARE(ThaiNumber::parseDigits(text), std::nullopt);
    }
};

QTEST_APPLESS_MAIN(TestThaiNumber)
#include "tst_thainumber.moc"
