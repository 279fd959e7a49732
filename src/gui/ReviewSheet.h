// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>
#include <memory>

#include "core/MessageCatalog.h"
#include "gui/CellPlaces.h"
#include "gui/FindingCard.h"
#include "gui/NumberRow.h"
#include "gui/ReviewSession.h"
#include "gui/Theme.h"

namespace Ui {
class ReviewSheet;
}

class QLabel;

namespace tallydesk {

/// The ballot under review: findings, head of the form, numbers. Shows what the session says and hands it
/// what a person types; decides nothing. GUI thread; the session must outlive it.
class ReviewSheet final : public QWidget {
    Q_OBJECT
public:
    explicit ReviewSheet(QWidget* parent = nullptr);
    ~ReviewSheet() override;

    /// Once, before anything else.
    void setSession(ReviewSession& session, const MessageCatalog& messages);
    void setTheme(const Theme& theme);
    void setCompact(bool compact);
    /// Every field, or only those that the findings concern.
    void setWhole(bool whole);
    bool isWhole() const { return m_whole; }

    /// Another ballot.
    void rebuild();
    /// New values or findings of the same ballot.
    void refresh();
    void retranslate();
    void setPage(int page, const QImage& image);
    /// Pages from 0 on which the shown numbers stand.
    QSet<int> pages() const;

    const QString& current() const { return m_current; }
    /// Makes a field the one at work; gives it the keyboard when asked.
    void setCurrent(const QString& key, bool focus);
    /// Where the form is chosen, as long as it is not known.
    void focusForm();
    bool hasField(const QString& key) const;
    /// The widget that stands for a field; null while it is not shown.
    ValueField* field(const QString& key) const;
    QString fieldLabel(const QString& key) const;
    /// The card of the gravest finding. It belongs above the sheet, where it stays in sight; the caller lays
    /// it out.
    QWidget* firstCard() const { return m_cards.first(); }
    /// From where to show the sheet so that `least` is in sight and nothing is cut at the top edge: the top
    /// of a part between `least` and `most`, else `least`.
    int snapped(int least, int most) const;
    /// The findings that stand in the way, one a line.
    QString openErrorsText() const;

Q_SIGNALS:
    void currentChanged(const QString& key);

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildForms();
    void buildHeader();
    void dropRows();
    NumberRow* rowFor(const QString& key);
    void wire(ValueField* field);
    FindingCard* addCard();
    void refreshFindings();
    void refreshHeader();
    void refreshRows();
    void refreshRow(NumberRow* row);
    void refreshFoot();
    void growVisible();
    void makeCurrent(const QString& key);
    /// Long lists of fields end in "and 12 more".
    Finding shortened(Finding finding) const;
    FindingCardText cardText(const Finding& finding) const;
    FindingCardText cardText(const Error& error) const;
    std::optional<FindingCardText> goodNews() const;
    void followFinding(const QStringList& fields);

    std::unique_ptr<Ui::ReviewSheet> m_ui;
    ReviewSession* m_session = nullptr;
    const MessageCatalog* m_messages = nullptr;
    Theme m_theme = Theme::light();
    bool m_whole = false;
    bool m_compact = false;
    bool m_allFindings = false;
    bool m_rebuilding = false;
    QString m_current;
    /// Form whose fields stand here.
    QString m_builtFor;
    /// Numbers of the form, in its order; rows are made when they are first shown.
    QStringList m_keys;
    QList<FindingCard*> m_cards;
    QHash<QString, ValueField*> m_header;
    QStringList m_headerOrder;
    QList<QLabel*> m_headerLabels;
    QHash<QString, NumberRow*> m_rows;
    /// Rows of another form, hidden until they are of use again: a new one is dear.
    QList<NumberRow*> m_spare;
    /// Numbers that are shown while not the whole form is; only grows while a ballot is open.
    QSet<QString> m_visible;
    QHash<int, QImage> m_pages;
    QHash<QString, CellPlace> m_places;
};

}  // namespace tallydesk
