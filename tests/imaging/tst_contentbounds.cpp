// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <opencv2/imgproc.hpp>

#include "imaging/ContentBounds.h"

using namespace tallydesk;

namespace {

/// An A4 page at 200 dpi, paper with a little grain and a printed table within margins.
cv::Mat page() {
    cv::Mat paper(2339, 1654, CV_8U);
    cv::RNG random(5);
    random.fill(paper, cv::RNG::NORMAL, 246, 4);
    for (int y = 300; y <= 2000; y += 100)
        cv::line(paper, {200, y}, {1450, y}, 20, 3);
    return paper;
}

}  // namespace

class TestContentBounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void emptyMarginsAreCut() {
        const cv::Rect bounds = contentBounds(page());
        QVERIFY2(bounds.x > 130 && bounds.x <= 200, qPrintable(QString::number(bounds.x)));
        QVERIFY2(bounds.y > 230 && bounds.y <= 300, qPrintable(QString::number(bounds.y)));
        QVERIFY(bounds.br().x >= 1450 && bounds.br().x < 1520);
        QVERIFY(bounds.br().y >= 2000 && bounds.br().y < 2070);
    }

    void faintHandwritingInAMarginStays() {
        cv::Mat paper = page();
        cv::putText(paper, "17", {1540, 2250}, cv::FONT_HERSHEY_SIMPLEX, 1.0, 195, 2, cv::LINE_AA);
        const cv::Rect bounds = contentBounds(paper);
        QVERIFY(bounds.contains(cv::Point(1542, 2228)));
        QVERIFY(bounds.contains(cv::Point(1570, 2250)));
    }

    void blackEdgesAreCut() {
        cv::Mat paper = page();
        paper(cv::Rect(0, 0, 70, paper.rows)).setTo(8);
        paper(cv::Rect(0, 2300, paper.cols, 39)).setTo(8);
        const cv::Rect bounds = contentBounds(paper);
        QVERIFY2(bounds.x > 130 && bounds.x <= 200, qPrintable(QString::number(bounds.x)));
        QVERIFY(bounds.br().y < 2070);
    }

    void lineOfATableNearTheEdgeIsNoBlackEdge() {
        cv::Mat paper = page();
        cv::line(paper, {60, 0}, {60, paper.rows - 1}, 20, 4);
        cv::putText(paper, "5", {22, 900}, cv::FONT_HERSHEY_SIMPLEX, 1.0, 60, 2, cv::LINE_AA);
        QVERIFY(contentBounds(paper).contains(cv::Point(25, 890)));
    }

    void pageWithoutMarksStaysWhole() {
        const cv::Mat blank(2339, 1654, CV_8U, cv::Scalar(250));
        QCOMPARE(contentBounds(blank), cv::Rect(0, 0, 1654, 2339));
        const cv::Mat black(2339, 1654, CV_8U, cv::Scalar(0));
        QVERIFY(contentBounds(black).area() > 1654 * 2339 / 2);
        QCOMPARE(contentBounds(cv::Mat()), cv::Rect());
        const cv::Mat dot(3, 2, CV_8U, cv::Scalar(250));
        QCOMPARE(contentBounds(dot), cv::Rect(0, 0, 2, 3));
    }
};

QTEST_GUILESS_MAIN(TestContentBounds)
#include "tst_contentbounds.moc"
