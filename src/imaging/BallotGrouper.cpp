// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/BallotGrouper.h"

#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace tallydesk {

namespace {

// Pages beyond the plan that a ballot may still take when its form leaves the number of rows open.
constexpr int extraTablePages = 1;
constexpr int mostUnknownTables = 6;
// Places in the reading order: the first page, the table pages, the signatures.
constexpr int firstSlot = 0;
constexpr int tableSlot = 1;
constexpr int signatureSlot = 1000;

struct Page {
    const FileScan* file = nullptr;
    int number = 1;
    PageClass what;
    /// Place in the reading order.
    int slot = tableSlot;
};

// The pages a form plans after its first: their places in FormTemplate::pages.
struct Plan {
    QList<int> tables;
    int signatures = -1;
    bool known = false;
    bool fixed = false;
};

struct Draft {
    QList<Page> pages;
    QString formId;
    Plan plan;
    bool hasFirst = false;
    bool hasSignatures = false;
    /// Began with its signature page: scanned from the last page to the first.
    bool signaturesFirst = false;
    int tables = 0;

    bool wantsTable() const {
        if (!plan.known)
            return tables < mostUnknownTables && (!hasSignatures || signaturesFirst);
        if (tables < plan.tables.size())
            return true;
        return !plan.fixed && !hasSignatures && tables < plan.tables.size() + extraTablePages;
    }
    bool wantsSignatures() const { return !hasSignatures && (!plan.known || plan.signatures >= 0); }
    int missingTables() const { return plan.known ? std::max(0, int(plan.tables.size()) - tables) : 0; }
};

Plan planOf(const FormTemplate* form) {
    Plan plan;
    if (form == nullptr)
        return plan;
    plan.known = true;
    plan.fixed = form->rowsFixed;
    for (int i = 1; i < form->pages.size(); ++i) {
        if (form->pages.at(i).lastRow > 0 || form->pages.at(i).hasTotal)
            plan.tables.append(i);
        else
            plan.signatures = i;
    }
    return plan;
}

// Works through the pages of one run: a file, or single-page files that belong together.
class Run {
public:
    Run(const FormCatalog& forms, QList<Page> pages) : m_forms(forms), m_pages(std::move(pages)) {}

    void group() {
        for (m_at = 0; m_at < m_pages.size(); ++m_at)
            take(m_pages.at(m_at));
        close();
    }

    QList<Draft> drafts;
    QList<Page> aside;

private:
    void take(const Page& page) {
        switch (page.what.kind) {
            case PageKind::Blank:
                aside.append(page);
                break;
            case PageKind::First:
                // A low table without a title goes on with a form whose fixed pages are not complete yet.
                if (page.what.formIds.isEmpty() && m_current && m_current->missingTables() > 0)
                    addTable(*m_current, page);
                else
                    startForm(page);
                break;
            case PageKind::Titled:
                // A letter about a form quotes its title, too: what follows tells them apart.
                if ((!m_current || !m_current->wantsSignatures()) && (followsPart() || m_pages.size() == 1))
                    startForm(page);
                else
                    takeUnmarked(page);
                break;
            case PageKind::Table:
                if (!m_current || !m_current->wantsTable())
                    start();
                addTable(*m_current, page);
                break;
            case PageKind::Signatures:
                if (m_current && !m_current->wantsSignatures())
                    close();
                if (!m_current)
                    start();
                addSignatures(*m_current, page);
                break;
            case PageKind::Other:
                takeUnmarked(page);
                break;
        }
    }

    // No mark of a form: the signature page of a badly seen form only where nothing else can be it.
    void takeUnmarked(const Page& page) {
        const bool complete = m_current && m_current->hasFirst && m_current->missingTables() == 0;
        if (complete && m_current->wantsSignatures() && nextKind() != PageKind::Signatures)
            addSignatures(*m_current, page);
        else
            aside.append(page);
    }

    PageKind nextKind() const {
        for (qsizetype i = m_at + 1; i < m_pages.size(); ++i) {
            if (m_pages.at(i).what.kind != PageKind::Blank)
                return m_pages.at(i).what.kind;
        }
        return PageKind::Blank;
    }
    bool followsPart() const { return nextKind() == PageKind::Table || nextKind() == PageKind::Signatures; }

    // Parts that follow directly, up to the next first page.
    int following(PageKind kind) const {
        int count = 0;
        for (qsizetype i = m_at + 1; i < m_pages.size() && m_pages.at(i).what.kind != PageKind::First; ++i)
            count += m_pages.at(i).what.kind == kind ? 1 : 0;
        return count;
    }

