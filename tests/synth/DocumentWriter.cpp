// SPDX-License-Identifier: GPL-3.0-or-later
#include "DocumentWriter.h"

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <opencv2/imgcodecs.hpp>
#include <vector>

namespace tallydesk::synth {

namespace {

QByteArray encoded(const QImage& page, const char* format, int quality, bool grey) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    (grey ? page.convertToFormat(QImage::Format_Grayscale8) : page).save(&buffer, format, quality);
    return bytes;
}

bool isBlackWhite(const QImage& page) {
    for (int y = 0; y < page.height(); y += 37) {
        const auto* line = reinterpret_cast<const QRgb*>(page.constScanLine(y));
        for (int x = 0; x < page.width(); ++x) {
            const QRgb c = line[x] & 0xFFFFFFU;
            if (c != 0 && c != 0xFFFFFFU) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

QByteArray pdfOf(const QList<QImage>& pages, int quality, bool grey) {
    QByteArray pdf = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
    QList<qsizetype> offsets;
    const auto object = [&](const QByteArray& body) {
        offsets.append(pdf.size());
        pdf += QByteArray::number(offsets.size()) + " 0 obj\n" + body + "\nendobj\n";
    };
    object("<< /Type /Catalog /Pages 2 0 R >>");
    QByteArray kids;
    for (qsizetype i = 0; i < pages.size(); ++i) {
        kids += QByteArray::number(3 + 3 * i) + " 0 R ";
    }
    object("<< /Type /Pages /Count " + QByteArray::number(pages.size()) + " /Kids [ " + kids + "] >>");
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const QImage page = pages.at(i).convertToFormat(QImage::Format_RGB32);
        const QByteArray width = QByteArray::number(page.width() * 72.0 / 200.0, 'f', 2);
        const QByteArray height = QByteArray::number(page.height() * 72.0 / 200.0, 'f', 2);
        const QByteArray first = QByteArray::number(3 + 3 * i + 1);
        object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 " + width + ' ' + height + "] /Contents " +
               first + " 0 R /Resources << /XObject << /Im " + QByteArray::number(3 + 3 * i + 2) +
               " 0 R >> >> >>");
        const QByteArray draw = "q " + width + " 0 0 " + height + " 0 0 cm /Im Do Q";
        object("<< /Length " + QByteArray::number(draw.size()) + " >>\nstream\n" + draw + "\nendstream");
        QByteArray head = "<< /Type /XObject /Subtype /Image /Width " + QByteArray::number(page.width()) +
                          " /Height " + QByteArray::number(page.height());
        QByteArray data;
        if (isBlackWhite(page)) {
            const QImage bits = page.convertToFormat(QImage::Format_Grayscale8);
            for (int y = 0; y < bits.height(); ++y) {
                const uchar* line = bits.constScanLine(y);
                for (int x = 0; x < bits.width(); x += 8) {
                    uchar byte = 0;
                    for (int k = 0; k < 8 && x + k < bits.width(); ++k) {
                        byte = static_cast<uchar>(byte | (line[x + k] > 127 ? 0x80 >> k : 0));
                    }
                    data += static_cast<char>(byte);
                }
            }
            data = qCompress(data, 9).mid(4);  // without Qt's length: a plain zlib stream
            head += " /ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode";
        } else {
            data = encoded(page, "JPG", quality, grey);
            head += QByteArray(" /ColorSpace ") + (grey ? "/DeviceGray" : "/DeviceRGB") +
                    " /BitsPerComponent 8 /Filter /DCTDecode";
        }
        object(head + " /Length " + QByteArray::number(data.size()) + " >>\nstream\n" + data + "\nendstream");
    }
    const qsizetype table = pdf.size();
    pdf += "xref\n0 " + QByteArray::number(offsets.size() + 1) + "\n0000000000 65535 f \n";
    for (const qsizetype offset : std::as_const(offsets)) {
        pdf += QByteArray::number(offset).rightJustified(10, '0') + " 00000 n \n";
    }
    pdf += "trailer\n<< /Size " + QByteArray::number(offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" +
           QByteArray::number(table) + "\n%%EOF\n";
    return pdf;
}

Expected<void> writeBytes(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(QStringLiteral("synth.write_failed"), {path}, file.errorString());
    }
    return {};
}

Expected<QStringList> writeDocument(const QString& folder, const QString& name, const QString& format,
                                    const QList<QImage>& pages, int quality, bool grey) {
    const auto write = [&](const QString& file, const QByteArray& bytes) -> Expected<QStringList> {
        const Expected<void> done = writeBytes(QDir(folder).filePath(file), bytes);
        if (!done) {
            return tl::make_unexpected(done.error());
        }
        return QStringList{file};
    };
    if (format == QStringLiteral("pdf")) {
        return write(name + QStringLiteral(".pdf"), pdfOf(pages, quality, grey));
    }
    if (format == QStringLiteral("tiff")) {
        std::vector<cv::Mat> mats;
        for (const QImage& page : pages) {
            const QImage image =
                page.convertToFormat(grey ? QImage::Format_Grayscale8 : QImage::Format_BGR888);
            mats.push_back(cv::Mat(image.height(), image.width(), grey ? CV_8UC1 : CV_8UC3,
                                   const_cast<uchar*>(image.constBits()),
                                   static_cast<std::size_t>(image.bytesPerLine()))
                               .clone());
        }
        const QString file = name + QStringLiteral(".tiff");
        const QString path = QDir(folder).filePath(file);
        if (!cv::imwritemulti(QFile::encodeName(path).toStdString(), mats)) {
            return fail(QStringLiteral("synth.write_failed"), {path});
        }
        return QStringList{file};
    }
    QStringList names;
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const bool jpeg = format == QStringLiteral("jpg");
        const Expected<QStringList> done =
            write(QStringLiteral("%1-%2.%3").arg(name, QString::number(i + 1), format),
                  encoded(pages.at(i), jpeg ? "JPG" : "PNG", jpeg ? quality : 50, grey));
        if (!done) {
            return done;
        }
        names += *done;
    }
    return names;
}

}  // namespace tallydesk::synth
