// SPDX-License-Identifier: GPL-3.0-or-later
#include "FormSheet.h"

#include <QFont>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QRegularExpression>
#include <algorithm>

namespace tallydesk::synth {

namespace {

constexpr double kLeft = 128;
constexpr double kRight = 1552;
constexpr double kTableLeft = 140;
constexpr double kTableRight = 1540;

/// Laksaman has the letters of the official Thai document font, but stands larger and wider.
QFont face(double pixels, bool bold = false) {
    QFont font(QStringLiteral("Laksaman"));
    font.setPixelSize(static_cast<int>(0.81 * pixels));
    font.setStretch(90);
    font.setBold(bold);
    return font;
}

/// A bird with spread wings, crown and tail: stands for the state emblem.
void drawEmblem(QPainter& painter, QPointF centre) {
    painter.save();
    painter.translate(centre);
    painter.setPen(QPen(QColor(25, 25, 25), 3));
    painter.setBrush(QColor(25, 25, 25));
    for (const int side : {-1, 1}) {
        for (int feather = 0; feather < 7; ++feather) {
            QPainterPath wing(QPointF(side * 18, -34 + feather * 4));
            wing.cubicTo(side * (52 + feather * 2), -82 + feather * 8, side * (96 - feather * 3),
                         -66 + feather * 14, side * (100 - feather * 9), -88 + feather * 26);
            wing.cubicTo(side * (84 - feather * 6), -48 + feather * 13, side * (56), -40 + feather * 10,
                         side * 20, -20 + feather * 5);
            painter.setBrush(feather % 2 ? QBrush(Qt::white) : QBrush(QColor(25, 25, 25)));
            painter.drawPath(wing);
        }
        painter.setBrush(QColor(25, 25, 25));
        QPainterPath leg(QPointF(side * 12, 30));
        leg.cubicTo(side * 58, 40, side * 60, 62, side * 34, 84);
        leg.cubicTo(side * 46, 66, side * 36, 56, side * 8, 52);
        painter.drawPath(leg);
    }
    QPainterPath body(QPointF(0, -100));
    body.cubicTo(10, -80, 16, -66, 16, -56);
    body.cubicTo(30, -30, 30, 20, 0, 62);
    body.cubicTo(-30, 20, -30, -30, -16, -56);
    body.cubicTo(-16, -66, -10, -80, 0, -100);
    painter.drawPath(body);
    painter.setBrush(Qt::white);
    painter.drawEllipse(QPointF(0, -50), 9, 10);
    for (int y = -20; y < 44; y += 13) {
        painter.drawArc(QRectF(-15, y, 30, 14), 180 * 16, 180 * 16);
    }
    painter.restore();
}

class Press {
public:
    Press(const FormTemplate& form, const BallotContent& content)
        : m_form(form), m_content(content), m_texts(FormTexts::of(form)) {}

    QList<PrintedPage> run() {
        QList<int> rows;
        for (const WrittenRow& row : m_content.rows) {
            rows.append(row.no);
        }
        double y = 0;
        bool totalDue = true;
        const bool plan = m_form.rowsFixed;
        for (const PagePlan& page : m_form.pages) {
            if (page.firstRow == 0) {
                continue;
            }
            begin();
            y = page.hasFigures ? firstPageHead() : laterPageHead();
            QList<int> here;
            const qsizetype room = static_cast<qsizetype>((2250 - y - 100) / 64) - (page.hasTotal ? 1 : 0);
            while (!rows.isEmpty() && (plan ? rows.first() <= page.lastRow : here.size() < room)) {
                here.append(rows.takeFirst());
            }
            const bool total = page.hasTotal && rows.isEmpty();
            y = table(y, here, total);
            totalDue = totalDue && !total;
            end();
        }
        begin();
        y = laterPageHead();
        if (!rows.isEmpty() || totalDue) {
            y = table(y, rows, totalDue) + 20;
        }
        signatures(y);
        end();
        return m_pages;
    }

private:
    void begin() {
        m_pages.append(PrintedPage{QImage(kPageWidth, kPageHeight, QImage::Format_RGB32), {}});
        m_pages.last().image.fill(Qt::white);
        m_painter.begin(&m_pages.last().image);
        m_painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
        m_painter.setPen(QColor(35, 35, 38));
    }
    void end() { m_painter.end(); }

