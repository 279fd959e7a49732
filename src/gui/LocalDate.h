// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QLocale>

namespace tallydesk {

/// A day as the window's language writes it: "9 Feb 2026", in Thai with the year of the Buddhist era
/// "9 ก.พ. 2569" (Qt's Thai locale counts Gregorian years). Any thread.
inline QString localDate(const QDate& day) {
    constexpr int buddhistEra = 543;
    const QLocale locale;
    const int year = day.year() + (locale.language() == QLocale::Thai ? buddhistEra : 0);
    return locale.toString(day, QStringLiteral("d MMM ")) + QString::number(year);
}

/// The same with the time of day, in the computer's time zone: "9 Feb 2026, 10:42".
inline QString localDateTime(const QDateTime& time) {
    const QDateTime here = time.toLocalTime();
    return localDate(here.date()) + QStringLiteral(", ") + here.time().toString(QStringLiteral("HH:mm"));
}

}  // namespace tallydesk
