// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/AnswerReader.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

#include "core/RuleTools.h"
#include "core/ThaiNumber.h"
#include "readers/ai/AnswerSchema.h"

namespace tallydesk {

namespace {

// Far above any count on a form; what is longer is not a number of votes.
constexpr int kMostDigits = 9;
constexpr qint64 kLargestCount = 999'999'999;
// Bounds what one answer can make the program keep.
constexpr int kMostRows = 1000;
constexpr int kMostRemarks = 50;
constexpr int kLongestName = 80;

const QStringList& entryKeys() {
    static const QStringList keys{QStringLiteral("digits"), QStringLiteral("words"), QStringLiteral("mark")};
    return keys;
}

QString withArabicDigits(QString text) {
    for (QChar& c : text)
        if (c >= QChar(0x0E50) && c <= QChar(0x0E59))
            c = QChar(u'0' + (c.unicode() - 0x0E50));
    return text;
}

/// A dash that was copied as text, as models do for "nothing written".
bool isDashes(const AnswerValue& value) {
    static const QString dashes = QStringLiteral("-–—_. ");
    return value.isString() && !value.text.isEmpty() &&
           std::all_of(value.text.cbegin(), value.text.cend(), [](QChar c) { return dashes.contains(c); });
}

/// A number's object in which every member is null or empty, or says that nothing is written.
bool isNothing(const AnswerValue& entry) {
    return std::all_of(entry.members.cbegin(), entry.members.cend(), [](const auto& member) {
        const AnswerValue& value = member.second;
        return value.isNull() || (value.isString() && value.text.trimmed().isEmpty()) ||
               (member.first == u"mark" && value.isString() && value.text == u"blank");
    });
}

/// The code that a text names ("ส.ส. ๕/๑๘ (บช)" names 5/18); empty when it names none or several.
QString codeIn(const QString& text, const FormCatalog& forms) {
    const QString plain = withArabicDigits(text);
    QSet<QString> found;
    for (const auto& form : forms.forms()) {
        const QRegularExpression whole(
            QStringLiteral("(?<![\\w/])%1(?![\\w/])").arg(QRegularExpression::escape(form->code)),
            QRegularExpression::UseUnicodePropertiesOption);
        if (whole.match(plain).hasMatch())
            found.insert(form->code);
    }
    return found.size() == 1 ? *found.cbegin() : QString();
}

}  // namespace

AnswerReader::AnswerReader(const FormCatalog& forms, const FormTemplate* expected)
    : m_forms(forms), m_expected(expected) {}

bool AnswerReader::looksLikeAnswer(const AnswerValue& value, const FormCatalog& forms) {
    if (!value.isObject())
        return false;
    QSet<QString> keys{QStringLiteral("form_code"), QStringLiteral("party_list"), QStringLiteral("figures"),
                       QStringLiteral("rows")};
    for (const HeaderField& field : AnswerFields::of(forms.forms()).header)
        keys.insert(field.key);
    return std::any_of(value.members.cbegin(), value.members.cend(),
                       [&](const auto& member) { return keys.contains(member.first); });
}

BallotData AnswerReader::read(const AnswerValue& answer) {
    BallotData data;
    readForm(answer, data);
    // Where title and answer name two forms, everything is kept until a person has chosen (F.101).
    m_form = !m_answered ? m_expected : data.formId.isEmpty() ? nullptr : m_answered.get();
    const NumberWords* words = m_answered   ? m_answered->numberWords.get()
                               : m_expected ? m_expected->numberWords.get()
                                            : nullptr;
    readHeader(answer, data);
    readFigures(answer, data, words);
    readRows(answer, data, words);
    if (const AnswerValue* total = take(answer, QStringLiteral("total"), QStringLiteral("total")))
        data.total = entry(*total, QStringLiteral("total"), words);

    QStringList known{QStringLiteral("form_code"), QStringLiteral("party_list"), QStringLiteral("figures"),
                      QStringLiteral("rows"), QStringLiteral("total")};
    for (const HeaderField& field : AnswerFields::of(m_forms.forms()).header)
        known.append(field.key);
    // The documented shape has these keys for every form, null where the form has no such field.
    known << QStringLiteral("committee") << QStringLiteral("polling_unit") << QStringLiteral("district")
          << QStringLiteral("subdistrict") << QStringLiteral("place");
    remarkUnknown(answer, known, QString());

    if (!m_unreadable.isEmpty())
        data.readerNotes.insert(QStringLiteral("unreadable"), QJsonArray::fromStringList(m_unreadable));
    if (!m_unexpected.isEmpty())
        data.readerNotes.insert(QStringLiteral("unexpected"), QJsonArray::fromStringList(m_unexpected));
    return data;
}

/// A member that is there and unambiguous; a repeated key with different values is no reading at all.
const AnswerValue* AnswerReader::take(const AnswerValue& object, const QString& key, const QString& field) {
    bool conflict = false;
    const AnswerValue* value = object.member(key, &conflict);
    if (!conflict)
        return value;
    if (m_unreadable.size() < kMostRemarks)
        m_unreadable.append(QStringLiteral("%1: given twice").arg(field));
    unexpected(field == key ? key : field + QChar(u'.') + key);
    return nullptr;
}

void AnswerReader::unreadable(const QString& field, const AnswerValue& value) {
    if (m_unreadable.size() < kMostRemarks)
        m_unreadable.append(QStringLiteral("%1: %2").arg(field, value.summary()));
}

void AnswerReader::remarkUnknown(const AnswerValue& object, const QStringList& known, const QString& prefix) {
    for (const auto& [key, value] : object.members)
        if (!known.contains(key))
            unexpected(prefix + key);
}

void AnswerReader::unexpected(const QString& key) {
    const QString name = key.left(kLongestName);
    if (m_unexpected.size() < kMostRemarks && !m_unexpected.contains(name))
        m_unexpected.append(name);
}

/// A whole number, as a JSON number or as text in Arabic or Thai numerals.
std::optional<qint64> AnswerReader::count(const AnswerValue& value, const QString& field) {
    std::optional<qint64> number;
    if (value.kind == AnswerValue::Kind::Number) {
        const bool whole = std::all_of(value.text.cbegin(), value.text.cend(),
                                       [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (whole && value.text.size() <= kMostDigits)
            number = value.text.toLongLong();
    } else if (value.isString()) {
        if (value.text.trimmed().isEmpty())
            return std::nullopt;
        number = ThaiNumber::parseDigits(value.text);
    }
    if (number && *number > kLargestCount)
        number.reset();
    if (!number && !value.isNull())
        unreadable(field, value);
    return number;
}

VoteEntry AnswerReader::entry(const AnswerValue& value, const QString& field, const NumberWords* words) {
    VoteEntry entry;
    bool digitsUnreadable = false;
    if (!value.isObject()) {
        // A number where an object was asked for is that number in digits.
        entry.digits = count(value, field);
        settleValue(entry, false, field);
        return entry;
    }
    bool twoMarks = false;
    value.member(QStringLiteral("mark"), &twoMarks);
    const AnswerValue* mark = take(value, QStringLiteral("mark"), field);
    // One of the two says that the number is not plainly written: a person looks.
    if (twoMarks)
        entry.mark = Mark::Struck;
    if (mark) {
        const auto known = mark->isString() ? markFromName(mark->text.trimmed().toLower()) : std::nullopt;
        const bool none =
            mark->isNull() ||
            (mark->isString() && (mark->text.trimmed().isEmpty() || mark->text == QLatin1String("none")));
        if (known)
            entry.mark = *known;
        else if (!none) {
            // Whatever it means, the number is not plainly written: a person looks.
            unreadable(field, *mark);
            entry.mark = Mark::Struck;
        }
    }
    const bool nothingWritten = entry.mark == Mark::Blank || entry.mark == Mark::Dash;
    bool repeated = false;
    value.member(QStringLiteral("digits"), &repeated);
    const AnswerValue* digits = take(value, QStringLiteral("digits"), field);
    if (digits && !(nothingWritten && isDashes(*digits))) {
        entry.digits = count(*digits, field);
        const bool nothing = digits->isNull() || (digits->isString() && digits->text.trimmed().isEmpty());
        digitsUnreadable = !entry.digits && !nothing;
    }
    digitsUnreadable = digitsUnreadable || repeated;
    const AnswerValue* text = take(value, QStringLiteral("words"), field);
    if (text && !(nothingWritten && isDashes(*text))) {
        if (text->isString() && !text->text.trimmed().isEmpty()) {
            entry.words = text->text.trimmed();
            entry.wordsValue = words ? words->parse(*entry.words) : std::nullopt;
        } else if (!text->isString() && !text->isNull()) {
            unreadable(field, *text);
        }
    }
    QStringList known = entryKeys();
    if (field.startsWith(u"row "))
        known.append(QStringLiteral("no"));
    remarkUnknown(value, known, field + QChar(u'.'));
    settleValue(entry, digitsUnreadable, field);
    return entry;
}

void AnswerReader::settleValue(VoteEntry& entry, bool digitsUnreadable, const QString& field) {
    const bool nothingWritten = entry.mark == Mark::Blank || entry.mark == Mark::Dash;
    if (nothingWritten) {
        // A place can't be empty and hold votes: such an answer contradicts itself and nothing stands.
        const bool contradicted = digitsUnreadable || entry.digits.value_or(0) != 0 ||
                                  (entry.words && entry.wordsValue != std::optional<qint64>(0));
        if (!contradicted)
            entry.value = 0;
        else if (m_unreadable.size() < kMostRemarks)
            m_unreadable.append(QStringLiteral("%1: both empty and filled").arg(field));
        return;
    }
    if (entry.digits)
        entry.value = entry.digits;
    else if (!digitsUnreadable)
        entry.value = entry.wordsValue;
}

void AnswerReader::readForm(const AnswerValue& answer, BallotData& data) {
    if (const AnswerValue* code = take(answer, QStringLiteral("form_code"), QStringLiteral("form_code"))) {
        if (code->isString()) {
            const QString found = codeIn(code->text, m_forms);
            // A code that no form has is kept, so that F.101 can show it.
            data.formCode = found.isEmpty() ? code->text.simplified().left(60) : found;
        } else if (!code->isNull()) {
            unreadable(QStringLiteral("form_code"), *code);
        }
    }
    if (const AnswerValue* kind = take(answer, QStringLiteral("party_list"), QStringLiteral("party_list"))) {
        const QString text = kind->text.trimmed().toLower();
        const bool readable = kind->kind == AnswerValue::Kind::Bool || kind->isString();
        if (readable && (text == QLatin1String("true") || text == QLatin1String("false")))
            data.partyList = text == QLatin1String("true");
        else if (!kind->isNull())
            unreadable(QStringLiteral("party_list"), *kind);
    }
    if (data.partyList)
        m_answered = m_forms.byCode(data.formCode, *data.partyList);
    // Only an answer that agrees with the printed title settles the form; otherwise code and kind stay as
    // answered, and F.101 asks a person.
    if (m_answered && (!m_expected || m_expected->id == m_answered->id))
        data.formId = m_answered->id;
}

void AnswerReader::readHeader(const AnswerValue& answer, BallotData& data) {
    for (const HeaderField& field : AnswerFields::of(m_forms.forms()).header) {
        const AnswerValue* value = take(answer, field.key, field.key);
        if (!value || value->isNull())
            continue;
        if (m_form && !m_form->headerField(field.key)) {
            if (!value->isString() || !value->text.trimmed().isEmpty())
                unexpected(field.key);
            continue;
        }
        HeaderValue header;
        if (field.type == HeaderType::Number) {
            header.number = count(*value, field.key);
            // Units, committees and constituencies count from 1.
            if (header.number && *header.number < 1) {
                unreadable(field.key, *value);
                header.number.reset();
            }
            if (!header.number)
                continue;
        } else if (value->isString() || value->kind == AnswerValue::Kind::Number) {
            header.text = value->text.simplified();
            if (header.text->isEmpty())
                continue;
        } else {
            unreadable(field.key, *value);
            continue;
        }
        data.header.insert(field.key, header);
    }
}

void AnswerReader::readFigures(const AnswerValue& answer, BallotData& data, const NumberWords* words) {
    const AnswerValue* figures = take(answer, QStringLiteral("figures"), QStringLiteral("figures"));
    if (!figures || figures->isNull())
        return;
    if (!figures->isObject()) {
        unreadable(QStringLiteral("figures"), *figures);
        return;
    }
    const QStringList known = AnswerFields::of(m_forms.forms()).figures;
    for (const QString& key : known) {
        const AnswerValue* value = take(*figures, key, key);
        if (!value)
            continue;
        if (!m_form || m_form->figure(key)) {
            data.figures.insert(key, entry(*value, key, words));
            continue;
        }
        // Asked about an unknown form, the model gives null for what that form doesn't have.
        const bool saysNothing = value->isNull() || (value->isObject() && isNothing(*value));
        if (!saysNothing)
            unexpected(QStringLiteral("figures.") + key);
    }
    remarkUnknown(*figures, known, QStringLiteral("figures."));
}

void AnswerReader::readRows(const AnswerValue& answer, BallotData& data, const NumberWords* words) {
    const AnswerValue* rows = take(answer, QStringLiteral("rows"), QStringLiteral("rows"));
    if (!rows || rows->isNull())
        return;
    const auto append = [&](std::optional<qint64> no, const AnswerValue& value) {
        if (data.rows.size() >= kMostRows)
            return;
        // A row without a readable number is kept as row 0, which no form has: F.104 shows it.
        const int number = no && *no <= 10'000 ? static_cast<int>(*no) : 0;
        data.rows.append({number, entry(value, RuleTools::rowKey(number), words)});
    };
    if (rows->isArray()) {
        for (const AnswerValue& row : rows->items) {
            const AnswerValue* no =
                row.isObject() ? take(row, QStringLiteral("no"), QStringLiteral("row number")) : nullptr;
            append(no ? count(*no, QStringLiteral("row number")) : std::nullopt, row);
        }
    } else if (rows->isObject()) {
        for (const auto& [key, row] : rows->members)
            append(ThaiNumber::parseDigits(key), row);
    } else {
        unreadable(QStringLiteral("rows"), *rows);
    }
    if (data.rows.size() >= kMostRows)
        unreadable(QStringLiteral("rows"), *rows);
}

}  // namespace tallydesk