    void text(double x, double baseline, const QString& string, const QFont& font) {
        m_painter.setFont(font);
        m_painter.drawText(QPointF(x, baseline), string);
    }
    void centred(double x, double baseline, const QString& string, const QFont& font) {
        text(x - QFontMetricsF(font).horizontalAdvance(string) / 2, baseline, string, font);
    }
    void dots(double x, double baseline, double width) {
        const QFont font = face(36);
        const double dot = QFontMetricsF(font).horizontalAdvance(u'.');
        text(x, baseline, QString(static_cast<qsizetype>(width / dot), u'.'), font);
    }
    void blank(Blank::Kind kind, const QString& key, int row, double x, double baseline, double width) {
        m_pages.last().blanks.append({kind, key, row, QRectF(x, baseline - 44, width, 44)});
    }

    void codeBoxes() {
        const bool list = m_form.partyList;
        const QRectF code(list ? 1210 : 1336, 104, list ? 244 : 180, 76);
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(QColor(35, 35, 38), 2.5));
        m_painter.drawRect(code);
        centred(code.center().x(), code.center().y() + 14, thaiNumerals(m_form.displayCode), face(38));
        const QRectF colour(code.right() - 140, 194, 140, 72);
        m_painter.setPen(QPen(QColor(35, 35, 38), 3.5));
        m_painter.drawRect(colour);
        centred(colour.center().x(), colour.center().y() + 14, QStringLiteral("สีขาว"), face(40, true));
        m_painter.setPen(QColor(35, 35, 38));
    }

    double laterPageHead() {
        centred(940, 66, m_texts.copyLine, face(41, true));
        centred(760, 190, QStringLiteral("- %1 -").arg(thaiNumerals(QString::number(m_pages.size()))),
                face(40));
        codeBoxes();
        return 304;
    }

    double firstPageHead() {
        centred(950, 58, m_texts.copyLine, face(41, true));
        drawEmblem(m_painter, QPointF(826, 172));
        codeBoxes();
        centred(826, 322, m_texts.title, face(m_texts.title.size() > 80 ? 40 : 42, true));
        double y = 322;
        for (const PrintedLine& line : m_texts.paragraph) {
            y += line.text.startsWith(u'-') ? 46 : 53;
            printLine(line, y);
        }
        for (const FigureLine& line : m_texts.figures) {
            y += 53;
            figureLine(line, y);
        }
        return y + 22;
    }

    void printLine(const PrintedLine& line, double y) {
        static const QRegularExpression marks(QStringLiteral("\\{([^:}]+):(\\d+)\\}"));
        QFont font = face(41, line.bold);
        struct Part {
            QString text;
            double width;
            bool isBlank;
        };
        QList<Part> parts;
        qsizetype from = 0;
        double total = 0;
        qsizetype gaps = 0;
        const auto addText = [&](const QString& piece) {
            if (!piece.isEmpty()) {
                parts.append({piece, QFontMetricsF(font).horizontalAdvance(piece), false});
                total += parts.last().width;
                gaps += piece.size();
            }
        };
        for (auto it = marks.globalMatch(line.text); it.hasNext();) {
            const QRegularExpressionMatch match = it.next();
            addText(line.text.mid(from, match.capturedStart() - from));
            parts.append({match.captured(1), match.captured(2).toDouble(), true});
            total += parts.last().width;
            from = match.capturedEnd();
        }
        addText(line.text.mid(from));
        const double room = kRight - kLeft - line.indent;
        double stretch = 1.0;
        if (total > room || line.spread) {
            stretch = room / total;
        }
        double x = line.centred ? (kPageWidth - total * stretch) / 2 : kLeft + line.indent;
        for (const Part& part : parts) {
            const double width = part.width * stretch;
            if (part.isBlank) {
                dots(x, y, width);
                const bool literal = part.text.startsWith(u'=');
                const bool figure = m_form.figure(part.text) != nullptr;
                blank(literal  ? Blank::Kind::Text
                      : figure ? Blank::Kind::FigureDigits
                               : Blank::Kind::Header,
                      literal ? part.text.mid(1) : part.text, 0, x, y, width);
            } else {
                // Word processors set such lines wider letter by letter; a gentle stretch looks the same.
                m_painter.save();
                m_painter.translate(x, y);
                m_painter.scale(stretch, 1.0);
                text(0, 0, part.text, font);
                m_painter.restore();
            }
            x += width;
        }
    }

