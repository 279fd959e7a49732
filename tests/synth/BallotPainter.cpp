// SPDX-License-Identifier: GPL-3.0-or-later
#include "BallotPainter.h"

#include <QFontDatabase>
#include <QPainter>

#include "Names.h"
#include "ScanEffects.h"

namespace tallydesk::synth {

namespace {

const QStringList& handFamilies() {
    static const QStringList families = {QStringLiteral("Purisa"), QStringLiteral("Purisa"),
                                         QStringLiteral("Loma"),   QStringLiteral("Laksaman"),
                                         QStringLiteral("Umpush"), QStringLiteral("Sawasdee"),
                                         QStringLiteral("Kinnari")};
    return families;
}

const WrittenNumber* numberAt(const Blank& blank, const BallotContent& content) {
    switch (blank.kind) {
        case Blank::Kind::FigureDigits:
        case Blank::Kind::FigureWords: {
            const auto it = content.figures.constFind(blank.key);
            return it == content.figures.constEnd() ? nullptr : &it.value();
        }
        case Blank::Kind::RowDigits:
        case Blank::Kind::RowWords:
            return &content.rows.at(blank.row - 1).number;
        case Blank::Kind::TotalDigits:
        case Blank::Kind::TotalWords:
            return &content.total;
        default:
            return nullptr;
    }
}

}  // namespace

QStringList BallotPainter::missingFonts() {
    QStringList missing;
    const QStringList there = QFontDatabase::families();
    for (const QString& family : handFamilies() + QStringList{QStringLiteral("Laksaman")}) {
        if (!there.contains(family) && !missing.contains(family)) {
            missing.append(family);
        }
    }
    return missing;
}

void BallotPainter::write(PrintedPage& page, const BallotContent& content, const Hand& hand, Random& random) {
    QPainter painter(&page.image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setCompositionMode(QPainter::CompositionMode_Multiply);
    const double place = random.real(0.08, 0.3);  // where in its blank this hand begins
    for (const Blank& blank : page.blanks) {
        const QPointF start = blank.line.bottomLeft();
        const double width = blank.line.width();
        switch (blank.kind) {
            case Blank::Kind::FigureDigits:
            case Blank::Kind::RowDigits:
            case Blank::Kind::TotalDigits: {
                const WrittenNumber* number = numberAt(blank, content);
                if (number == nullptr || number->digitsText.isEmpty()) {
                    break;
                }
                double x =
                    start.x() +
                    std::min(width * place + 5 * random.normal(),
                             std::max(2.0, width - 26.0 * static_cast<double>(number->digitsText.size())));
                if (!number->struckDigits.isEmpty()) {
                    x = start.x() - 4;
                    const double end =
                        m_writer.digits(painter, hand, random, {x, start.y()}, number->struckDigits);
                    m_writer.strike(painter, hand, random,
                                    QRectF(x, start.y() - hand.above - 28, end - x - 6, 28));
                    x = end + 6;
                }
                const double end = m_writer.digits(painter, hand, random, {x, start.y()}, number->digitsText);
                if (number->ticked) {
                    m_writer.tick(painter, random, {end + 12, start.y()});
                }
                break;
            }
            case Blank::Kind::FigureWords:
            case Blank::Kind::RowWords:
            case Blank::Kind::TotalWords: {
                const WrittenNumber* number = numberAt(blank, content);
                if (number == nullptr || number->wordsText.isEmpty()) {
                    break;
                }
                double x = start.x() + random.real(6, 34);
                if (!number->struckWords.isEmpty()) {
                    const double end = m_writer.words(painter, hand, random, {x, start.y()},
                                                      number->struckWords, width * 0.45);
                    m_writer.strike(painter, hand, random,
                                    QRectF(x, start.y() - hand.above - 24, end - x, 24));
                    x = end + 10;
                }
                if (number->wordsText == QStringLiteral("-")) {
                    m_writer.digits(painter, hand, random, {x + 20, start.y()}, number->wordsText);
                } else {
                    m_writer.words(painter, hand, random, {x, start.y()}, number->wordsText,
                                   start.x() + width - x - 4);
                }
                break;
            }
            case Blank::Kind::Header:
            case Blank::Kind::Text: {
                const QString value =
                    blank.kind == Blank::Kind::Text ? blank.key : content.header.value(blank.key);
                bool number = false;
                value.toLongLong(&number);
                if (number) {
                    m_writer.digits(painter, hand, random,
                                    {start.x() + width * 0.3 - (value.size() > 2 ? 30 : 0), start.y()},
                                    value);
                } else if (!value.isEmpty()) {
                    m_writer.words(painter, hand, random, {start.x() + 8, start.y()}, value, width - 10);
                }
                break;
            }
            case Blank::Kind::RowName:
                m_writer.words(painter, hand, random, start, content.rows.at(blank.row - 1).name, width);
                break;
            case Blank::Kind::RowParty:
                m_writer.words(painter, hand, random, start, content.rows.at(blank.row - 1).party, width);
                break;
            case Blank::Kind::Signature:
                m_writer.signature(painter, hand, random, start, width * random.real(0.4, 0.8));
                break;
            case Blank::Kind::Name:
                m_writer.words(painter, hand, random, start, personName(random), width);
                break;
        }
    }
}

DrawnBallot BallotPainter::draw(const FormTemplate& form, quint64 seed, const DrawOptions& options) {
    Random random(seed);
    Random forContent = random.fork();
    Random forHand = random.fork();
    Random forWriting = random.fork();
    Random forScan = random.fork();
    ContentOptions wanted;
    wanted.contradiction = options.contradiction;
    wanted.difficulty = options.difficulty;
    wanted.header = options.header;
    DrawnBallot ballot;
    ballot.content = inventContent(form, forContent, wanted);
    const Hand hand = Hand::any(forHand, m_writer.shapes(), handFamilies(), 1.0 - 0.3 * options.difficulty);
    QList<PrintedPage> pages = printForm(form, ballot.content);
    const ScanStyle style = ScanStyle::any(forScan, options.difficulty);
    for (qsizetype i = 0; i < pages.size(); ++i) {
        for (const Blank& blank : pages.at(i).blanks) {
            if (blank.kind == Blank::Kind::RowDigits) {
                ballot.content.rows[blank.row - 1].page = static_cast<int>(i) + 1;
            } else if (blank.kind == Blank::Kind::TotalDigits) {
                ballot.content.totalPage = static_cast<int>(i) + 1;
            }
        }
        write(pages[i], ballot.content, hand, forWriting);
    }
    for (qsizetype i = 0; i < pages.size(); ++i) {
        const QImage& behind = pages.at((i + 1) % pages.size()).image;
        QImage scan = style.scan(pages.at(i).image, behind, forScan);
        if (options.turnedPages && forScan.chance(0.25)) {
            scan = scan.transformed(QTransform().rotate(90.0 * static_cast<double>(forScan.whole(1, 3))));
        }
        ballot.pages.append(scan);
    }
    return ballot;
}

DrawnBallot drawBallot(const FormTemplate& form, quint64 seed, const DrawOptions& options) {
    return BallotPainter().draw(form, seed, options);
}

}  // namespace tallydesk::synth
