// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/ImageHeader.h"

#include <QImageReader>
#include <QSet>
#include <QtEndian>

namespace tallydesk {

namespace {

Expected<QList<QSize>> damaged(const QString& detail) {
    return fail(QStringLiteral("intake.image_damaged"), {}, detail);
}

// Reads numbers of a TIFF in its own byte order (TIFF 6.0, section 2; BigTIFF has 64-bit offsets).
class TiffDirectories {
public:
    explicit TiffDirectories(QIODevice& device) : m_device(device) {}

    Expected<QList<QSize>> sizes(int maxPages) {
        const QByteArray head = at(0, 16);
        if (head.size() < 8)
            return damaged(QStringLiteral("short header"));
        m_bigEndian = head.startsWith("MM");
        m_big = number(head, 2, 2) == 43;
        quint64 offset = m_big ? number(head, 8, 8) : number(head, 4, 4);
        QList<QSize> sizes;
        QSet<quint64> seen;
        while (offset != 0 && sizes.size() <= maxPages) {
            if (seen.contains(offset))
                return damaged(QStringLiteral("directories in a circle"));
            seen.insert(offset);
            if (!readDirectory(offset, sizes))
                return damaged(QStringLiteral("broken directory"));
        }
        if (sizes.isEmpty())
            return damaged(QStringLiteral("no directory"));
        return sizes;
    }

private:
    bool readDirectory(quint64& offset, QList<QSize>& sizes) {
        const int countBytes = m_big ? 8 : 2;
        const int entryBytes = m_big ? 20 : 12;
        const int linkBytes = m_big ? 8 : 4;
        const QByteArray counted = at(offset, countBytes);
        if (counted.size() < countBytes)
            return false;
        const quint64 entries = number(counted, 0, countBytes);
        if (entries == 0 || entries > 4096)
            return false;
        const QByteArray table = at(offset + countBytes, qint64(entries) * entryBytes + linkBytes);
        if (table.size() < qsizetype(entries) * entryBytes)
            return false;
        quint64 width = 0;
        quint64 height = 0;
        for (quint64 i = 0; i < entries; ++i) {
            const int entry = int(i) * entryBytes;
            const quint64 tag = number(table, entry, 2);
            const int valueBytes = number(table, entry + 2, 2) == 3 ? 2 : 4;
            const quint64 value = number(table, entry + (m_big ? 12 : 8), valueBytes);
            if (tag == 256)
                width = value;
            else if (tag == 257)
                height = value;
        }
        if (width == 0 || height == 0 || width > 0x7fffffff || height > 0x7fffffff)
            return false;
        sizes.append(QSize(int(width), int(height)));
        const int link = int(entries) * entryBytes;
        offset = table.size() >= link + linkBytes ? number(table, link, linkBytes) : 0;
        return true;
    }

    QByteArray at(quint64 offset, qint64 bytes) {
        return m_device.seek(qint64(offset)) ? m_device.read(bytes) : QByteArray();
    }

    quint64 number(const QByteArray& bytes, int from, int length) const {
        quint64 value = 0;
        for (int i = 0; i < length && from + i < bytes.size(); ++i) {
            const quint64 byte = uchar(bytes[from + i]);
            value |= byte << (8 * (m_bigEndian ? length - 1 - i : i));
        }
        return value;
    }

    QIODevice& m_device;
    bool m_bigEndian = false;
    bool m_big = false;
};

// RFC 9649: the first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended).
QSize webpSize(const QByteArray& head) {
    const auto byte = [&](int i) { return i < head.size() ? int(uchar(head[i])) : 0; };
    const QByteArray chunk = head.mid(12, 4);
    if (chunk == "VP8X")
        return {1 + (byte(24) | byte(25) << 8 | byte(26) << 16),
                1 + (byte(27) | byte(28) << 8 | byte(29) << 16)};
    if (chunk == "VP8L")
        return {1 + (byte(21) | (byte(22) & 0x3f) << 8),
                1 + (byte(22) >> 6 | byte(23) << 2 | (byte(24) & 0x0f) << 10)};
    if (chunk == "VP8 ")
        return {(byte(26) | byte(27) << 8) & 0x3fff, (byte(28) | byte(29) << 8) & 0x3fff};
    return {};
}

}  // namespace

ScanFormat scanFormat(const QByteArray& head) {
    if (head.startsWith("\xff\xd8\xff"))
        return ScanFormat::Jpeg;
    if (head.startsWith("\x89PNG\r\n\x1a\n"))
        return ScanFormat::Png;
    if (head.startsWith("II*") || head.startsWith(QByteArray("MM\0*", 4)) || head.startsWith("II+") ||
        head.startsWith(QByteArray("MM\0+", 4)))
        return ScanFormat::Tiff;
    if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        return ScanFormat::WebP;
    if (head.startsWith("BM") && head.size() >= 26)
        return ScanFormat::Bmp;
    // Some writers put a few bytes before the mark; readers look for it in the first kilobyte.
    if (head.left(1024).contains("%PDF-"))
        return ScanFormat::Pdf;
    return ScanFormat::Unknown;
}

Expected<QList<QSize>> imageSizes(QIODevice& device, ScanFormat format, int maxPages) {
    device.seek(0);
    if (format == ScanFormat::Tiff)
        return TiffDirectories(device).sizes(maxPages);
    QSize size;
    if (format == ScanFormat::WebP) {
        size = webpSize(device.read(32));
    } else {
        QImageReader reader(&device);
        reader.setDecideFormatFromContent(true);
        size = reader.size();
    }
    if (size.isEmpty())
        return damaged(QStringLiteral("no size in the header"));
    return QList<QSize>{size};
}

bool isComplete(const QByteArray& bytes, ScanFormat format) {
    if (format == ScanFormat::Png)
        return bytes.lastIndexOf("IEND") > 0;
    if (format != ScanFormat::Jpeg)
        return true;
    // Walk to the first scan: an end mark before it belongs to a thumbnail.
    qsizetype at = 2;
    while (at + 4 <= bytes.size() && uchar(bytes[at]) == 0xff) {
        const uchar marker = uchar(bytes[at + 1]);
        if (marker == 0xff) {
            ++at;
            continue;
        }
        const qsizetype length = uchar(bytes[at + 2]) << 8 | uchar(bytes[at + 3]);
        if (marker == 0xda)
            return bytes.indexOf("\xff\xd9", at + 2 + length) > 0;
        at += 2 + length;
    }
    return false;
}

}  // namespace tallydesk