    void start() {
        close();
        m_current = Draft{};
    }

    void startForm(Page page) {
        const auto form = chooseForm(page.what);
        Draft draft;
        draft.hasFirst = true;
        draft.formId = form ? form->id : QString();
        draft.plan = planOf(form.get());
        page.slot = firstSlot;
        // Pages of this form that lie before its first one: only those that do not come after it as well.
        QList<Page> earlier;
        if (m_current && !m_current->hasFirst && draft.plan.known) {
            const int tables = draft.missingTables() - following(PageKind::Table);
            const bool signatures = draft.plan.signatures >= 0 && following(PageKind::Signatures) == 0;
            const bool fits =
                m_current->tables <= std::max(0, tables) && (!m_current->hasSignatures || signatures);
            const bool backwards = m_current->signaturesFirst && m_current->tables == draft.missingTables() &&
                                   m_current->tables > 0;
            if (fits || backwards) {
                earlier = m_current->pages;
                m_current.reset();
            }
        }
        close();
        m_current = draft;
        m_current->pages.append(page);
        const bool fromTheEnd = !earlier.isEmpty() && earlier.first().what.kind != PageKind::Table;
        for (const Page& part : earlier) {
            if (part.what.kind == PageKind::Table)
                addTable(*m_current, part);
            else
                addSignatures(*m_current, part);
        }
        m_current->signaturesFirst = fromTheEnd;
    }

    std::shared_ptr<const FormTemplate> chooseForm(const PageClass& what) const {
        std::shared_ptr<const FormTemplate> best;
        int bestGap = 0;
        for (const QString& id : what.formIds) {
            const auto form = m_forms.byId(id);
            if (!form)
                continue;
            // Of two kinds with one title, the one whose pages follow.
            const int gap = std::abs(int(planOf(form.get()).tables.size()) - following(PageKind::Table));
            if (!best || gap < bestGap) {
                best = form;
                bestGap = gap;
            }
        }
        return best;
    }

    static void addTable(Draft& draft, const Page& page) {
        draft.pages.append(page);
        ++draft.tables;
    }

    // Table pages in their order in the file (backwards when the form was scanned so), but for the one that
    // alone ends in a total row: pages may be shuffled.
    void orderTables(Draft& draft) const {
        QList<Page*> tables;
        for (Page& page : draft.pages) {
            if (page.slot == tableSlot)
                tables.append(&page);
        }
        if (draft.hasFirst && draft.signaturesFirst)
            std::reverse(tables.begin(), tables.end());
        const auto totals =
            std::count_if(tables.begin(), tables.end(), [](const Page* page) { return page->what.totalRow; });
        const auto form = m_forms.byId(draft.formId);
        const bool planned =
            form && !draft.plan.tables.isEmpty() && form->pages.at(draft.plan.tables.last()).hasTotal;
        if (totals == 1 && planned) {
            std::stable_partition(tables.begin(), tables.end(),
                                  [](const Page* page) { return !page->what.totalRow; });
        }
        for (qsizetype i = 0; i < tables.size(); ++i)
            tables.at(i)->slot = tableSlot + int(i);
    }

    void addSignatures(Draft& draft, Page page) const {
        page.slot = signatureSlot;
        draft.pages.append(page);
        draft.signaturesFirst = draft.pages.size() == 1;
        draft.hasSignatures = true;
    }

    void close() {
        if (!m_current)
            return;
        // Signature-like pages alone are no form.
        if (!m_current->hasFirst && m_current->tables == 0) {
            aside.append(m_current->pages);
        } else {
            orderTables(*m_current);
            drafts.append(*m_current);
        }
        m_current.reset();
    }

