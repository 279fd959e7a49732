// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>
#include <optional>

#include "core/VoteEntry.h"
#include "gui/DeskParts.h"
#include "gui/ReviewWords.h"
#include "gui/ValueField.h"

namespace tallydesk {

/// All that a row tells about its number.
struct NumberRowText {
    QString label;
    /// The label in fewer words, for where it would not fit on its line.
    QString brief;
    /// As read: pictures' places, digits, words, readings.
    VoteEntry read;
    std::optional<SignedText> chip;
    /// "1 → 7, by you".
    QString change;
    /// Why it is to be looked at, or the suggestion.
    QString hint;
    std::optional<Suggestion> suggestion;
    bool hasWords = true;
    FieldState state = FieldState::Sure;
};

/// One number of a ballot beside the pictures of its cell. The row at work is larger and says more. Draws its
/// texts itself, because a form can have 57 of them. GUI thread.
class NumberRow final : public QWidget {
    Q_OBJECT
public:
    explicit NumberRow(const QString& key, QWidget* parent = nullptr);

    const QString& key() const { return m_field->key(); }
    /// The row stands for another number from now on.
    void setKey(const QString& key);
    ValueField* field() const { return m_field; }
    void setTheme(const Theme& theme);
    void setText(const NumberRowText& text);
    /// The page that the cell is on, as PageFetcher gives it; null while it is not there.
    void setPage(const QImage& page);
    void setCurrent(bool current);
    bool isCurrent() const { return m_current; }
    /// Little height: no captions but one percentage.
    void setCompact(bool compact);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void suggestionTaken();
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    struct Columns {
        int label;
        int digits;
        int words;
        int field;
    };
    static constexpr int kMargin = 16;
    static int heightOf(TextStyle style);
    Columns columns() const;
    int labelWidth() const;
    /// The label, or its brief form where it would not fit on its line.
    QString shownLabel() const;
    bool hasPicture() const;
    int pictureHeight() const;
    /// The hint has as many lines as it needs.
    int hintHeight() const;
    int hintRoom() const;
    void place();
    void paintSmall(QPainter& painter);
    void paintLarge(QPainter& painter);
    /// What digits and words say, beneath their pictures.
    void paintReadings(QPainter& painter, int y);
    void paintHint(QPainter& painter);
    /// A long cell without the blank paper behind its last word.
    QRect inked(const QRect& cell) const;
    void paintCell(QPainter& painter, const QRect& room, const std::optional<QRect>& cell) const;

    enum class Tone { Plain, Strong, Secondary, Warning };
    /// A piece of what was read: the value, how sure it is, the words around them.
    struct Said {
        QString text;
        Tone tone = Tone::Plain;
    };
    QList<Said> digitsSaid(bool large) const;
    QList<Said> wordsSaid(bool large) const;
    static Said share(double probability);
    static QFont saidFont(const Said& said, TextStyle style);
    static int saidWidth(const QList<Said>& all, TextStyle style);
    void paintSaid(QPainter& painter, const QRect& place, const QList<Said>& all, TextStyle style) const;

    ValueField* m_field;
    KeyButton* m_use = nullptr;
    Theme m_theme = Theme::light();
    NumberRowText m_text;
    QImage m_page;
    bool m_current = false;
    bool m_compact = false;
};

}  // namespace tallydesk
