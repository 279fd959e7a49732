// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/CsvRecords.h"

namespace tallydesk {

CsvRecords::CsvRecords(QIODevice& device, bool byteOrderMark) : m_out(device) {
    if (byteOrderMark)
        m_out.write(QByteArrayLiteral("\xEF\xBB\xBF"));
}

QString CsvRecords::cell(QString text) {
    if (!text.isEmpty()) {
        const QChar first = text.front();
        if (first.unicode() < 0x20 || first.unicode() == 0x7f || QStringLiteral("=+-@").contains(first))
            text.prepend(u'\'');
    }
    bool quote = false;
    for (const QChar c : text)
        quote = quote || c == u',' || c == u'"' || c == u'\n' || c == u'\r';
    if (!quote)
        return text;
    text.replace(u'"', QStringLiteral("\"\""));
    return u'"' + text + u'"';
}

void CsvRecords::add(const QStringList& cells) {
    QStringList written;
    written.reserve(cells.size());
    for (const QString& text : cells)
        written.append(cell(text));
    m_out.write(written.join(u',').toUtf8() + QByteArrayLiteral("\r\n"));
}

Expected<void> CsvRecords::finish() {
    return m_out.finish();
}

}  // namespace tallydesk
