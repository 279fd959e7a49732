// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/PathMetadata.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <QSet>

#include "core/Provinces.h"
#include "core/RuleTools.h"

namespace tallydesk {

namespace {

const QString kProvince = QStringLiteral("province");
const QString kConstituency = QStringLiteral("constituency");
const QString kCommittee = QStringLiteral("committee");
const QString kPollingUnit = QStringLiteral("polling_unit");
const QString kFormCode = QStringLiteral("form_code");
const QString kPartyList = QStringLiteral("party_list");

QString compatible(const QString& text) {
    return text.normalized(QString::NormalizationForm_KC);
}

/// Compatibility-normalised, with Arabic numerals.
QString plainName(const QString& text) {
    QString out = compatible(text);
    for (QChar& c : out)
        if (c.unicode() >= u'๐' && c.unicode() <= u'๙')
            c = QChar(static_cast<char16_t>(u'0' + (c.unicode() - u'๐')));
    return out;
}

/// What all folder and file names say of one field: the one value, or nothing when they say two.
template <typename T>
class Said {
public:
    void add(const T& value) {
        if (!m_values.contains(value))
            m_values.append(value);
    }
    std::optional<T> only() const {
        return m_values.size() == 1 ? std::optional<T>(m_values.first()) : std::nullopt;
    }

private:
    QList<T> m_values;
};

/// Every number after `words`. A range ("1-4", "1,2", "1 ถึง 4") names several and so none.
void collectNumbers(const QString& name, const QString& words, Said<qint64>& said) {
    const QRegularExpression pattern(
        compatible(words) +
        QStringLiteral("\\s*\\.?\\s*(\\d{1,4})(?!\\d)(?!\\s*[-–,&+]\\s*\\d)(?!\\s*(?:ถึง|และ))"));
    for (auto it = pattern.globalMatch(name); it.hasNext();) {
        const qint64 number = it.next().captured(1).toLongLong();
        if (number > 0)
            said.add(number);
    }
}

void collectProvinces(const QString& name, Said<QString>& said) {
    static const QRegularExpression prefix(compatible(QStringLiteral("(?:จังหวัด|จ\\.)\\s*")));
    static const QRegularExpression separators(QStringLiteral("[\\s_\\-(),]+"));
    const QList<Province> provinces = builtInProvinces();
    for (auto it = prefix.globalMatch(name); it.hasNext();) {
        const QStringView rest = QStringView(name).sliced(it.next().capturedEnd());
        QString best;
        for (const Province& province : provinces)
            if (rest.startsWith(compatible(province.name.th)) && province.name.th.size() > best.size())
                best = province.name.th;
        if (!best.isEmpty())
            said.add(best);
    }
    // A bare name counts where it is the whole name or stands beside a constituency: เลย or ตาก are words
    // too.
    const bool besideConstituency = name.contains(compatible(QStringLiteral("เขต")));
    const QString whole = normalisedProvince(name);
    const QStringList parts = name.split(separators, Qt::SkipEmptyParts);
    for (const Province& province : provinces) {
        const QString wanted = normalisedProvince(province.name.th);
        if (whole == wanted)
            said.add(province.name.th);
        for (const QString& part : parts)
            if (normalisedProvince(part) == wanted && (besideConstituency || province.code == u"10"))
                said.add(province.name.th);
    }
}

/// The code as the form definitions write it in names, not inside a date or a longer number.
void collectCodes(const QString& name, const FormCatalog& forms, Said<QString>& said) {
    for (const auto& form : forms.forms())
        for (const QString& text : form->pathTexts) {
            QStringList parts;
            for (const QChar c : plainName(text))
                if (!c.isSpace())
                    parts.append(QRegularExpression::escape(c));
            const QRegularExpression pattern(QStringLiteral("(?<!\\d)(?<!\\d[-_./])") +
                                             parts.join(QStringLiteral("\\s*")) +
                                             QStringLiteral("(?!\\d)(?![-_./]\\d{2})"));
            if (pattern.match(name).hasMatch())
                said.add(form->code);
        }
}

/// Only what is said counts: a name without (บช) may hold both kinds.
void collectKinds(const QString& name, Said<bool>& said) {
    static const QRegularExpression partyList(compatible(QStringLiteral(
        "\\(\\s*บช\\s*\\.?\\s*\\)|บัญชีรายชื่อ|(?<![\\x{0E00}-\\x{0E7F}])บช(?![\\x{0E00}-\\x{0E7F}])")));
    if (partyList.match(name).hasMatch())
        said.add(true);
    if (name.contains(compatible(QStringLiteral("แบ่งเขต"))))
        said.add(false);
}

struct NumberField {
    QString key;
    std::optional<qint64> number;
};

QList<NumberField> numberFields(const PathMetadata& path) {
    return {
        {kConstituency, path.constituency}, {kCommittee, path.committee}, {kPollingUnit, path.pollingUnit}};
}

Finding conflict(const QString& key, const QString& paper, const QString& path) {
    return RuleTools::warningFinding(QStringLiteral("W.303"), {key},
                                     {RuleTools::fieldArg({key}), paper, path});
}

QString kindText(bool partyList) {
    return partyList ? QStringLiteral("แบบบัญชีรายชื่อ") : QStringLiteral("แบบแบ่งเขตเลือกตั้ง");
}

}  // namespace

QString normalisedProvince(const QString& name) {
    QString out;
    for (const QChar c : compatible(name))
        if (!c.isSpace() && c.category() != QChar::Other_Format)
            out.append(c);
    for (const QString& prefix : {QStringLiteral("จังหวัด"), QStringLiteral("จ.")})
        if (out.startsWith(compatible(prefix)))
            out = out.sliced(compatible(prefix).size());
    static const QStringList bangkok{QStringLiteral("กทม"),     QStringLiteral("กทม."),
                                     QStringLiteral("กรุงเทพ"),  QStringLiteral("กรุงเทพฯ"),
                                     QStringLiteral("กรุงเทพ."), QStringLiteral("ก.ท.ม.")};
    if (bangkok.contains(out))
        return compatible(QStringLiteral("กรุงเทพมหานคร"));
    return out;
}

PathMetadata PathMetadata::fromPath(const QString& path, const FormCatalog& forms) {
    Said<QString> provinces;
    Said<QString> codes;
    Said<qint64> constituencies;
    Said<qint64> committees;
    Said<qint64> units;
    Said<bool> kinds;
    for (const QString& part : path.split(u'/', Qt::SkipEmptyParts)) {
        const QString name = plainName(part);
        collectProvinces(name, provinces);
        collectCodes(name, forms, codes);
        collectKinds(name, kinds);
        // นอกเขต 1 and ในเขต 1 count sets, not constituencies.
        collectNumbers(name, QStringLiteral("(?<!นอก)(?<!ใน)เขต(?:เลือกตั้ง)?(?:ที่)?"), constituencies);
        collectNumbers(name, QStringLiteral("ชุด(?:ที่)?"), committees);
        collectNumbers(name, QStringLiteral("หน่วย(?:เลือกตั้ง)?(?:ที่)?"), units);
    }
    PathMetadata out;
    out.province = provinces.only();
    out.constituency = constituencies.only();
    out.committee = committees.only();
    out.pollingUnit = units.only();
    out.formCode = codes.only();
    out.partyList = kinds.only();
    return out;
}

PathMetadata PathMetadata::ofScan(const BallotScan& scan, const FormTemplate* form,
                                  const FormCatalog& forms) {
    const bool placed = !scan.pages.isEmpty() && !scan.pages.first().path.isEmpty();
    PathMetadata said = fromPath(placed ? scan.pages.first().path : scan.file, forms);
    const auto keep = [form](const QString& key, auto& value) {
        if (form && !form->headerField(key))
            value.reset();
    };
    keep(kProvince, said.province);
    keep(QStringLiteral("constituency"), said.constituency);
    keep(QStringLiteral("committee"), said.committee);
    keep(QStringLiteral("polling_unit"), said.pollingUnit);
    return said;
}

QList<Finding> PathMetadata::apply(BallotData& data) const {
    QList<Finding> findings;
    QJsonArray filled;
    if (province) {
        HeaderValue& paper = data.header[kProvince];
        if (paper.text.value_or(QString()).trimmed().isEmpty()) {
            paper.text = province;
            paper.source = HeaderSource::Path;
            filled.append(kProvince);
        } else if (normalisedProvince(*paper.text) != normalisedProvince(*province)) {
            findings.append(conflict(kProvince, *paper.text, *province));
        }
    }
    for (const NumberField& field : numberFields(*this)) {
        if (!field.number)
            continue;
        HeaderValue& paper = data.header[field.key];
        if (!paper.number) {
            paper.number = field.number;
            paper.source = HeaderSource::Path;
            filled.append(field.key);
        } else if (*paper.number != *field.number) {
            findings.append(
                conflict(field.key, QString::number(*paper.number), QString::number(*field.number)));
        }
    }
    if (formCode) {
        if (data.formCode.isEmpty()) {
            data.formCode = *formCode;
            filled.append(kFormCode);
        } else if (data.formCode != *formCode) {
            findings.append(conflict(kFormCode, data.formCode, *formCode));
        }
    }
    if (partyList) {
        if (!data.partyList) {
            data.partyList = partyList;
            filled.append(kPartyList);
        } else if (*data.partyList != *partyList) {
            findings.append(conflict(kPartyList, kindText(*data.partyList), kindText(*partyList)));
        }
    }
    if (!filled.isEmpty())
        data.readerNotes.insert(QStringLiteral("from_path"), filled);
    return findings;
}

QStringList PathMetadata::agreesOn(const BallotData& data) const {
    QStringList keys;
    const auto paper = [&data](const QString& key) {
        const HeaderValue value = data.header.value(key);
        return value.source == HeaderSource::Paper ? value : HeaderValue();
    };
    if (province && paper(kProvince).text &&
        normalisedProvince(*paper(kProvince).text) == normalisedProvince(*province))
        keys.append(kProvince);
    for (const NumberField& field : numberFields(*this))
        if (field.number && paper(field.key).number == field.number)
            keys.append(field.key);
    return keys;
}

}  // namespace tallydesk