    void figureLine(const FigureLine& line, double y) {
        const QFont font = face(41);
        if (line.key.isEmpty()) {
            printLine({line.label, line.indent, line.spread, false, false}, y);
            return;
        }
        text(kLeft + line.indent, y, line.label, font);
        double x = std::max(kLeft + line.blankAt,
                            kLeft + line.indent + QFontMetricsF(font).horizontalAdvance(line.label) + 14);
        if (!line.lead.isEmpty()) {
            text(x, y, line.lead, font);
            x += QFontMetricsF(font).horizontalAdvance(line.lead);
        }
        const double width = line.words ? 118 : 128;
        dots(x, y, width);
        blank(Blank::Kind::FigureDigits, line.key, 0, x, y, width);
        x += width + 10;
        text(x, y, line.words ? line.unit + QStringLiteral(" (") : line.unit, font);
        x += QFontMetricsF(font).horizontalAdvance(line.unit + QStringLiteral(" (")) + 2;
        if (line.words) {
            dots(x, y, kTableRight - 14 - x);
            text(kTableRight - 12, y, QStringLiteral(")"), font);
            blank(Blank::Kind::FigureWords, line.key, 0, x, y, kTableRight - 16 - x);
        }
    }

    QList<double> columns() const {
        if (m_form.partyList) {
            return {kTableLeft, 462, 880, kTableRight};
        }
        return {kTableLeft, 348, 722, 970, kTableRight};
    }

    void score(double top, double height, int row) {
        const QList<double> edges = columns();
        const double x = edges.at(edges.size() - 2) + 18;
        const double width = edges.last() - x - 30;
        const double digits = width * 0.25;
        const double y = top + height * 0.72;
        const bool total = row == 0;
        const Blank::Kind kind = total ? Blank::Kind::TotalDigits : Blank::Kind::RowDigits;
        if (!m_form.rowsHaveWords) {
            // People begin in the middle of a cell that asks for one number.
            dots(x, y, width);
            blank(kind, {}, row, x + width * 0.35, y, width * 0.4);
            return;
        }
        dots(x, y, digits);
        text(x + digits, y, QStringLiteral("("), face(36));
        dots(x + digits + 13, y, width - digits - 13);
        text(x + width, y, QStringLiteral(")"), face(36));
        blank(kind, {}, row, x, y, digits);
        blank(total ? Blank::Kind::TotalWords : Blank::Kind::RowWords, {}, row, x + digits + 16, y,
              width - digits - 20);
    }

    double table(double top, const QList<int>& rows, bool total) {
        const QList<double> edges = columns();
        const double head = 100;
        const qsizetype lines = rows.size() + (total ? 1 : 0);
        const double height =
            std::clamp((2250.0 - top - head) / static_cast<double>(std::max<qsizetype>(lines, 1)), 62.0,
                       m_form.partyList        ? 73.0
                       : m_content.namesByHand ? 66.0
                                               : 84.0);
        QList<QList<QString>> heads = {m_texts.numberHead, m_texts.nameHead, m_texts.partyHead,
                                       m_texts.scoreHead};
        if (m_form.partyList) {
            heads.removeAt(1);
        }
        for (qsizetype column = 0; column < heads.size(); ++column) {
            const double middle = (edges.at(column) + edges.at(column + 1)) / 2;
            centred(middle, top + 40, heads.at(column).first(), face(column == 0 ? 34 : 37, true));
            centred(middle, top + 84, heads.at(column).last(), face(37, true));
        }
        double y = top + head;
        QList<double> rules = {top, y};
        for (const int no : rows) {
            const WrittenRow& row = m_content.rows.at(no - 1);
            const double baseline = y + height * 0.5 + 13;
            centred((edges.at(0) + edges.at(1)) / 2, baseline, thaiNumerals(QString::number(no)), face(40));
            const qsizetype partyColumn = m_form.partyList ? 1 : 2;
            if (m_content.namesByHand) {
                blank(Blank::Kind::RowName, {}, no, edges.at(1) + 8, baseline + 6,
                      edges.at(2) - edges.at(1) - 14);
                blank(Blank::Kind::RowParty, {}, no, edges.at(2) + 8, baseline + 6,
                      edges.at(3) - edges.at(2) - 12);
            } else {
                if (!m_form.partyList) {
                    text(edges.at(1) + 16, baseline, row.name, face(39));
                    centred((edges.at(2) + edges.at(3)) / 2, baseline, row.party, face(39));
                } else {
                    text(edges.at(partyColumn) + 14, baseline, row.party, face(40));
                }
            }
            score(y, height, no);
            y += height;
            rules.append(y);
        }
        const double rowsBottom = y;
        if (total) {
            centred((edges.first() + edges.at(edges.size() - 2)) / 2, y + height * 0.5 + 13,
                    m_form.totalLabel.th, face(41, true));
            score(y, height, 0);
            y += height;
            rules.append(y);
        }
        m_painter.setPen(QPen(QColor(45, 45, 48), 3));
        for (const double rule : rules) {
            m_painter.drawLine(QPointF(edges.first(), rule), QPointF(edges.last(), rule));
        }
        for (qsizetype i = 0; i < edges.size(); ++i) {
            const bool outer = i == 0 || i + 2 >= edges.size();
            m_painter.drawLine(QPointF(edges.at(i), top), QPointF(edges.at(i), outer ? y : rowsBottom));
        }
        m_painter.setPen(QColor(35, 35, 38));
        return y;
    }

