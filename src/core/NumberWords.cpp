// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/NumberWords.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>
#include <cmath>

#include "core/ThaiNumber.h"

namespace tallydesk {

namespace {

constexpr qint64 kLargest = 999'999'999;

class ThaiWords final : public NumberWords {
public:
    std::optional<qint64> parse(const QString& text) const override { return ThaiNumber::parseWords(text); }
    QString spell(qint64 number) const override { return ThaiNumber::toWords(number); }
};

class NoWords final : public NumberWords {
public:
    std::optional<qint64> parse(const QString&) const override { return std::nullopt; }
    QString spell(qint64) const override { return {}; }
};

/// Words separated by spaces or hyphens, as in English. A text is read only when its words are, one by
/// one, those of the standard spelling of the number they add up to; synonyms count as the same word.
class LexiconWords final : public NumberWords {
public:
    LexiconWords(QMap<QString, qint64> units, QMap<QString, qint64> scales, QSet<QString> ignored)
        : m_units(std::move(units)), m_scales(std::move(scales)), m_ignored(std::move(ignored)) {}

    std::optional<qint64> parse(const QString& text) const override {
        static const QRegularExpression separators(QStringLiteral("[\\s\\-\"'“”.,()]+"));
        QList<qint64> values;
        const QStringList words =
            text.normalized(QString::NormalizationForm_KC).toLower().split(separators, Qt::SkipEmptyParts);
        for (const QString& word : words) {
            if (m_ignored.contains(word))
                continue;
            const auto unit = m_units.constFind(word);
            const auto scale = m_scales.constFind(word);
            if (unit != m_units.constEnd())
                values.append(*unit);
            else if (scale != m_scales.constEnd())
                values.append(*scale);
            else
                return std::nullopt;
        }
        const auto number = added(values);
        return number && sequence(*number) == values ? number : std::nullopt;
    }

    QString spell(qint64 number) const override {
        QStringList words;
        const auto values = sequence(number);
        if (!values)
            return {};
        for (const qint64 value : *values)
            words.append(m_scales.key(value, m_units.key(value)));
        return words.join(u' ');
    }

private:
    /// Scales multiply what stands before them since the last larger scale; everything else is added.
    std::optional<qint64> added(const QList<qint64>& values) const {
        if (values.isEmpty())
            return std::nullopt;
        qint64 total = 0;
        qint64 group = 0;
        for (const qint64 value : values) {
            if (!isScale(value)) {
                group += value;
            } else if (value < largestScale() && hasLargerPending(value, group)) {
                return std::nullopt;
            } else if (value >= 1000) {
                total += group * value;
                group = 0;
            } else {
                group *= value;
            }
            if (group > kLargest || total > kLargest)
                return std::nullopt;
        }
        return total + group <= kLargest ? std::optional<qint64>(total + group) : std::nullopt;
    }

    bool isScale(qint64 value) const { return m_scales.values().contains(value); }
    qint64 largestScale() const { return *std::max_element(m_scales.begin(), m_scales.end()); }
    static bool hasLargerPending(qint64 scale, qint64 group) { return scale < 1000 && group >= scale; }

    /// The values of the words of the standard spelling: largest scale first, then largest units.
    std::optional<QList<qint64>> sequence(qint64 number) const {
        if (number < 0 || number > kLargest)
            return std::nullopt;
        if (number == 0)
            return m_units.values().contains(0) ? std::optional(QList<qint64>{0}) : std::nullopt;
        QList<qint64> out;
        while (number > 0) {
            qint64 best = 0;
            bool scale = false;
            for (const qint64 value : m_scales)
                if (value <= number && value > best) {
                    best = value;
                    scale = true;
                }
            if (!scale)
                for (const qint64 value : m_units)
                    if (value <= number && value > best)
                        best = value;
            if (best == 0)
                return std::nullopt;
            if (scale) {
                const auto factor = sequence(number / best);
                if (!factor)
                    return std::nullopt;
                out += *factor;
                number %= best;
            } else {
                number -= best;
            }
            out.append(best);
        }
        return out;
    }

    QMap<QString, qint64> m_units;
    QMap<QString, qint64> m_scales;
    QSet<QString> m_ignored;
};

tl::unexpected<Error> bad(const QString& key, const QString& reason) {
    return fail(QStringLiteral("form.bad_value"), {QString(), QStringLiteral("number_words") + key, reason});
}

Expected<QMap<QString, qint64>> wordTable(const QJsonObject& json, const QString& name, qint64 least) {
    const QJsonValue table = json.value(name);
    if (!table.isObject() || table.toObject().isEmpty())
        return bad(u'.' + name, QStringLiteral("must be an object of words and their numbers"));
    QMap<QString, qint64> out;
    const QJsonObject words = table.toObject();
    for (auto it = words.constBegin(); it != words.constEnd(); ++it) {
        const double value = it.value().toDouble(-1);
        if (value != std::floor(value) || value < static_cast<double>(least) || value > kLargest)
            return bad(u'.' + name + u'.' + it.key(),
                       QStringLiteral("must be a whole number of at least %1").arg(least));
        out.insert(it.key().normalized(QString::NormalizationForm_KC).toLower(), static_cast<qint64>(value));
    }
    return out;
}

Expected<void> onlyKeys(const QJsonObject& json, const QStringList& known) {
    for (const QString& key : json.keys())
        if (!known.contains(key))
            return fail(QStringLiteral("form.unknown_key"),
                        {QString(), QStringLiteral("number_words.") + key, QStringLiteral("unknown key")});
    return {};
}

}  // namespace

Expected<std::shared_ptr<const NumberWords>> NumberWords::fromJson(const QJsonObject& json) {
    const QString system = json.value(QStringLiteral("system")).toString();
    if (system != u"thai" && system != u"lexicon" && system != u"none")
        return bad(QStringLiteral(".system"), QStringLiteral("must be one of: thai, lexicon, none"));
    QStringList known{QStringLiteral("system")};
    if (system == u"lexicon")
        known += {QStringLiteral("units"), QStringLiteral("scales"), QStringLiteral("ignore")};
    if (const auto checked = onlyKeys(json, known); !checked)
        return tl::make_unexpected(checked.error());
    if (system == u"thai")
        return std::make_shared<const ThaiWords>();
    if (system == u"none")
        return std::make_shared<const NoWords>();

    const auto units = wordTable(json, QStringLiteral("units"), 0);
    if (!units)
        return tl::make_unexpected(units.error());
    const auto scales = wordTable(json, QStringLiteral("scales"), 2);
    if (!scales)
        return tl::make_unexpected(scales.error());
    QSet<QString> ignored;
    const QJsonValue ignore = json.value(QStringLiteral("ignore"));
    if (!ignore.isArray())
        return bad(QStringLiteral(".ignore"), QStringLiteral("must be a list of words, which may be empty"));
    for (const QJsonValue& word : ignore.toArray()) {
        if (!word.isString())
            return bad(QStringLiteral(".ignore"),
                       QStringLiteral("must be a list of words, which may be empty"));
        ignored.insert(word.toString().normalized(QString::NormalizationForm_KC).toLower());
    }
    return std::make_shared<const LexiconWords>(*units, *scales, ignored);
}

}  // namespace tallydesk
