// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ThaiNumber.h"

#include <QList>
#include <QSet>
#include <QStringList>
#include <QStringView>
#include <array>

namespace tallydesk::ThaiNumber {

namespace {

constexpr qint64 kLargest = 999'999'999;
constexpr qint64 kMillion = 1'000'000;

enum class Kind { Digit, Yi, Et, Scale };

struct Token {
    Kind kind;
    qint64 value;
};

struct Spelling {
    QStringView text;
    Token token;
};

const std::array<Spelling, 18> kSpellings{{
    {u"ศูนย์", {Kind::Digit, 0}},
    {u"หนึ่ง", {Kind::Digit, 1}},
    {u"สอง", {Kind::Digit, 2}},
    {u"สาม", {Kind::Digit, 3}},
    {u"สี่", {Kind::Digit, 4}},
    {u"ห้า", {Kind::Digit, 5}},
    {u"หก", {Kind::Digit, 6}},
    {u"เจ็ด", {Kind::Digit, 7}},
    {u"แปด", {Kind::Digit, 8}},
    {u"เก้า", {Kind::Digit, 9}},
    {u"ยี่", {Kind::Yi, 2}},
    {u"เอ็ด", {Kind::Et, 1}},
    {u"สิบ", {Kind::Scale, 10}},
    {u"ร้อย", {Kind::Scale, 100}},
    {u"พัน", {Kind::Scale, 1'000}},
    {u"หมื่น", {Kind::Scale, 10'000}},
    {u"แสน", {Kind::Scale, 100'000}},
    {u"ล้าน", {Kind::Scale, kMillion}},
}};

QStringView digitWord(qint64 digit) {
    return kSpellings[static_cast<size_t>(digit)].text;
}

bool isQuoteOrSpace(QChar c) {
    static const QString quotes = QStringLiteral("\"'`“”„‟«»‘’‚");
    // Category Cf holds the zero-width characters that Thai texts carry as break hints.
    return c.isSpace() || quotes.contains(c) || c.category() == QChar::Other_Format;
}

/// Compatibility-normalised, one order for nikhahit and tone mark (both orders look the same), แ for เเ,
/// without quotation marks, spaces, brackets and decorating dots and dashes.
QString normalisedWords(const QString& text) {
    static const QString decoration = QStringLiteral("().-–—_=/");
    QString out;
    for (const QChar c : text.normalized(QString::NormalizationForm_KC))
        if (!isQuoteOrSpace(c) && !decoration.contains(c))
            out.append(c);
    out.replace(QStringLiteral("เเ"), QStringLiteral("แ"));
    return out;
}

const QStringList& unitSuffixes() {
    static const QStringList suffixes{QStringLiteral("คะแนน"), QStringLiteral("บัตร"), QStringLiteral("ถ้วน"),
                                      QStringLiteral("คน"), QStringLiteral("ซอง")};
    return suffixes;
}

/// Without any of the suffixes at the end and "จำนวน" at the start; `text` is compatibility-normalised.
QStringView withoutUnits(QStringView text) {
    static const QString prefix = QStringLiteral("จำนวน").normalized(QString::NormalizationForm_KC);
    if (text.startsWith(prefix))
        text = text.sliced(prefix.size());
    for (bool found = true; found;) {
        found = false;
        text = text.trimmed();
        for (const QString& suffix : unitSuffixes())
            if (text.endsWith(suffix)) {
                text.chop(suffix.size());
                found = true;
            }
    }
    return text;
}

std::optional<QList<Token>> tokensOf(QStringView text) {
    QList<Token> tokens;
    while (!text.isEmpty()) {
        const auto it = std::find_if(kSpellings.begin(), kSpellings.end(),
                                     [&](const Spelling& s) { return text.startsWith(s.text); });
        if (it == kSpellings.end())
            return std::nullopt;
        tokens.append(it->token);
        text = text.sliced(it->text.size());
    }
    return tokens;
}

/// A number below one million, without ล้าน: scales strictly descending, each with one digit before it.
/// A scale without a digit stands for one of it only at the very start (ร้อยห้า), and สิบ anywhere.
std::optional<qint64> belowMillion(const QList<Token>& tokens, bool mayOmitFirstDigit) {
    qint64 total = 0;
    qint64 lastScale = kMillion;
    for (qsizetype i = 0; i < tokens.size(); ++i) {
        const Token token = tokens[i];
        const bool scaleFollows = i + 1 < tokens.size() && tokens[i + 1].kind == Kind::Scale;
        if (token.kind == Kind::Scale) {
            if (token.value >= lastScale || (token.value != 10 && !(i == 0 && mayOmitFirstDigit)))
                return std::nullopt;
            total += token.value;
            lastScale = token.value;
        } else if (scaleFollows) {
            const qint64 scale = tokens[i + 1].value;
            const bool digitFits = token.kind == Kind::Digit && token.value > 0;
            const bool yiFits = token.kind == Kind::Yi && scale == 10;
            if (scale >= lastScale || !(digitFits || yiFits))
                return std::nullopt;
            total += token.value * scale;
            lastScale = scale;
            ++i;
        } else {
            // The last digit. เอ็ด needs a scale before it; ศูนย์ ends no number but zero itself.
            const bool first = i == 0;
            const bool digitFits =
                token.kind == Kind::Digit && (token.value > 0 || (first && mayOmitFirstDigit));
            const bool etFits = token.kind == Kind::Et && !(first && mayOmitFirstDigit);
            if (i + 1 != tokens.size() || !(digitFits || etFits))
                return std::nullopt;
            total += token.value;
        }
    }
    return total;
}

std::optional<qint64> digitByDigit(const QList<Token>& tokens) {
    qint64 value = 0;
    for (const Token& token : tokens) {
        value = value * 10 + token.value;
        if (value > kLargest)
            return std::nullopt;
    }
    return value;
}

QString wordsBelowMillion(qint64 number, bool afterMillions) {
    QString out;
    const qint64 whole = number;
    for (qint64 scale = 100'000; scale >= 10; scale /= 10) {
        const qint64 digit = number / scale;
        number %= scale;
        if (digit == 0)
            continue;
        const auto it = std::find_if(kSpellings.begin(), kSpellings.end(), [&](const Spelling& s) {
            return s.token.kind == Kind::Scale && s.token.value == scale;
        });
        if (scale == 10 && digit == 2)
            out += QStringLiteral("ยี่");
        else if (scale != 10 || digit != 1)
            out += digitWord(digit);
        out += it->text;
    }
    // After tens the last one is เอ็ด; after ร้อย and above without tens the official forms write หนึ่ง.
    if (number == 1 && (whole % 100) / 10 > 0)
        out += QStringLiteral("เอ็ด");
    else if (number > 0 || (whole == 0 && !afterMillions))
        out += digitWord(number);
    return out;
}

/// 0 to 9 for an Arabic, full-width or Thai numeral, with the numeral's family; -1 for anything else.
int numeral(QChar c, int& family) {
    for (const auto& [zero, id] : {std::pair{u'0', 1}, std::pair{u'\uFF10', 1}, std::pair{u'๐', 2}})
        if (c.unicode() >= zero && c.unicode() <= zero + 9) {
            family = id;
            return c.unicode() - zero;
        }
    return -1;
}

}  // namespace

std::optional<qint64> parseDigits(const QString& text) {
    QString cleaned;
    for (const QChar c : text)
        cleaned.append(isQuoteOrSpace(c) ? (c.isSpace() ? QChar(u' ') : QChar()) : c);
    cleaned.remove(QChar());
    cleaned = cleaned.trimmed();
    // Compatibility forms are settled only around the digits: ² must never become a 2.
    const QString thai =
        cleaned.contains(QStringLiteral("\u0E33")) || cleaned.contains(QStringLiteral("\u0E4D"))
            ? cleaned.replace(QStringLiteral("\u0E33"), QStringLiteral("\u0E4D\u0E32"))
            : cleaned;
    QStringView view = withoutUnits(thai).trimmed();
    // -718- and 718.- are decorations; a dash on the left alone might be a sign and is none of ours.
    static const QString dashes = QStringLiteral("-–—=");
    const auto isDash = [](QChar c) { return dashes.contains(c); };
    bool dashLeft = false;
    bool dashRight = false;
    while (!view.isEmpty() && isDash(view.front())) {
        dashLeft = true;
        view = view.sliced(1).trimmed();
    }
    while (!view.isEmpty() && isDash(view.back())) {
        dashRight = true;
        view.chop(1);
        view = view.trimmed();
    }
    if (dashRight && view.endsWith(u'.'))
        view = view.chopped(1).trimmed();
    if (view.isEmpty() || (dashLeft && !dashRight))
        return std::nullopt;

    qint64 value = 0;
    int family = 0;
    int digits = 0;
    QChar separator;
    int sinceSeparator = 0;
    for (const QChar c : view) {
        int itsFamily = 0;
        const int digit = numeral(c, itsFamily);
        if (digit < 0) {
            const bool firstGroupFits = separator.isNull() && sinceSeparator >= 1 && sinceSeparator <= 3;
            const bool laterGroupFits = c == separator && sinceSeparator == 3;
            if ((c != u',' && c != u' ') || !(firstGroupFits || laterGroupFits))
                return std::nullopt;
            separator = c;
            sinceSeparator = 0;
            continue;
        }
        if (family != 0 && family != itsFamily)
            return std::nullopt;
        family = itsFamily;
        value = value * 10 + digit;
        ++digits;
        ++sinceSeparator;
        if (value > kLargest)
            return std::nullopt;
    }
    if (digits == 0 || (!separator.isNull() && sinceSeparator != 3))
        return std::nullopt;
    return value;
}

std::optional<qint64> parseWords(const QString& text) {
    const QString normalised = normalisedWords(text);
    const auto tokens = tokensOf(withoutUnits(normalised));
    if (!tokens || tokens->isEmpty())
        return std::nullopt;
    const bool allDigits =
        std::all_of(tokens->begin(), tokens->end(), [](const Token& t) { return t.kind == Kind::Digit; });
    if (allDigits)
        return digitByDigit(*tokens);

    const auto isMillion = [](const Token& t) { return t.kind == Kind::Scale && t.value == kMillion; };
    const auto million = std::find_if(tokens->begin(), tokens->end(), isMillion);
    if (million == tokens->end())
        return belowMillion(*tokens, true);
    const qsizetype at = std::distance(tokens->begin(), million);
    const QList<Token> before = tokens->first(at);
    const QList<Token> after = tokens->sliced(at + 1);
    const auto millions = before.isEmpty() ? std::optional<qint64>(1) : belowMillion(before, true);
    const auto rest = belowMillion(after, false);
    if (!millions || !rest || *millions < 1 || *millions > 999)
        return std::nullopt;
    return *millions * kMillion + *rest;
}

QString toWords(qint64 number) {
    if (number < 0 || number > kLargest)
        return {};
    if (number < kMillion)
        return wordsBelowMillion(number, false);
    return wordsBelowMillion(number / kMillion, false) + QStringLiteral("ล้าน") +
           wordsBelowMillion(number % kMillion, true);
}

QString toThaiDigits(qint64 number) {
    QString out = QString::number(number);
    for (QChar& c : out)
        if (c.unicode() >= u'0' && c.unicode() <= u'9')
            c = QChar(static_cast<char16_t>(u'๐' + (c.unicode() - u'0')));
    return out;
}

}  // namespace tallydesk::ThaiNumber