    const FormCatalog& m_forms;
    const QList<Page> m_pages;
    qsizetype m_at = 0;
    std::optional<Draft> m_current;
};

PageRef refOf(const Page& page) {
    return {page.file->path, page.number, page.what.rotation, page.file->sha256};
}

BallotScan scanOf(Draft draft) {
    std::stable_sort(draft.pages.begin(), draft.pages.end(),
                     [](const Page& a, const Page& b) { return a.slot < b.slot; });
    BallotScan scan;
    scan.formId = draft.formId;
    QStringList hashes;
    QList<const FileScan*> files;
    for (const Page& page : std::as_const(draft.pages)) {
        scan.pages.append(refOf(page));
        if (!files.contains(page.file)) {
            files.append(page.file);
            hashes.append(page.file->sha256);
        }
        scan.pageNumbers.append(page.number);
    }
    scan.file = files.first()->file;
    scan.sha256 = joinedHash(hashes);
    if (files.size() > 1) {
        for (qsizetype i = 0; i < scan.pageNumbers.size(); ++i)
            scan.pageNumbers[i] = int(i) + 1;
    }
    return scan;
}

BallotScan failedScan(const FileScan& file, Error error) {
    BallotScan scan;
    scan.file = file.file;
    scan.sha256 = file.sha256;
    scan.error = std::move(error);
    // Where it lies tells it from files of this name in other folders. Nobody has seen its pages: it has no
    // page numbers, and nothing that is known of its content.
    if (file.error)
        scan.pages.append({file.path, 1, 0, {}});
    return scan;
}

void setAside(const Page& page, BallotScan& owner) {
    owner.setAsidePages.append(page.number);
    if (!owner.error)
        return;
    // Kept to be looked at: a person may see a form where no title could be read.
    owner.pageNumbers.append(page.number);
    owner.pages.append(refOf(page));
}

bool belongTogether(const FileScan& a, const FileScan& b) {
    if (QFileInfo(a.path).path() != QFileInfo(b.path).path())
        return false;
    const PageName first = pageName(a.file);
    const PageName second = pageName(b.file);
    return first.stem == second.stem && second.number == first.number + 1;
}

}  // namespace

PageName pageName(const QString& file) {
    static const QRegularExpression counted(
        QStringLiteral("^(.*?)[\\s_.\\-]*(?:\\(\\s*(\\d{1,6})\\s*\\)|(?:[\\s_.\\-](?:page|หน้า|p)[\\s_.\\-]*)?"
                       "(\\d{1,6}))$"),
        QRegularExpression::CaseInsensitiveOption);
    const QString base = QFileInfo(file).completeBaseName();
    const auto match = counted.match(base);
    if (!match.hasMatch())
        return {base, 0};
    const QString digits = match.captured(2).isEmpty() ? match.captured(3) : match.captured(2);
    return {match.captured(1), digits.toInt()};
}

BallotGrouper::BallotGrouper(FormCatalog forms) : m_forms(std::move(forms)) {}

QList<BallotScan> BallotGrouper::group(const QList<FileScan>& files) const {
    QList<BallotScan> ballots;
    for (qsizetype i = 0; i < files.size(); ++i) {
        const FileScan& file = files.at(i);
        if (file.error) {
            ballots.append(failedScan(file, *file.error));
            continue;
        }
        QList<Page> pages;
        for (int p = 0; p < file.pages.size(); ++p)
            pages.append(Page{&file, p + 1, file.pages.at(p), tableSlot});
        // Single pages under counted names go through as if they were one file.
        qsizetype last = i;
        while (file.pages.size() == 1 && last + 1 < files.size() && !files.at(last + 1).error &&
               files.at(last + 1).pages.size() == 1 && belongTogether(files.at(last), files.at(last + 1))) {
            ++last;
            pages.append(Page{&files.at(last), 1, files.at(last).pages.first(), tableSlot});
        }
        Run run(m_forms, pages);
        run.group();
        QList<BallotScan> found;
        for (const Draft& draft : std::as_const(run.drafts))
            found.append(scanOf(draft));
        for (const Page& page : std::as_const(run.aside)) {
            const auto owner = std::find_if(found.begin(), found.end(), [&](const BallotScan& scan) {
                return scan.file == page.file->file;
            });
            if (owner == found.end()) {
                found.append(failedScan(
                    *page.file,
                    Error{QStringLiteral("intake.no_form"), {QFileInfo(page.file->path).fileName()}, {}}));
                setAside(page, found.last());
            } else {
                setAside(page, *owner);
            }
        }
        for (BallotScan& scan : found)
            std::sort(scan.setAsidePages.begin(), scan.setAsidePages.end());
        QHash<QString, qsizetype> order;
        for (qsizetype k = i; k <= last; ++k)
            order.insert(files.at(k).file, k);
        std::stable_sort(found.begin(), found.end(), [&](const BallotScan& a, const BallotScan& b) {
            return order.value(a.file) < order.value(b.file);
        });
        ballots.append(found);
        i = last;
    }
    return ballots;
}

}  // namespace tallydesk
