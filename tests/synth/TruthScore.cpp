// SPDX-License-Identifier: GPL-3.0-or-later
#include "TruthScore.h"

#include <QFileInfo>
#include <QJsonArray>
#include <algorithm>

#include "core/NumberWords.h"
#include "core/PathMetadata.h"

namespace tallydesk::synth {

namespace {

// Digits lead; words count where no digits were written; an empty or dashed row has no votes.
std::optional<qint64> onPaper(const QJsonObject& cell) {
    if (cell.value(u"digits").isDouble())
        return cell.value(u"digits").toInteger();
    static const auto thai = NumberWords::fromJson({{QStringLiteral("system"), QStringLiteral("thai")}});
    if (const QString words = cell.value(u"words").toString(); !words.isEmpty() && thai) {
        if (const auto value = (*thai)->parse(words))
            return value;
    }
    return cell.contains(u"mark") || cell.contains(u"no") ? std::optional<qint64>(0) : std::nullopt;
}

std::optional<qint64> shown(const VoteEntry* entry) {
    if (entry == nullptr)
        return std::nullopt;
    if (!entry->value && (entry->mark == Mark::Blank || entry->mark == Mark::Dash))
        return 0;
    return entry->value;
}

QString text(const std::optional<qint64>& value) {
    return value ? QString::number(*value) : QStringLiteral("nothing");
}

class Comparison {
public:
    explicit Comparison(TruthScore& score) : m_score(score) {}

    void number(const QString& field, const std::optional<qint64>& paper, const VoteEntry* read) {
        if (!paper)
            return;
        const auto value = shown(read);
        const bool same = value == paper;
        ++m_score.numbers;
        m_score.right += same ? 1 : 0;
        m_score.nonzero += *paper != 0 ? 1 : 0;
        m_score.nonzeroRight += same && *paper != 0 ? 1 : 0;
        if (!same)
            differs(field, text(paper), text(value), true);
    }

    void header(const QString& field, const QString& paper, const QString& read, bool counts) {
        if (paper.isEmpty())
            return;
        ++m_score.header;
        if (paper == read)
            ++m_score.headerRight;
        else
            differs(field, paper, read, counts);
    }

    void differs(const QString& field, const QString& paper, const QString& read, bool counts) {
        m_score.wrong.append(QStringLiteral("%1: paper %2, read %3").arg(field, paper, read));
        m_wrong += counts ? 1 : 0;
    }

    int wrong() const { return m_wrong; }

private:
    TruthScore& m_score;
    int m_wrong = 0;
};

QString headerNumber(const QJsonValue& value) {
    return value.isDouble() ? QString::number(value.toInteger()) : QString();
}

QString headerNumber(const BallotData& data, const QString& key) {
    const auto number = data.header.value(key).number;
    return number ? QString::number(*number) : QString();
}

}  // namespace

TruthScore& TruthScore::operator+=(const TruthScore& other) {
    forms += other.forms;
    found += other.found;
    accepted += other.accepted;
    numbers += other.numbers;
    right += other.right;
    nonzero += other.nonzero;
    nonzeroRight += other.nonzeroRight;
    header += other.header;
    headerRight += other.headerRight;
    silent += other.silent;
    wrong += other.wrong;
    return *this;
}

TruthScore scoreForm(const QJsonObject& form, const BallotResult* read) {
    static const BallotData nothing;
    TruthScore score;
    score.forms = 1;
    score.found = read != nullptr ? 1 : 0;
    const BallotData& data = read != nullptr ? read->data : nothing;
    Comparison compare(score);
    const auto kind = [](bool partyList) {
        return partyList ? QStringLiteral("party-list") : QStringLiteral("constituency");
    };
    compare.header(QStringLiteral("form code"), form.value(u"form_code").toString(), data.formCode, true);
    compare.header(QStringLiteral("kind"), kind(form.value(u"party_list").toBool()),
                   data.partyList ? kind(*data.partyList) : QString(), true);
    compare.header(QStringLiteral("province"), normalisedProvince(form.value(u"province").toString()),
                   normalisedProvince(data.header.value(QStringLiteral("province")).text.value_or(QString())),
                   false);
    for (const auto& [key, name] :
         {std::pair(QStringLiteral("constituency"), QStringLiteral("constituency")),
          std::pair(QStringLiteral("set"), QStringLiteral("committee")),
          std::pair(QStringLiteral("polling_unit"), QStringLiteral("polling_unit"))})
        compare.header(name, headerNumber(form.value(key)), headerNumber(data, name), true);

    const QJsonObject figures = form.value(u"figures").toObject();
    for (auto it = figures.begin(); it != figures.end(); ++it) {
        if (!it->isObject())
            continue;
        const auto found = data.figures.constFind(it.key());
        compare.number(it.key(), onPaper(it->toObject()),
                       found == data.figures.constEnd() ? nullptr : &found.value());
    }
    QList<int> known;
    for (const QJsonValue& value : form.value(u"rows").toArray()) {
        const int no = value.toObject().value(u"no").toInt();
        known.append(no);
        const auto found = std::find_if(data.rows.begin(), data.rows.end(),
                                        [no](const TallyRow& row) { return row.no == no; });
        compare.number(QStringLiteral("row %1").arg(no), onPaper(value.toObject()),
                       found == data.rows.end() ? nullptr : &found->entry);
    }
    for (const TallyRow& row : data.rows) {
        if (!known.contains(row.no) && shown(&row.entry).value_or(0) != 0)
            compare.differs(QStringLiteral("row %1").arg(row.no), QStringLiteral("no such row"),
                            text(shown(&row.entry)), true);
    }
    if (form.value(u"total").isObject())
        compare.number(QStringLiteral("total"), onPaper(form.value(u"total").toObject()),
                       data.total ? &*data.total : nullptr);
    if (read != nullptr && read->status == BallotStatus::Accepted) {
        score.accepted = 1;
        score.silent = compare.wrong();
    }
    return score;
}

const BallotResult* ballotOf(const QJsonObject& form, const QString& file,
                             const QList<BallotResult>& results) {
    const QJsonArray pages = form.value(u"pages").toArray();
    const BallotResult* best = nullptr;
    qsizetype most = 0;
    for (const BallotResult& result : results) {
        if (QFileInfo(result.scan.file).fileName() != file)
            continue;
        qsizetype shared = 0;
        for (const QJsonValue& page : pages)
            shared += result.scan.pageNumbers.contains(page.toInt()) ? 1 : 0;
        if (shared > most) {
            most = shared;
            best = &result;
        }
    }
    return best;
}

}  // namespace tallydesk::synth
