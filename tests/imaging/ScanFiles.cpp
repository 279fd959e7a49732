// SPDX-License-Identifier: GPL-3.0-or-later
#include "ScanFiles.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QFont>
#include <QJsonArray>
#include <QPainter>
#include <QPdfWriter>
#include <algorithm>

namespace tallydesk::test {

namespace {

constexpr int pageWidth = 1654;
constexpr int pageHeight = 2339;

QFont thai(int pixels) {
    QFont font(QStringLiteral("Laksaman"));
    font.setPixelSize(pixels);
    return font;
}

void drawTable(QPainter& p, const FormTemplate& form, const PagePlan& plan, int top) {
    const int left = 130;
    const int width = 1400;
    const int pitch = 66;
    const int rows = plan.lastRow - plan.firstRow + 1;
    const int bands = 1 + rows + (plan.hasTotal ? 1 : 0);
    QList<int> lines{left};
    const QJsonArray columns =
        form.layout.value(QLatin1String("table")).toObject().value(QLatin1String("columns")).toArray();
    for (const QJsonValue& column : columns)
        lines.append(lines.last() + int(width * column.toObject().value(QLatin1String("width")).toDouble()));
    p.setPen(QPen(Qt::black, 3));
    for (int band = 0; band <= bands; ++band)
        p.drawLine(left, top + band * pitch, lines.last(), top + band * pitch);
    for (int i = 0; i < lines.size(); ++i) {
        const bool merged = plan.hasTotal && i > 0 && i + 2 < lines.size();
        p.drawLine(lines[i], top, lines[i], top + (bands - (merged ? 1 : 0)) * pitch);
    }
    p.setFont(thai(34));
    p.drawText(left + 20, top + 45, QStringLiteral("หมายเลข"));
    p.drawText(lines[lines.size() - 2] + 120, top + 45, QStringLiteral("ได้คะแนน"));
    for (int row = 0; row < rows; ++row) {
        const int y = top + (row + 1) * pitch + 46;
        p.drawText(left + 60, y, QString::number(plan.firstRow + row));
        p.drawText(lines[lines.size() - 2] + 40, y, QString::number(7 * row + 3));
    }
    if (plan.hasTotal)
        p.drawText(left + 60, top + (rows + 1) * pitch + 46, QStringLiteral("รวมคะแนนทั้งสิ้น"));
}

void drawSignatures(QPainter& p, int top) {
    p.setFont(thai(38));
    for (int i = 0; i < 5; ++i) {
        p.drawText(150, top + i * 130, QStringLiteral("(ลงชื่อ) ........................... กรรมการนับคะแนน"));
        p.drawText(880, top + i * 130, QStringLiteral("(ลงชื่อ) ........................... กรรมการนับคะแนน"));
    }
    p.drawText(150, top + 750, QStringLiteral("หมายเหตุ ปิดประกาศ ณ สถานที่นับคะแนน จำนวนหนึ่งชุด"));
}

}  // namespace

QImage drawFormPage(const FormTemplate& form, int place) {
    QImage page(pageWidth, pageHeight, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter p(&page);
    p.setPen(QPen(Qt::black, 3));
    p.setFont(thai(38));
    p.drawRect(1300, 110, 240, 66);
    p.drawText(QRect(1300, 110, 240, 66), Qt::AlignCenter, form.boxTexts.value(0));
    const PagePlan& plan = form.pages.at(place);
    if (place == 0) {
        p.setFont(thai(42));
        p.drawText(QRect(60, 300, pageWidth - 120, 60), Qt::AlignCenter, form.title.th);
        p.setFont(thai(38));
        int y = 460;
        for (const HeaderField& field : form.header) {
            p.drawText(150, y,
                       field.printed.value(0) + QStringLiteral(" ........................................"));
            y += 62;
        }
        for (const FigureField& figure : form.figures) {
            p.drawText(150, y,
                       figure.item + u' ' + figure.label.th + QStringLiteral(" จำนวน ........... บัตร"));
            y += 58;
        }
        if (plan.lastRow > 0)
            drawTable(p, form, plan, std::max(y + 20, 1100));
    } else if (plan.lastRow > 0) {
        p.drawText(800, 150, QStringLiteral("- %1 -").arg(place + 1));
        drawTable(p, form, plan, 260);
    } else {
        drawSignatures(p, 400);
    }
    return page;
}

QImage drawLetter() {
    QImage page(pageWidth, pageHeight, QImage::Format_RGB32);
    page.fill(Qt::white);
    QPainter p(&page);
    p.setFont(thai(40));
    const QStringList lines{QStringLiteral("ที่ว่าการอำเภอเมือง ถนนไชยบูรณ์"),
                            QStringLiteral("เรื่อง ขอส่งเอกสารทางราชการ"),
                            QStringLiteral("เรียน ผู้อำนวยการสำนักงาน"),
                            QStringLiteral("ตามที่ท่านได้แจ้งให้จัดส่งเอกสารภายในวันที่กำหนดนั้น"),
                            QStringLiteral("บัดนี้ได้ดำเนินการเรียบร้อยแล้ว จึงเรียนมาเพื่อโปรดทราบ"),
                            QStringLiteral("ขอแสดงความนับถือ")};
    for (int i = 0; i < lines.size(); ++i)
        p.drawText(220, 400 + i * 110, lines.at(i));
    return page;
}

void writePdf(const QString& path, const QList<QImage>& pages) {
    QDir().mkpath(QFileInfo(path).path());
    QPdfWriter writer(path);
    writer.setPageMargins(QMarginsF(0, 0, 0, 0));
    writer.setResolution(200);
    QPainter p;
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const QImage& page = pages.at(i);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageOrientation(page.width() > page.height() ? QPageLayout::Landscape
                                                               : QPageLayout::Portrait);
        if (i == 0)
            p.begin(&writer);
        else
            writer.newPage();
        p.drawImage(QRect(0, 0, writer.width(), writer.height()), page);
    }
    p.end();
}

QByteArray encryptedPdf() {
    const QByteArray secret = QByteArray(32, 'a').toHex();
    const QList<QByteArray> objects{
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        "<< /Filter /Standard /V 1 /R 2 /O <" + secret + "> /U <" + secret + "> /P -4 >>"};
    QByteArray pdf = "%PDF-1.4\n";
    QByteArray table = "0000000000 65535 f \n";
    for (qsizetype i = 0; i < objects.size(); ++i) {
        table += QByteArray::number(pdf.size()).rightJustified(10, '0') + " 00000 n \n";
        pdf += QByteArray::number(i + 1) + " 0 obj\n" + objects.at(i) + "\nendobj\n";
    }
    const QByteArray start = QByteArray::number(pdf.size());
    const QByteArray id = QByteArray(16, 'b').toHex();
    pdf += "xref\n0 5\n" + table + "trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<" + id + "> <" + id +
           ">] >>\nstartxref\n" + start + "\n%%EOF\n";
    return pdf;
}

QByteArray pngHeader(quint32 width, quint32 height) {
    const auto bigEndian = [](quint32 value) {
        QByteArray bytes;
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.append(char(value >> shift));
        return bytes;
    };
    const auto chunk = [&](const QByteArray& body) {
        quint32 crc = 0xffffffffU;  // PNG specification, annex D
        for (const char c : body) {
            crc ^= uchar(c);
            for (int bit = 0; bit < 8; ++bit)
                crc = (crc & 1U) != 0 ? 0xedb88320U ^ (crc >> 1U) : crc >> 1U;
        }
        return bigEndian(quint32(body.size()) - 4) + body + bigEndian(~crc);
    };
    return QByteArray("\x89PNG\r\n\x1a\n") +
           chunk("IHDR" + bigEndian(width) + bigEndian(height) + QByteArray("\x08\x00\x00\x00\x00", 5)) +
           chunk("IDAT" + QByteArray("\x78\x9c\x03\x00\x00\x00\x00\x01", 8)) + chunk("IEND");
}

QByteArray withOrientation(const QByteArray& jpeg, int orientation) {
    QByteArray exif("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25);
    exif.append(char(orientation));
    exif.append(QByteArray(6, '\0'));
    const int length = int(exif.size()) + 2;
    QByteArray segment("\xff\xe1");
    segment.append(char(length >> 8)).append(char(length & 0xff)).append(exif);
    return jpeg.left(2) + segment + jpeg.mid(2);
}

void writeFile(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("can't write %s", qPrintable(path));
}

QByteArray jpegBytes(const QImage& image) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPG", 80);
    return bytes;
}

}  // namespace tallydesk::test
