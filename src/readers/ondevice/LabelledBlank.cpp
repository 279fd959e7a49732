// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/LabelledBlank.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

#include "imaging/FuzzyText.h"

namespace tallydesk {

namespace {

constexpr int labelAbove = 46;
constexpr int labelBelow = 18;
constexpr int printDpi = 190;    // of a table 1400 px wide on A4
constexpr int besidePrint = 10;  // cut off at its first letter, a word is not read
constexpr int borderX = 16;      // the text engine wants paper around what it reads
constexpr int borderY = 12;
constexpr qsizetype lettersCompared = 14;
constexpr double leastPlaceScore = 0.6;
constexpr double leastSplitScore = 0.8;
constexpr qsizetype labelSlack = 3;    // letters that may follow a label
constexpr qsizetype baseSlack = 1;     // and one without its vowels, which are fewer
constexpr qsizetype shortestBase = 5;  // fewer letters without their vowels are found by chance
constexpr int widestWithSigns = 22;    // table pixels, of a letter that signs follow
constexpr qsizetype mostSigns = 2;
// Where a letter of the line has its middle, from the dots. The strip that is read is hardly higher, but
// scraps of the lines above and below are drawn out into its border and have theirs there.
constexpr int middleAbove = 44;
constexpr int middleBelow = 14;

QString textOf(const QList<PrintedSymbol>& letters) {
    QString text;
    for (const PrintedSymbol& letter : letters)
        text += letter.text;
    return text;
}

// Blanks that are one only because little print stands between them.
Expected<std::vector<Blank>> splitAtLabels(const FormTemplate& form, const TableGeometry& table,
                                           const Blank& blank, const TextRecogniser& recogniser,
                                           const CancelToken& cancel) {
    std::vector<Blank> parts;
    Blank rest = blank;
    rest.gaps.clear();
    for (const auto& [left, right] : blank.gaps) {
        const cv::Rect strip = textLine(left - besidePrint, right + besidePrint, blank.y);
        const auto printed = readPrint(table, strip, recogniser, cancel);
        if (!printed)
            return tl::make_unexpected(printed.error());
        const bool label = std::any_of(form.header.begin(), form.header.end(), [&](const HeaderField& field) {
            return labelScore(field.printed, printed->text) >= leastSplitScore;
        });
        if (!label)
            continue;
        parts.push_back({rest.left, left, blank.y});
        rest.left = right;
    }
    parts.push_back(rest);
    return parts;
}

// The lowest lines with a bracket are the figures that have words; above them a stroke of the running text
// may pass for one.
std::size_t firstFigureLine(const FormTemplate& form, const std::vector<BlankLine>& lines) {
    auto left = std::count_if(form.figures.begin(), form.figures.end(),
                              [](const FigureField& figure) { return figure.hasWords; });
    if (left == 0)
        return lines.size();
    for (std::size_t i = lines.size(); i-- > 0;) {
        if (lines[i].bracket && --left <= 0)
            return i;
    }
    return 0;
}

// Where the letter at `index` ends with its signs: the text engine shares its width out among them, and the
// comparison may leave them out.
int rightOf(const QList<PrintedSymbol>& letters, qsizetype index) {
    const auto isSign = [&letters](qsizetype i) {
        const QString& text = letters[i].text;
        return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isMark(); });
    };
    qsizetype base = index;
    while (base > 0 && isSign(base))
        --base;
    int right = letters[index].box.right();
    const qsizetype last = std::min(letters.size() - 1, base + mostSigns);
    for (qsizetype i = index + 1; i <= last && isSign(i); ++i) {
        const QRect& sign = letters[i].box;
        // What stands further off is writing that was taken for a sign.
        if (sign.left() > right + 1 || sign.right() > letters[base].box.left() + widestWithSigns)
            break;
        right = std::max(right, sign.right());
    }
    return right;
}

