// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/FuzzyText.h"

#include <algorithm>
#include <vector>

namespace tallydesk {

QString bareText(const QString& text) {
    QString bare;
    for (const QChar c : text.normalized(QString::NormalizationForm_KC)) {
        const ushort code = c.unicode();
        if (code >= 0x0e47 && code <= 0x0e4e)
            continue;  // tone marks and other small signs above letters, the first that print loses
        if (c.isDigit())
            bare.append(QChar(u'0' + c.digitValue()));
        else if (c.isLetter() || c.isMark())
            bare.append(c.toLower());
    }
    return bare;
}

QString baseLetters(const QString& text) {
    QString base;
    for (const QChar c : bareText(text)) {
        if (!c.isMark())
            base.append(c);
    }
    return base;
}

double occurrence(const QString& pattern, const QString& text) {
    const qsizetype n = pattern.size();
    if (n == 0)
        return 0.0;
    std::vector<int> column(size_t(n) + 1);
    for (qsizetype i = 0; i <= n; ++i)
        column[size_t(i)] = int(i);
    int fewest = column.back();
    for (const QChar c : text) {
        int diagonal = column[0];
        for (qsizetype i = 1; i <= n; ++i) {
            const size_t k = size_t(i);
            const int replaced = diagonal + (pattern[i - 1] == c ? 0 : 1);
            diagonal = column[k];
            column[k] = std::min({replaced, column[k] + 1, column[k - 1] + 1});
        }
        fewest = std::min(fewest, column.back());
    }
    return 1.0 - double(fewest) / double(n);
}

}  // namespace tallydesk
