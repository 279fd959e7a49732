// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PageClassifier.h"

#include <QJsonArray>
#include <QTransform>
#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/FuzzyText.h"

namespace tallydesk {

namespace {

constexpr double titleFound = 0.68;    // wrong titles of the known forms reach 0.55 on each other's text
constexpr double titleCertain = 0.80;  // no need to look at more of the page
constexpr double titleMargin = 0.03;   // between two forms: less does not tell them apart
constexpr double kindMargin = 0.12;    // between the two kinds of one form
constexpr double kindCertain = 0.85;
constexpr double tableAtTop = 0.25;  // a table above this leaves no room for a form's header
constexpr double figuresEnd = 0.7;
constexpr double blankInk = 0.0025;
constexpr int sketchDpi = 150;
constexpr int shortestFuzzy = 6;      // shorter texts occur by chance
constexpr double stripHeight = 0.16;  // some lines of text, and little enough to read twice

// Column widths of a form's table as its definition gives them; empty when it gives none.
QList<double> plannedColumns(const FormTemplate& form) {
    QList<double> widths;
    const QJsonArray columns =
        form.layout.value(QLatin1String("table")).toObject().value(QLatin1String("columns")).toArray();
    for (const QJsonValue& column : columns)
        widths.append(column.toObject().value(QLatin1String("width")).toDouble());
    return widths;
}

double misfit(const QList<double>& planned, const QList<double>& seen, bool reversed) {
    double sum = 0.0;
    for (qsizetype i = 0; i < planned.size(); ++i)
        sum += std::abs(planned[i] - seen[reversed ? seen.size() - 1 - i : i]);
    return sum;
}

double bestOf(const QStringList& texts, const QString& bare, const QString& raw) {
    double best = 0.0;
    for (const QString& text : texts) {
        const QString pattern = bareText(text);
        if (pattern.size() >= shortestFuzzy)
            best = std::max(best, occurrence(pattern, bare));
        else if (!text.isEmpty() && raw.contains(text))
            best = 1.0;
    }
    return best;
}

}  // namespace

PageClassifier::PageClassifier(FormCatalog forms, std::shared_ptr<const TextRecogniser> recogniser)
    : m_forms(std::move(forms)), m_recogniser(std::move(recogniser)) {}

PageClassifier::Title PageClassifier::matchTitle(const PrintedText& printed, const PageSketch& sketch) const {
    Title title;
    const QString bare = bareText(printed.text);
    struct Match {
        const FormTemplate* form;
        double title;
        double kind;
    };
    QList<Match> matches;
    for (const auto& form : m_forms.forms()) {
        double worst = form->titleTexts.isEmpty() ? 0.0 : 1.0;
        for (const QString& text : form->titleTexts)
            worst = std::min(worst, bestOf({text}, bare, printed.text));
        const double kind = form->kindTexts.isEmpty() ? 1.0 : bestOf(form->kindTexts, bare, printed.text);
        matches.append({form.get(), worst, kind});
        title.score = std::max(title.score, worst);
        title.formWords =
            title.formWords || worst > titleFound || (!form->kindTexts.isEmpty() && kind > 0.75);
    }
    if (title.score < titleFound)
        return title;
    matches.removeIf([&](const Match& m) { return m.title < title.score - titleMargin; });
    double kind = 0.0;
    for (const Match& match : matches)
        kind = std::max(kind, match.kind);
    // Half-read words of the kind are no choice: where the title's end is cut off, more text or the pages
    // tell.
    if (kind >= kindCertain) {
        matches.removeIf([&](const Match& m) { return m.kind < kind - kindMargin; });
        // The number of columns tells the kinds of one form apart where the words do not.
        const auto fits = [&](const Match& m) {
            return sketch.table && plannedColumns(*m.form).size() == sketch.table->columns.size();
        };
        if (matches.size() > 1 && std::any_of(matches.begin(), matches.end(), fits))
            matches.removeIf([&](const Match& m) { return !fits(m); });
    }
    for (const Match& match : matches)
        title.formIds.append(match.form->id);
    return title;
}

Expected<PageClassifier::Title> PageClassifier::readTitle(const PageSketch& sketch, double from, double to,
                                                          const CancelToken& cancel) const {
    const cv::Mat& grey = sketch.grey;
    const int top = int(from * grey.rows);
    const int bottom = int(to * grey.rows);
    if (bottom - top < 20)
        return Title{};
    const auto printed =
        m_recogniser->readBlock(grey(cv::Rect(0, top, grey.cols, bottom - top)), sketchDpi, cancel);
    if (!printed)
        return tl::make_unexpected(printed.error());
    return matchTitle(*printed, sketch);
}

// +1 upright, -1 upside down, 0 not to be told: number columns are narrow, score columns wide.
int PageClassifier::lieOfTable(const TableSketch& table) const {
    double upright = 10.0;
    double reversed = 10.0;
    for (const auto& form : m_forms.forms()) {
        const QList<double> planned = plannedColumns(*form);
        if (planned.isEmpty() || planned.size() != table.columns.size())
            continue;
        upright = std::min(upright, misfit(planned, table.columns, false));
        reversed = std::min(reversed, misfit(planned, table.columns, true));
    }
    if (upright + 0.15 < reversed)
        return 1;
    if (reversed + 0.15 < upright)
        return -1;
    const double first = table.columns.first();
    const double last = table.columns.last();
    if (last > 1.3 * first)
        return 1;
    return first > 1.3 * last ? -1 : 0;
}

// The same for pages without a telling table: the strip with the most ink is read both ways up.
Expected<int> PageClassifier::lieOfText(const PageSketch& sketch, const CancelToken& cancel) const {
    const cv::Mat& grey = sketch.grey;
    cv::Mat rows;
    cv::reduce(grey < 128, rows, 1, cv::REDUCE_SUM, CV_64F);
    const int height = int(stripHeight * grey.rows);
    const int margin = grey.rows / 20;
    int best = margin;
    double mostInk = -1.0;
    for (int top = margin; top + height < grey.rows - margin; top += height / 6) {
        const double ink = cv::sum(rows.rowRange(top, top + height))[0];
        if (ink > mostInk) {
            mostInk = ink;
            best = top;
        }
    }
    const cv::Rect strip(grey.cols / 16, best, grey.cols - grey.cols / 8, height);
    const auto asIs = m_recogniser->readBlock(grey(strip).clone(), sketchDpi, cancel);
    if (!asIs)
        return tl::make_unexpected(asIs.error());
    cv::Mat over;
    cv::rotate(grey(strip), over, cv::ROTATE_180);
    const auto turned = m_recogniser->readBlock(over, sketchDpi, cancel);
    if (!turned)
        return tl::make_unexpected(turned.error());
    return turned->confidence > asIs->confidence ? -1 : 1;
}

// The page's printed text as it lies: first where titles stand, then more.
Expected<PageClass> PageClassifier::judgeText(const PageSketch& sketch, const CancelToken& cancel) const {
    PageClass page;
    page.rotation = sketch.rotation;
    const double end = sketch.table ? std::clamp(sketch.table->top, 0.05, 0.42) : 0.30;
    auto title = readTitle(sketch, 0.05, std::min(end, 0.24), cancel);
    if (!title)
        return tl::make_unexpected(title.error());
    // Most pages with a code box and without a table hold signatures: no second look for a title.
    const bool plainPart = !sketch.table && sketch.codeBox && title->score < titleFound;
    if (!plainPart && (title->score < titleCertain || title->formIds.size() > 1)) {
        auto more = readTitle(sketch, 0.0, end, cancel);
        if (!more)
            return tl::make_unexpected(more.error());
        if (more->score > title->score || (more->score >= titleFound && more->formIds.size() == 1))
            title = more;
        // The figures name the kind once more.
        if (title->score >= titleFound && title->formIds.size() > 1 && sketch.table &&
            sketch.table->top > end) {
            auto figures = readTitle(sketch, 0.05, std::min(sketch.table->top, figuresEnd), cancel);
            if (!figures)
                return tl::make_unexpected(figures.error());
            if (figures->score >= titleFound && figures->formIds.size() < title->formIds.size())
                title = figures;
        }
    }
    page.formIds = title->formIds;
    const bool titled = title->score >= titleFound;
    if (sketch.table)
        page.kind = titled || sketch.table->top > tableAtTop ? PageKind::First : PageKind::Table;
    else if (titled)
        page.kind = PageKind::Titled;
    else
        page.kind = sketch.codeBox || title->formWords ? PageKind::Signatures : PageKind::Other;
    return page;
}

Expected<PageClass> PageClassifier::classify(const QImage& image, const CancelToken& cancel) const {
    PageSketch sketch = sketchPage(image);
    PageClass page;
    page.rotation = sketch.rotation;
    if (sketch.grey.empty() || sketch.ink < blankInk) {
        page.kind = PageKind::Blank;
        page.rotation = 0;
        return page;
    }
    int lie = sketch.table ? lieOfTable(*sketch.table) : 0;
    // The code box stands at the top of every page of the form: cheaper to see than text is to read. A
    // table has cells that look like it.
    if (!sketch.table && sketch.codeBox != sketch.turned().codeBox)
        lie = sketch.codeBox ? 1 : -1;
    if (lie == 0) {
        const auto text = lieOfText(sketch, cancel);
        if (!text)
            return tl::make_unexpected(text.error());
        lie = *text;
    }
    if (lie < 0) {
        if (sketch.table) {
            // The total row shows at the lower end only: look again at the page as it should lie.
            const int turn = (sketch.rotation + 180) % 360;
            sketch = sketchPage(image.transformed(QTransform().rotate(turn)));
            sketch.rotation = (turn + sketch.rotation) % 360;
        } else {
            sketch = sketch.turned();
        }
        page.rotation = sketch.rotation;
    }
    if (sketch.table && sketch.table->top < tableAtTop) {
        page.kind = PageKind::Table;
    } else {
        const auto judged = judgeText(sketch, cancel);
        if (!judged)
            return tl::make_unexpected(judged.error());
        page = *judged;
    }
    page.totalRow = sketch.table && sketch.table->mergedLast;
    return page;
}

}  // namespace tallydesk