// The best occurrence of a printed text, both reduced in the same way; nullopt below leastPlaceScore.
std::optional<PrintedSpan> findReduced(const QStringList& printed, const QList<PrintedSymbol>& letters,
                                       QString (*reduced)(const QString&), qsizetype shortest) {
    std::optional<PrintedSpan> span;
    double best = leastPlaceScore;
    for (const QString& text : printed) {
        const QString all = reduced(text);
        const QString pattern = all.right(lettersCompared);
        if (pattern.size() < shortest)
            continue;
        // The shortest beginning of the line that holds the pattern ends with it; the shortest end of that
        // begins with it.
        double high = 0.0;
        qsizetype end = -1;
        QString before;
        for (qsizetype i = 0; i < letters.size(); ++i) {
            before += reduced(letters[i].text);
            if (const double score = occurrence(pattern, before); score > high) {
                high = score;
                end = i;
            }
        }
        if (end < 0 || high <= best)
            continue;
        best = high;
        qsizetype start = end;
        QString tail;
        high = 0.0;
        for (qsizetype i = end; i >= 0; --i) {
            tail.prepend(reduced(letters[i].text));
            if (const double score = occurrence(pattern, tail); score > high) {
                high = score;
                start = i;
            }
        }
        span = PrintedSpan{
            letters[start].box.left(),
            letters[start].box.right() + 1,
            rightOf(letters, end) + 1,
            letters[end].box.bottom() + 1,
            best,
            end + 1,
            pattern.size() == all.size() && reduced(letters[start].text).startsWith(pattern.front())};
    }
    return span;
}

}  // namespace

QList<PrintedSymbol> lettersOfLine(const QList<PrintedSymbol>& symbols, int y) {
    QList<PrintedSymbol> letters;
    std::copy_if(symbols.begin(), symbols.end(), std::back_inserter(letters),
                 [y](const PrintedSymbol& letter) {
                     const int middle = letter.box.center().y();
                     return middle > y - middleAbove && middle < y + middleBelow;
                 });
    return letters;
}

cv::Rect textLine(int left, int right, int y) {
    return {left, y - labelAbove, right - left, labelAbove + labelBelow};
}

Expected<PrintedText> readPrint(const TableGeometry& table, const cv::Rect& part,
                                const TextRecogniser& recogniser, const CancelToken& cancel) {
    const cv::Rect area = (part + table.origin) & cv::Rect({}, table.image.size());
    if (area.width < 20 || area.height < 30)
        return PrintedText{};
    cv::Mat strip;
    cv::copyMakeBorder(table.image(area), strip, borderY, borderY, borderX, borderX, cv::BORDER_REPLICATE);
    auto printed = recogniser.readBlock(strip, printDpi, cancel);
    if (!printed)
        return printed;
    const QPoint toTable(area.x - borderX - table.origin.x, area.y - borderY - table.origin.y);
    for (PrintedSymbol& letter : printed->symbols)
        letter.box.translate(toTable);
    return printed;
}

Expected<QList<LabelledBlank>> labelBlanks(const FormTemplate& form, const TableGeometry& table,
                                           const std::vector<BlankLine>& lines,
                                           const TextRecogniser& recogniser, const CancelToken& cancel) {
    QList<LabelledBlank> result;
    const std::size_t figures = firstFigureLine(form, lines);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].bracket && i >= figures)
            continue;
        int previousEnd = -table.origin.x;
        for (const Blank& whole : lines[i].blanks) {
            const auto parts = splitAtLabels(form, table, whole, recogniser, cancel);
            if (!parts)
                return tl::make_unexpected(parts.error());
            for (const Blank& blank : *parts) {
                const int left = std::max(previousEnd, blank.left - kLabelWidth);
                previousEnd = blank.right;
                const auto printed =
                    readPrint(table, textLine(left, blank.left - 2, blank.y), recogniser, cancel);
                if (!printed)
                    return tl::make_unexpected(printed.error());
                QList<PrintedSymbol> letters = lettersOfLine(printed->symbols, blank.y);
                QString label = textOf(letters);
                result.append({blank, static_cast<int>(i), std::move(label), std::move(letters)});
            }
        }
    }
    return result;
}

double labelScore(const QStringList& printed, const QString& label, Letters letters) {
    const auto reduced = letters == Letters::WithVowels ? bareText : baseLetters;
    const qsizetype slack = letters == Letters::WithVowels ? labelSlack : baseSlack;
    const QString bare = reduced(label);
    double best = 0.0;
    for (const QString& text : printed) {
        const QString pattern = reduced(text).right(lettersCompared);
        if (pattern.size() >= (letters == Letters::WithVowels ? 1 : shortestBase))
            best = std::max(best, occurrence(pattern, bare.right(pattern.size() + slack)));
    }
    return best;
}

std::optional<PrintedSpan> findPrinted(const QStringList& printed, const QList<PrintedSymbol>& letters) {
    const auto span = findReduced(printed, letters, bareText, 1);
    return span ? span : findReduced(printed, letters, baseLetters, shortestBase);
}

}  // namespace tallydesk
