// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/CsvRecords.h"

namespace tallydesk {

namespace {

bool startsFormula(QChar c) {
    return c.unicode() < 0x20 || c.unicode() == 0x7f || QStringLiteral("=+-@").contains(c);
}

}  // namespace

CsvRecords::CsvRecords(QIODevice& device, bool byteOrderMark) : m_out(device) {
    if (byteOrderMark)
        m_out.write(QByteArrayLiteral("\xEF\xBB\xBF"));
}

QString CsvRecords::cell(const QString& text) {
    // Programs that split at ';' or a tab (as spreadsheets of many countries do) see cells begin there too.
    QString safe;
    bool quote = false;
    bool begins = true;
    for (const QChar c : text) {
        if (begins && startsFormula(c))
            safe.append(u'\'');
        begins = c == u';' || c == u'\t';
        quote = quote || begins || c == u',' || c == u'"' || c == u'\n' || c == u'\r';
        safe.append(c);
    }
    if (!quote)
        return safe;
    safe.replace(u'"', QStringLiteral("\"\""));
    return u'"' + safe + u'"';
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
