// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>
#include <QCryptographicHash>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>
#include <opencv2/imgcodecs.hpp>

#include "ScanFiles.h"
#include "core/MessageCatalog.h"
#include "imaging/FileHash.h"
#include "imaging/PageDocument.h"
#include "imaging/PageSource.h"

using namespace tallydesk;
using namespace tallydesk::test;

class PageSourceTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_dir;
    QString at(const QString& name) const { return m_dir.filePath(name); }

    // White with a black block at the top left: shows which way a page lies.
    static QImage marked(int width, int height) {
        QImage image(width, height, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter(&image).fillRect(0, 0, width / 4, height / 4, Qt::black);
        return image;
    }
    static bool darkAt(const QImage& image, double x, double y) {
        return qGray(image.pixel(int(x * image.width()), int(y * image.height()))) < 128;
    }
    static BallotScan scanOf(const QString& path, int page = 1, int rotation = 0) {
        BallotScan scan;
        scan.pages = {PageRef{path, page, rotation, hashFile(path, CancelToken()).value_or(QString())}};
        scan.pageNumbers = {page};
        return scan;
    }

private Q_SLOTS:
    void refusesWithTheExactCause_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const QByteArray jpeg = jpegBytes(marked(800, 600));
        const auto row = [](const char* name, const QByteArray& bytes, const char* code) {
            QTest::newRow(name) << QString::fromLatin1(name) << bytes << QString::fromLatin1(code);
        };
        row("zero.pdf", {}, "intake.file_empty");
        row("text.jpg", "Dear all, this is a letter, not a picture.", "intake.not_an_image");
        row("text.pdf", "Dear all, this is a letter, not a PDF.", "intake.not_a_pdf");
        row("broken.pdf", "%PDF-1.7\nand then nothing that makes sense", "intake.pdf_damaged");
        row("secret.pdf", encryptedPdf(), "intake.pdf_encrypted");
        row("bomb.png", pngHeader(60000, 60000), "intake.page_too_large");
        row("cut.jpg", jpeg.left(jpeg.size() / 2), "intake.image_damaged");
        row("cut.png", pngHeader(800, 600).left(30), "intake.image_damaged");
        row("no-pixels.png", pngHeader(800, 600), "intake.image_damaged");
        row("circle.tif",
            QByteArray("II*\0\x08\0\0\0\x02\0\0\x01\x04\0\x01\0\0\0\x10\0\0\0\x01\x01\x04\0\x01\0"
                       "\0\0\x10\0\0\0\x08\0\0\0",
                       38),
            "intake.image_damaged");
    }
    void refusesWithTheExactCause() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        writeFile(at(name), bytes);
        const auto pages = PageSource().load(scanOf(at(name)), CancelToken());
        QVERIFY(!pages.has_value());
        QCOMPARE(pages.error().code, code);
        QCOMPARE(pages.error().args.value(0), name);
        QVERIFY(MessageCatalog::builtIn().contains(code));
    }

    void boundsAreSettings() {
        writePdf(at(QStringLiteral("three.pdf")), {marked(400, 600), marked(400, 600), marked(400, 600)});
        IntakeLimits limits;
        limits.maxPagesPerFile = 2;
        QCOMPARE(PageDocument::open(at(QStringLiteral("three.pdf")), limits).error().code,
                 QStringLiteral("intake.too_many_pages"));
        limits = {};
        limits.maxFileBytes = 100;
        QCOMPARE(PageDocument::open(at(QStringLiteral("three.pdf")), limits).error().code,
                 QStringLiteral("intake.file_too_large"));
        limits = {};
        limits.maxPixelsPerPage = 1000 * 1000;
        QCOMPARE(PageDocument::open(at(QStringLiteral("three.pdf")), limits).error().code,
                 QStringLiteral("intake.page_too_large"));
        limits.maxPixelsPerPage = 4'000'000;
        QVERIFY(PageDocument::open(at(QStringLiteral("three.pdf")), limits).has_value());
    }

    void forbiddenFileIsNamed() {
        if (geteuid() == 0)
            QSKIP("root may read every file");
        writeFile(at(QStringLiteral("closed.pdf")), "%PDF-1.4");
        QFile::setPermissions(at(QStringLiteral("closed.pdf")), {});
        QCOMPARE(PageDocument::open(at(QStringLiteral("closed.pdf")), {}).error().code,
                 QStringLiteral("intake.file_unreadable"));
    }

    void pdfPagesComeAt200Dpi() {
        writePdf(at(QStringLiteral("one.pdf")), {marked(1654, 2339)});
        const auto pages = PageSource().load(scanOf(at(QStringLiteral("one.pdf"))), CancelToken());
        QVERIFY(pages.has_value());
        const PageImage& page = pages->first();
        QVERIFY(qAbs(page.image.width() - 1654) <= 3);
        QVERIFY(qAbs(page.image.height() - 2339) <= 3);
        QCOMPARE(page.scaleTo200Dpi, 1.0);
        QVERIFY(darkAt(page.image, 0.1, 0.1));
        QVERIFY(!darkAt(page.image, 0.9, 0.9));
    }

    void pagesAreTurnedUpright() {
        marked(400, 600).save(at(QStringLiteral("turn.png")));
        const auto pages = PageSource().load(scanOf(at(QStringLiteral("turn.png")), 1, 90), CancelToken());
        QVERIFY(pages.has_value());
        QCOMPARE(pages->first().image.size(), QSize(600, 400));
        QVERIFY(darkAt(pages->first().image, 0.9, 0.1));
    }

    void exifOrientationIsHonoured() {
        writeFile(at(QStringLiteral("phone.jpg")), withOrientation(jpegBytes(marked(800, 600)), 6));
        const auto pages = PageSource().load(scanOf(at(QStringLiteral("phone.jpg"))), CancelToken());
        QVERIFY(pages.has_value());
        QCOMPARE(pages->first().image.size(), QSize(600, 800));
        QVERIFY(darkAt(pages->first().image, 0.9, 0.1));
        QVERIFY(qAbs(pages->first().scaleTo200Dpi - 2338.0 / 800.0) < 0.01);
    }

    void multiPageTiff() {
        const std::vector<cv::Mat> three{cv::Mat(300, 200, CV_8U, cv::Scalar(250)),
                                         cv::Mat(300, 200, CV_8U, cv::Scalar(20)),
                                         cv::Mat(200, 300, CV_8U, cv::Scalar(250))};
        const QString path = at(QStringLiteral("หลายหน้า.tif"));
        QVERIFY(cv::imwrite(QFile::encodeName(path).toStdString(), three));
        const auto document = PageDocument::open(path, {});
        QVERIFY(document.has_value());
        QCOMPARE((*document)->pageCount(), 3);
        QVERIFY(darkAt((*document)->page(2)->image, 0.5, 0.5));
        QCOMPARE((*document)->page(3)->image.size(), QSize(300, 200));
    }

    void otherImageFormats_data() {
        QTest::addColumn<QString>("ending");
        for (const char* ending : {"webp", "bmp", "tiff", "png", "jpeg"})
            QTest::newRow(ending) << QString::fromLatin1(ending);
    }
    void otherImageFormats() {
        QFETCH(QString, ending);
        const QString path = at(QStringLiteral("image.") + ending);
        QVERIFY(cv::imwrite(QFile::encodeName(path).toStdString(),
                            cv::Mat(321, 234, CV_8UC3, cv::Scalar::all(9))));
        IntakeLimits limits;
        const auto document = PageDocument::open(path, limits);
        QVERIFY(document.has_value());
        QCOMPARE((*document)->page(1)->image.size(), QSize(234, 321));
        limits.maxPixelsPerPage = 234 * 320;
        QCOMPARE(PageDocument::open(path, limits).error().code, QStringLiteral("intake.page_too_large"));
    }

    void changedOrVanishedSinceIntake() {
        const QString path = at(QStringLiteral("moving.png"));
        marked(400, 600).save(path);
        const BallotScan scan = scanOf(path);
        QVERIFY(PageSource().load(scan, CancelToken()).has_value());
        marked(400, 601).save(path);
        QCOMPARE(PageSource().load(scan, CancelToken()).error().code, QStringLiteral("intake.file_changed"));
        QVERIFY(QFile::remove(path));
        QCOMPARE(PageSource().load(scan, CancelToken()).error().code, QStringLiteral("intake.file_missing"));
    }

    void cancelledBeforeReading() {
        marked(400, 600).save(at(QStringLiteral("c.png")));
        const BallotScan scan = scanOf(at(QStringLiteral("c.png")));
        CancelToken cancel;
        cancel.cancel();
        QCOMPARE(PageSource().load(scan, cancel).error().code, QStringLiteral("cancelled"));
    }

    void hashIsSha256() {
        writeFile(at(QStringLiteral("abc")), "abc");
        QCOMPARE(*hashFile(at(QStringLiteral("abc")), CancelToken()),
                 QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }
};

QTEST_MAIN(PageSourceTest)
#include "tst_pagesource.moc"
