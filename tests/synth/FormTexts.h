// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

#include "core/FormTemplate.h"

namespace tallydesk::synth {

/// One printed line. "{key:120}" is a dotted blank of 120 pixels for a header field or figure;
/// "{=text:120}" a blank for that handwritten text.
struct PrintedLine {
    QString text;
    double indent = 0.0;
    bool spread = false;  ///< set to the full width
    bool bold = false;
    bool centred = false;
};

/// One printed line with a figure: "label … จำนวน ....... unit ( ....... )".
struct FigureLine {
    QString key;  ///< empty: a heading alone
    QString label;
    QString lead;  ///< before the blank ("จำนวน")
    QString unit;  ///< "บัตร", "คน"
    double indent = 0.0;
    double blankAt = 0.0;  ///< where lead and blank begin, from the left margin
    bool words = true;
    bool spread = false;
};

/// What a form prints around its numbers. For codes it doesn't know it is made from the form definition.
struct FormTexts {
    QString copyLine;
    QString title;
    QList<PrintedLine> paragraph;
    QList<FigureLine> figures;
    QList<QString> numberHead, nameHead, partyHead, scoreHead;
    QString chair, member;
    int explanationLines = 3;

    static FormTexts of(const FormTemplate& form);
};

/// "ส.ส. 5/18 (บช)" in Thai numerals.
QString thaiNumerals(QString text);

}  // namespace tallydesk::synth
