// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QRectF>
#include <QString>

#include "Content.h"
#include "FormTexts.h"
#include "core/FormTemplate.h"

namespace tallydesk::synth {

/// A place on a printed page where somebody writes. The line stands at `line.bottom()`.
struct Blank {
    enum class Kind {
        Header,
        Text,
        FigureDigits,
        FigureWords,
        RowDigits,
        RowWords,
        TotalDigits,
        TotalWords,
        RowName,
        RowParty,
        Signature,
        Name
    };
    Kind kind = Kind::Text;
    QString key;  ///< header or figure key; the text itself for Kind::Text
    int row = 0;
    QRectF line;
};

/// One printed page before anybody wrote on it: A4 at 200 dpi.
struct PrintedPage {
    QImage image;
    QList<Blank> blanks;
};

inline constexpr int kPageWidth = 1654;
inline constexpr int kPageHeight = 2339;

/// Prints the pages of a form: as in its page plan; a constituency table that doesn't fit goes on on the
/// next page. Names are printed where `content` doesn't have them by hand.
QList<PrintedPage> printForm(const FormTemplate& form, const BallotContent& content);

/// A letter of one page that is no form, as offices put before a bundle.
QImage printCoverLetter();

}  // namespace tallydesk::synth
