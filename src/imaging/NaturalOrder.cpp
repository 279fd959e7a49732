// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/NaturalOrder.h"

namespace tallydesk {

namespace {

// The end of the digit run that starts at `from`, and the start of its significant digits.
struct DigitRun {
    qsizetype first;
    qsizetype end;
};

DigitRun digitRun(QStringView text, qsizetype from) {
    qsizetype end = from;
    while (end < text.size() && text[end].isDigit())
        ++end;
    qsizetype first = from;
    while (first + 1 < end && text[first].digitValue() == 0)
        ++first;
    return {first, end};
}

int compareRuns(QStringView a, const DigitRun& ra, QStringView b, const DigitRun& rb) {
    if (ra.end - ra.first != rb.end - rb.first)
        return ra.end - ra.first < rb.end - rb.first ? -1 : 1;
    for (qsizetype i = 0; i < ra.end - ra.first; ++i) {
        const int difference = a[ra.first + i].digitValue() - b[rb.first + i].digitValue();
        if (difference != 0)
            return difference;
    }
    return 0;
}

}  // namespace

int compareNaturally(QStringView a, QStringView b) {
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i].isDigit() && b[j].isDigit()) {
            const DigitRun ra = digitRun(a, i);
            const DigitRun rb = digitRun(b, j);
            if (const int order = compareRuns(a, ra, b, rb); order != 0)
                return order;
            i = ra.end;
            j = rb.end;
            continue;
        }
        if (a[i] != b[j]) {
            // A folder's content stays together: the separator sorts before every other character.
            if (a[i] == u'/' || b[j] == u'/')
                return a[i] == u'/' ? -1 : 1;
            // Beside a letter all digits are one character, as among themselves they have one order.
            const auto place = [](QChar c) { return c.isDigit() ? QChar(u'0') : c; };
            return place(a[i]) < place(b[j]) ? -1 : 1;
        }
        ++i;
        ++j;
    }
    if (i < a.size() || j < b.size())
        return i < a.size() ? 1 : -1;
    return a.compare(b);
}

}  // namespace tallydesk