    void signatures(double y) {
        printLine({QStringLiteral("ประกาศ  ณ  วันที่ {=8:120} เดือน {=กุมภาพันธ์:220} พ.ศ. {=2569:130}"), 0, false,
                   false, true},
                  y + 30);
        y += 115;
        signature(530, y, m_texts.chair, 310);
        y += 140;
        for (int line = 0; line < 4; ++line) {
            signature(160, y, m_texts.member, 240);
            signature(860, y, m_texts.member, 240);
            y += 118;
        }
        centred(826, y + 20,
                QStringLiteral("( "
                               "สำหรับระบุเหตุที่ผลการนับคะแนนเลือกตั้งปรากฏจำนวนผู้มาใช้สิทธิเลือกตั้งไม่ตรงกับจำนวนบัตรเลือกตั้งที่ใ"
                               "ช้ออกเสียงลงคะแนน )"),
                face(36));
        for (int line = 0; line < m_texts.explanationLines; ++line) {
            y += 60;
            dots(160, y + 20, 1360);
        }
        const QStringList remarks = {
            QStringLiteral("หมายเหตุ : %1 จัดทำจำนวน ๓ ชุด").arg(thaiNumerals(m_form.displayCode)),
            QStringLiteral("          ๑. ปิดประกาศ ณ ที่เลือกตั้ง จำนวน ๑ ชุด"),
            QStringLiteral("          ๒. ใส่ถุงวัสดุใสซึ่งบรรจุบัตรเลือกตั้งที่นับเป็นคะแนนแล้ว จำนวน ๑ ชุด"),
            QStringLiteral("          ๓. เก็บไว้ในเล่มเพื่อส่งคณะกรรมการการเลือกตั้งประจำเขตเลือกตั้ง จำนวน ๑ ชุด")};
        y += 30;
        for (const QString& remark : remarks) {
            y += 42;
            text(180, y, remark, face(32));
        }
    }

    void signature(double x, double y, const QString& office, double width) {
        const QFont font = face(37);
        text(x, y, QStringLiteral("(ลงชื่อ)"), font);
        dots(x + 100, y, width);
        blank(Blank::Kind::Signature, {}, 0, x + 120, y, width - 60);
        text(x + 108 + width, y, office, font);
        text(x + 60, y + 44, QStringLiteral("("), font);
        dots(x + 72, y + 44, width + 60);
        text(x + 136 + width, y + 44, QStringLiteral(")"), font);
        blank(Blank::Kind::Name, {}, 0, x + 84, y + 44, width + 40);
    }

    const FormTemplate& m_form;
    const BallotContent& m_content;
    FormTexts m_texts;
    QList<PrintedPage> m_pages;
    QPainter m_painter;
};

}  // namespace

QList<PrintedPage> printForm(const FormTemplate& form, const BallotContent& content) {
    return Press(form, content).run();
}

QImage printCoverLetter() {
    QImage image(kPageWidth, kPageHeight, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setPen(QColor(35, 35, 38));
    painter.setFont(face(64, true));
    painter.drawText(QPointF(640, 250), QStringLiteral("บันทึกข้อความ"));
    painter.setFont(face(42));
    double y = 360;
    for (const QString& line :
         {QStringLiteral("ส่วนราชการ  สำนักงานคณะกรรมการการเลือกตั้งประจำจังหวัด"),
          QStringLiteral("เรื่อง  ขอนำส่งเอกสาร"), QStringLiteral("เรียน  ผู้อำนวยการ"),
          QStringLiteral("          ตามที่ได้มอบหมายให้รวบรวมเอกสาร บัดนี้ได้ดำเนินการเรียบร้อยแล้ว จึงขอนำส่งมาพร้อมนี้"),
          QStringLiteral("          จึงเรียนมาเพื่อโปรดทราบ")}) {
        painter.drawText(QPointF(170, y), line);
        y += 78;
    }
    return image;
}

}  // namespace tallydesk::synth
