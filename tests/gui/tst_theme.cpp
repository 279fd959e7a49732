// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QTest>
#include <cmath>

#include "gui/Icons.h"
#include "gui/StyleSheet.h"
#include "gui/Theme.h"

using namespace tallydesk;

namespace {

double luminance(const QColor& colour) {
    const auto part = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

double contrast(const QColor& first, const QColor& second) {
    const double a = luminance(first) + 0.05;
    const double b = luminance(second) + 0.05;
    return a > b ? a / b : b / a;
}

}  // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsReadable() {
        for (const Theme& theme : {Theme::light(), Theme::dark()}) {
            for (const QColor& ground : {theme.surface, theme.bg, theme.raised, theme.selrow}) {
                QVERIFY(contrast(theme.text, ground) >= 4.5);
                QVERIFY(contrast(theme.text2, ground) >= 4.5);
            }
            QVERIFY(contrast(theme.onaccent, theme.accent) >= 4.5);
            QVERIFY(contrast(theme.onaccent, theme.accent2) >= 4.5);
            QVERIFY(contrast(theme.ok, theme.okTint) >= 4.5);
            QVERIFY(contrast(theme.warn, theme.warnTint) >= 4.5);
            QVERIFY(contrast(theme.err, theme.errTint) >= 4.5);
            QVERIFY(contrast(theme.edge, theme.surface) >= 3.0);
        }
    }

    void styleSheetLeavesNoPlaceholder() {
        for (const Theme& theme : {Theme::light(), Theme::dark()})
            QVERIFY(!styleSheet(theme).contains(QRegularExpression(QStringLiteral("\\{\\w+\\}"))));
    }

    void everyIconIsDrawnInTheThemesColour() {
        const Theme theme = Theme::light();
        const QStringList files = QDir(QStringLiteral(":/icons/actions")).entryList();
        QVERIFY(files.size() > 30);
        for (const QString& file : files) {
            const QIcon icon = Icons::action(file.chopped(4), theme);
            const QImage image = icon.pixmap(22, 22).toImage();
            bool coloured = false;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    coloured = coloured || (image.pixelColor(x, y).alpha() > 200 &&
                                            contrast(image.pixelColor(x, y), theme.text) < 1.1);
            QVERIFY2(coloured, qPrintable(file));
        }
    }

    void everySignHasAShapeOfItsOwn() {
        QList<QImage> shapes;
        for (int i = 0; i <= static_cast<int>(Sign::Skipped); ++i)
            shapes.append(Icons::sign(static_cast<Sign>(i), Theme::light())
                              .pixmap(32, 32)
                              .toImage()
                              .convertToFormat(QImage::Format_Alpha8));
        for (qsizetype i = 0; i < shapes.size(); ++i)
            for (qsizetype j = 0; j < i; ++j)
                QVERIFY2(shapes[i] != shapes[j], qPrintable(QString::number(i)));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
