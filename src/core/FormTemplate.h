// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <memory>
#include <optional>

#include "core/Error.h"
#include "core/Language.h"
#include "core/NumberWords.h"

namespace tallydesk {

/// A text in both languages of the program.
struct Label {
    QString en;
    QString th;
    const QString& in(Language language) const { return language == Language::Thai ? th : en; }
    bool operator==(const Label&) const = default;
};

enum class HeaderType { Text, Number };

/// HeaderField::reference of the Thai provinces, builtInProvinces().
inline constexpr QStringView provincesReference = u"provinces-th";

/// One header field: what is printed before its blank and whether a ballot needs it (F.102).
struct HeaderField {
    QString key;
    HeaderType type = HeaderType::Text;
    Label label;
    /// Printed words that stand right before the blank, any of them ("เขตเลือกตั้งที่").
    QStringList printed;
    bool required = false;
    /// Every value is one of the names that this reference lists (provincesReference); empty when any name
    /// may stand there.
    QString reference;
    bool namesProvince() const { return reference == provincesReference; }
    bool operator==(const HeaderField&) const = default;
};

/// One figure (a number above the table).
struct FigureField {
    QString key;
    /// The number printed before it ("2.2.1"); empty inside the paragraph.
    QString item;
    Label label;
    QStringList printed;
    /// The form asks for words too; digits-only figures raise no W.206.
    bool hasWords = true;
    /// Must be filled (F.105).
    bool required = true;
    /// Stands on a line of its own ("line") or inside the paragraph ("paragraph").
    QString place = QStringLiteral("line");
    bool operator==(const FigureField&) const = default;
};

enum class EquationOp { Equal, AtMost };

/// The term of an equation that stands for all rows together.
inline const QString sumOfRowsTerm = QStringLiteral("sum(rows)");

/// A rule over numbers of the form. A term is a figure key, "total", sumOfRowsTerm or "each(rows)".
/// left (sum of terms) op right (sum of terms).
struct Equation {
    QString code;
    QStringList left;
    EquationOp op = EquationOp::Equal;
    QStringList right;
    /// Missing members are tolerated (the equation is then not judged), as for the envelopes of 5/17.
    bool onlyWhenFilled = false;
    /// A written explanation on the paper makes a difference acceptable (F.206).
    bool explainable = false;
    bool operator==(const Equation&) const = default;
};

/// One page of the printed form.
struct PagePlan {
    /// "numbers-1", "numbers-2", ..., "signatures".
    QString role;
    /// Printed row numbers on it; 0, 0 when it has none.
    int firstRow = 0;
    int lastRow = 0;
    bool hasFigures = false;
    bool hasTotal = false;
    bool operator==(const PagePlan&) const = default;
};

/// The definition of one form type, read from one JSON file under resources/forms. Prompt, answer schema,
/// validation, columns and layout hints all follow from it, so that a new election is a file.
/// Immutable after loading; any thread.
class FormTemplate {
public:
    /// Reads one definition. Errors name file, key and reason: "form.unreadable", "form.bad_json",
    /// "form.unknown_key", "form.missing_key", "form.bad_value".
    static Expected<FormTemplate> load(const QString& path);
    static Expected<FormTemplate> fromJson(const QByteArray& json, const QString& fileName);

    QString id;    ///< "5-17-party-list"
    QString code;  ///< "5/17"
    bool partyList = false;
    Label title;
    QString displayCode;     ///< as printed, "ส.ส. 5/17 (บช)"
    QStringList titleTexts;  ///< printed title parts that must all occur (fuzzily)
    QStringList kindTexts;   ///< printed texts that tell the kind, any of them
    QStringList boxTexts;    ///< texts of the code box, any of them
    QStringList pathTexts;   ///< how folder and file names write the code ("5ทับ17")
    QList<HeaderField> header;
    QList<FigureField> figures;
    int rowCount = 0;           ///< expected rows, or the most there can be
    bool rowsFixed = false;     ///< all rows are expected (party-list); else trailing ones may be absent
    bool rowsHaveWords = true;  ///< the form asks for words beside the numbers of the rows and the total
    Label rowLabel;
    QMap<int, QString> rowNames;  ///< printed names by number, where the form prints them (parties)
    Label totalLabel;
    QList<Equation> equations;
    QList<PagePlan> pages;
    /// Figure key whose value is the base of the shares in W.201, W.202 ("used" or "received").
    QString ballotsBase;
    /// Largest share of valid votes that one row normally has (W.204).
    double dominantShare = 0.75;
    std::shared_ptr<const NumberWords> numberWords;
    QString wordsLanguage;  ///< for the prompt: "Thai"
    QJsonObject layout;     ///< its table columns tell forms of one kind apart (imaging/PageClassifier)

    const FigureField* figure(const QString& key) const;
    const HeaderField* headerField(const QString& key) const;
    /// "Row 12 (เพื่อไทย)", "2.2 Spoiled", "Total": what a clerk calls a field key.
    QString fieldLabel(const QString& fieldKey, Language language) const;
};

struct BallotData;

/// All form types that the program knows. Immutable after loading; any thread.
class FormCatalog {
public:
    /// Every *.json of a folder (a path or ":/forms"), in order of file name; fails on the first broken one.
    static Expected<FormCatalog> load(const QString& folder);
    /// The six forms that ship in the program's resources.
    static Expected<FormCatalog> builtIn();

    explicit FormCatalog(QList<std::shared_ptr<const FormTemplate>> forms = {});

    const QList<std::shared_ptr<const FormTemplate>>& forms() const { return m_forms; }
    std::shared_ptr<const FormTemplate> byId(const QString& id) const;
    std::shared_ptr<const FormTemplate> byCode(const QString& code, bool partyList) const;
    /// The form of a ballot by its formId, else by the code and kind that were read; null when not known.
    std::shared_ptr<const FormTemplate> of(const BallotData& data) const;

private:
    QList<std::shared_ptr<const FormTemplate>> m_forms;
};

}  // namespace tallydesk
