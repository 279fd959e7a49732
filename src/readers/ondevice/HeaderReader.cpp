// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/HeaderReader.h"

#include <QSet>
#include <algorithm>
#include <cmath>

#include "core/Validator.h"
#include "imaging/FuzzyText.h"
#include "readers/ondevice/Looks.h"

namespace tallydesk {

namespace {

constexpr double leastProvinceScore = 0.75;
constexpr double printedExactly = 0.95;
constexpr double printedTrust = 0.97;
constexpr double provinceLead = 0.1;    // over the next name, or it is a guess
constexpr double mostTextTrust = 0.5;   // the text engine was not made for handwriting
constexpr double leastTextTrust = 0.8;  // less is a jumble of letters
// A name net's posterior below this is a guess among neighbours.
constexpr double leastNameTrust = 0.65;
constexpr int dark = 128;
constexpr int leastWriting = 25;         // dark pixels
constexpr double leastSameTrust = 0.75;  // of several blanks together, each read faintly
// What the paper itself contests; the folder's name doesn't settle it.
constexpr double mostDisputedTrust = contestedConfidence;
constexpr double leastNumberTrust = 0.6;  // a worse guess would only contradict the path
// A header's number has no words and stands in no sum: its digits must be very sure.
constexpr double sureNumber = 0.99;
constexpr double hardlyNothing = 0.8;
constexpr double mostUnsureTrust = 0.94;
static_assert(mostDisputedTrust < acceptanceConfidence && mostUnsureTrust < acceptanceConfidence);
// Of a number that is looked at closer, in the usual looks: that it has more or fewer digits or is none.
constexpr double mostOtherLength = 0.1;
constexpr double mostStruck = 0.05;   // that something is struck out
constexpr double mostNothing = 0.05;  // that the blank is empty or dashed
constexpr double overwritten = 0.5;   // so probable, something that can't be read is struck out

// A lone 1 looks a little like a reviewer's slash, and a slash like a 1 in a blank that was left empty: where
// it is hardly nothing, what counts is which number it is.
double sureAmongNumbers(const WitnessReading& reading, qint64 number) {
    const double own = reading.probabilityOf(number);
    if (own < hardlyNothing || reading.blank + reading.dash > mostNothing)
        return own;
    double all = 0.0;
    for (const Reading& other : reading.numbers)
        all += other.probability;
    return own / std::max(all, own);
}

// Whether a crop holds more than its dots.
bool holdsWriting(const cv::Mat& picture) {
    return !picture.empty() && cv::countNonZero(picture.rowRange(0, rowsAboveDots) < dark) >= leastWriting;
}

NameReading capped(NameReading reading, double most) {
    reading.probability = std::min(reading.probability, most);
    return reading;
}

}  // namespace

std::optional<HeaderNumber> headerNumberOf(const WitnessReading& reading) {
    const auto number = reading.number();
    if (!number || *number <= 0 || reading.probabilityOf(*number) < leastNumberTrust)
        return std::nullopt;
    const double trust = sureAmongNumbers(reading, *number);
    return HeaderNumber{*number, reading.struck > mostStruck ? std::min(trust, mostDisputedTrust) : trust};
}

std::optional<HeaderNumber> sameInBoth(const std::optional<HeaderNumber>& usual,
                                       const std::optional<HeaderNumber>& wider) {
    if (!usual || !wider)
        return usual   ? usual
               : wider ? HeaderNumber{wider->value, std::min(wider->trust, mostUnsureTrust)}
                       : wider;
    const HeaderNumber& more = usual->trust >= wider->trust ? *usual : *wider;
    const bool contested =
        usual->value != wider->value || std::min(usual->trust, wider->trust) <= mostDisputedTrust;
    return HeaderNumber{more.value, contested ? std::min(more.trust, mostDisputedTrust) : more.trust};
}

std::optional<HeaderNumber> lookedCloser(const HeaderNumber& usual, const WitnessReading& reading,
                                         const WitnessReading& closer) {
    const auto number = closer.number();
    if (!number)
        return std::nullopt;
    if (*number != usual.value)
        return HeaderNumber{usual.value, std::min(usual.trust, mostDisputedTrust)};
    const QString digits = QString::number(usual.value);
    double otherLength = 1.0 - reading.blank;
    for (const Reading& other : reading.numbers)
        otherLength -= QString::number(other.value).size() == digits.size() ? other.probability : 0.0;
    const double trust = closer.probabilityOf(usual.value);
    if (trust < sureNumber || reading.probabilityOf(usual.value) < hardlyNothing ||
        otherLength > mostOtherLength || std::max(reading.struck, closer.struck) > mostStruck ||
        reading.text != digits || closer.text != digits)
        return std::nullopt;
    return HeaderNumber{usual.value, trust};
}

std::optional<NameReading> nameOfBoth(const std::optional<NameReading>& usual,
                                      const std::optional<NameReading>& wider, bool overDots) {
    const auto told = [](const std::optional<NameReading>& name) {
        return name && name->probability >= leastNameTrust;
    };
    const bool same = usual && wider && usual->index == wider->index;
    if (told(wider) && !wider->strange) {
        if (same)
            return usual->probability > wider->probability ? usual : wider;
        // What stands behind empty dots may be another field's.
        return overDots ? wider : capped(*wider, mostUnsureTrust);
    }
    // A part of a name may look like another name.
    if (told(usual))
        return same ? usual : capped(*usual, mostUnsureTrust);
    if (told(wider))
        return capped(*wider, mostUnsureTrust);
    return std::nullopt;
}

QString nameWithoutDots(const QString& text) {
    // Thai abbreviates with dots (ต.บ้านใหม่): within a name they stay.
    const auto isOfName = [](QChar c) {
        return c.isLetterOrNumber() || c.isMark() || c == u'(' || c == u')';
    };
    const auto first = std::find_if(text.begin(), text.end(), isOfName);
    const auto last = std::find_if(text.rbegin(), text.rend(), isOfName).base();
    return first < last ? QString(first, last - first) : QString();
}

HeaderReader::HeaderReader(QList<Province> provinces, DigitStringReader digits, NameReader names)
    : m_provinces(std::move(provinces)), m_digits(std::move(digits)), m_names(std::move(names)) {}

std::optional<HeaderNumber> HeaderReader::numberIn(const cv::Mat& picture, const HandWitness* hand) const {
    const std::vector<CtcScores> looks = m_digits.lookAtHead(picture);
    const WitnessReading reading = m_digits.read(looks);
    const auto usual = headerNumberOf(reading);
    if (!usual || usual->trust >= sureNumber || usual->trust <= mostDisputedTrust)
        return usual;
    const auto closer = lookedCloser(*usual, reading, m_digits.read(m_digits.lookCloser(picture)));
    if (closer && (hand != nullptr || closer->trust < usual->trust))
        return closer;
    if (hand != nullptr && hand->settles(reading, usual->value, {looks, m_digits.look(picture)}, sureNumber))
        return HeaderNumber{usual->value, sureNumber};
    return usual;
}

bool HeaderReader::isOverwritten(const cv::Mat& picture) const {
    return m_digits.read(m_digits.lookAtHead(picture)).struck > overwritten;
}

std::optional<HeaderValue> HeaderReader::readOne(const HeaderCrop& crop, const HandWitness& hand) const {
    HeaderValue value;
    value.page = crop.page;
    value.box = crop.box;
    if (crop.type == HeaderType::Number) {
        if (crop.picture.empty())
            return std::nullopt;
        const auto readBoth = [&](const HandWitness* witness) {
            return std::pair{numberIn(crop.picture, witness), crop.wider.empty()
                                                                  ? std::optional<HeaderNumber>()
                                                                  : numberIn(crop.wider, witness)};
        };
        const auto sure = [](const std::optional<HeaderNumber>& read) {
            return read && read->trust >= sureNumber;
        };
        // Neither a closer look nor the hand's digits say where a number ends: with them, it must be sure
        // wherever it may.
        auto [number, whole] = readBoth(crop.goesOn ? nullptr : &hand);
        if (!crop.goesOn && !crop.wider.empty() && !(sure(number) && sure(whole)))
            std::tie(number, whole) = readBoth(nullptr);
        if (!crop.wider.empty())
            number = sameInBoth(number, whole);
        if (!number && isOverwritten(crop.picture)) {
            value.confidence = 0.0;
            return value;
        }
        if (!number)
            return std::nullopt;
        value.number = number->value;
        value.confidence = std::min(number->trust, crop.labelScore >= kCertainLabel ? 1.0 : 0.9);
        if (crop.goesOn && !whole)
            value.confidence = std::min(*value.confidence, mostUnsureTrust);
        return value;
    }
    if (crop.namesProvince) {
        const auto name = provinceOf(crop);
        if (!name)
            return std::nullopt;
        value.text = m_provinces[name->index].name.th;
        value.confidence = name->probability;
        return value;
    }
    if (bareText(crop.text).size() < 2 || crop.textConfidence < leastTextTrust)
        return std::nullopt;
    value.text = nameWithoutDots(crop.text);
    value.confidence = std::min(mostTextTrust, crop.textConfidence);
    return value;
}

// The name net reads handwriting, the text engine print.
std::optional<NameReading> HeaderReader::provinceOf(const HeaderCrop& crop) const {
    auto written = m_names.read(crop.picture);
    if (!crop.wider.empty())
        written = nameOfBoth(written, m_names.read(crop.wider), holdsWriting(crop.picture));
    else if (written && written->probability < leastNameTrust)
        written.reset();
    const auto printed = provinceInText(crop.text);
    if (!written || !printed)
        return written ? written : printed;
    const bool exact = printed->probability >= printedTrust;
    if (written->index == printed->index)
        return exact && printed->probability > written->probability ? printed : written;
    // They say different names. A strange one is what the net makes of print.
    if (exact)
        return written->strange ? printed : capped(*written, mostDisputedTrust);
    return crop.dotless ? capped(*written, mostUnsureTrust) : written;
}

std::optional<NameReading> HeaderReader::provinceInText(const QString& text) const {
    const QString bare = bareText(text);
    if (bare.size() < 2)
        return std::nullopt;
    double best = 0.0;
    double second = 0.0;
    qsizetype index = 0;
    for (qsizetype i = 0; i < m_provinces.size(); ++i) {
        const QString name = bareText(m_provinces[i].name.th);
        // Both ways round, or a short name would be found in any long text.
        const double score = std::min(occurrence(name, bare), occurrence(bare, name) + 0.15);
        if (score > best) {
            second = best;
            best = score;
            index = i;
        } else {
            second = std::max(second, score);
        }
    }
    if (best < leastProvinceScore || best - second < provinceLead)
        return std::nullopt;
    return NameReading{index, best >= printedExactly ? printedTrust : std::min(0.9, best), false};
}

std::optional<HeaderValue> HeaderReader::readSameProvince(const QList<HeaderCrop>& crops,
                                                          const QString& field) const {
    QList<cv::Mat> pictures;
    HeaderValue value;
    for (const HeaderCrop& crop : crops) {
        if (crop.field != field || crop.picture.empty())
            continue;
        if (pictures.isEmpty()) {
            value.page = crop.page;
            value.box = crop.box;
        }
        pictures.append(crop.picture);
    }
    const auto name = pictures.size() < 2 ? std::nullopt : m_names.readSame(pictures);
    if (!name || name->probability < leastSameTrust)
        return std::nullopt;
    value.text = m_provinces[name->index].name.th;
    value.confidence = std::min(leastNameTrust, name->probability);
    return value;
}

QMap<QString, HeaderValue> HeaderReader::read(const QList<HeaderCrop>& crops, const HandWitness& hand) const {
    QMap<QString, HeaderValue> result;
    QSet<QString> provinces;
    QSet<QString> disputed;
    QMap<QString, double> alone;  // the best single reading of each number
    for (const HeaderCrop& crop : crops) {
        if (crop.namesProvince)
            provinces.insert(crop.field);
        auto value = readOne(crop, hand);
        if (!value)
            continue;
        // What is contested in one blank no other settles.
        if (crop.type == HeaderType::Number && value->confidence.value_or(1.0) <= mostDisputedTrust)
            disputed.insert(crop.field);
        if (value->number)
            alone[crop.field] = std::max(alone.value(crop.field), value->confidence.value_or(0.0));
        const auto known = result.constFind(crop.field);
        if (known != result.constEnd() && value->number && known->number &&
            *value->number != *known->number) {
            // Two blanks of one field that read differently: neither is to be trusted alone.
            disputed.insert(crop.field);
            value->confidence = std::min(value->confidence.value_or(0.0), mostDisputedTrust);
            HeaderValue other = *known;
            other.confidence = std::min(other.confidence.value_or(0.0), mostDisputedTrust);
            result[crop.field] = other.confidence >= value->confidence ? other : *value;
            continue;
        }
        // A number written alike in two places; as hand and net are the same, the fainter one counts half.
        if (known != result.constEnd() && value->number && known->number) {
            const double own = value->confidence.value_or(0.0);
            const double other = known->confidence.value_or(0.0);
            const double less = std::min(own, other);
            const double more = std::max(own, other);
            value->confidence = 1.0 - (1.0 - more) * std::sqrt(1.0 - less);
        }
        if (known != result.constEnd() && value->text != known->text && crop.namesProvince)
            disputed.insert(crop.field);
        if (known == result.constEnd() || value->confidence > known->confidence)
            result[crop.field] = *value;
    }
    // A third blank may side with one of two, but the paper still contradicts itself: a person looks.
    for (const QString& field : disputed) {
        HeaderValue& value = result[field];
        value.confidence = std::min(value.confidence.value_or(0.0), mostDisputedTrust);
    }
    for (auto it = result.begin(); it != result.end(); ++it) {
        if (it->number && alone.value(it.key()) < sureNumber)
            it->confidence = std::min(it->confidence.value_or(0.0), mostUnsureTrust);
    }
    for (const QString& field : std::as_const(provinces)) {
        if (result.contains(field))
            continue;
        if (const auto value = readSameProvince(crops, field))
            result[field] = *value;
    }
    return result;
}

}  // namespace tallydesk
