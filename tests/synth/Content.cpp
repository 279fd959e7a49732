// SPDX-License-Identifier: GPL-3.0-or-later
#include "Content.h"

#include <QJsonArray>
#include <algorithm>
#include <numeric>

#include "Names.h"

namespace tallydesk::synth {

namespace {

const QString kTotal = QStringLiteral("total");

/// How one clerk fills a form in.
struct Habits {
    enum class Zero { Written, Dash, Blank } zero = Zero::Written;
    QString suffix;
    bool oneForEt = false;
    bool rowsWithoutWords = false;
    bool dashesAround = false;
    double tick = 0.0;
    double struck = 0.0;
};

Habits anyHabits(Random& random, int difficulty) {
    Habits habits;
    const double zero = random.unit();
    habits.zero = zero < 0.4 ? Habits::Zero::Written : zero < 0.65 ? Habits::Zero::Dash : Habits::Zero::Blank;
    const double suffix = random.unit();
    habits.suffix = suffix < 0.8    ? QString()
                    : suffix < 0.93 ? QStringLiteral("คะแนน")
                                    : QStringLiteral("ถ้วน");
    habits.oneForEt = random.chance(0.06);
    habits.rowsWithoutWords = random.chance(difficulty >= 2 ? 0.06 : 0.0);
    habits.dashesAround = random.chance(difficulty >= 2 ? 0.06 : 0.0);
    habits.tick = random.chance(0.12 * difficulty) ? random.real(0.2, 0.9) : 0.0;
    habits.struck = difficulty >= 1 && random.chance(0.15 * difficulty) ? 0.04 : 0.0;
    return habits;
}

/// Numbers for every figure, so that the equations of any form hold.
class Figures {
public:
    Figures(const FormTemplate& form, Random& random) : m_form(form), m_random(random) {
        qint64 base = random.whole(180, 780);
        if (form.figure(QStringLiteral("received")) != nullptr) {
            base = random.chance(0.3) ? random.whole(12, 90) : random.whole(120, 900);
        }
        if (!form.ballotsBase.isEmpty()) {
            m_values[form.ballotsBase] = base;
        }
        for (int round = 0; round < 6; ++round) {
            for (const Equation& equation : form.equations) {
                settle(equation);
            }
        }
        for (const FigureField& figure : form.figures) {
            if (!m_values.contains(figure.key)) {
                m_values[figure.key] = random.whole(0, base);
            }
        }
        if (!m_values.contains(kTotal)) {
            m_values[kTotal] = base;
        }
    }

    const QMap<QString, qint64>& values() const { return m_values; }

private:
    void settle(const Equation& equation) {
        if (equation.op == EquationOp::AtMost) {
            if (equation.left.size() == 1 && equation.right.size() == 1 &&
                m_values.contains(equation.left.first()) && !m_values.contains(equation.right.first())) {
                m_values[equation.right.first()] = static_cast<qint64>(
                    std::ceil(m_values[equation.left.first()] / m_random.real(0.5, 0.88)));
            }
            return;
        }
        settle(equation.left, equation.right);
        settle(equation.right, equation.left);
    }

    void settle(const QStringList& known, const QStringList& parts) {
        qint64 sum = 0;
        for (const QString& term : known) {
            if (!m_values.contains(term)) {
                return;
            }
            sum += m_values[term];
        }
        QStringList open;
        for (const QString& term : parts) {
            if (m_values.contains(term)) {
                sum -= m_values[term];
            } else {
                open.append(term);
            }
        }
        if (open.isEmpty()) {
            return;
        }
        // Spoiled ballots and the like are few; the first term takes what is left.
        for (qsizetype i = 1; i < open.size(); ++i) {
            const qint64 share = m_random.chance(0.06) ? 0 : m_random.whole(0, std::max<qint64>(1, sum / 14));
            m_values[open.at(i)] = share;
            sum -= share;
        }
        m_values[open.first()] = sum;
        if (parts.size() > 1 && sum < 0) {
            m_values.remove(open.first());
        }
    }

public:
    /// Sums whose total is open and that have one open part: allocated = used + remaining.
    static void fillOpenSums(const FormTemplate& form, Random& random, QMap<QString, qint64>& values) {
        for (const Equation& equation : form.equations) {
            if (equation.op != EquationOp::Equal || equation.left.size() != 1 || equation.right.size() < 2) {
                continue;
            }
            qint64 sum = 0;
            for (const QString& term : equation.right) {
                sum += values.value(term, random.whole(20, 300));
            }
            values[equation.left.first()] = sum;
        }
    }

private:
    const FormTemplate& m_form;
    Random& m_random;
    QMap<QString, qint64> m_values;
};

QList<qint64> shareOut(qint64 votes, int rows, Random& random) {
    QList<double> weights;
    for (int i = 0; i < rows; ++i) {
        weights.append(rows > 20 ? std::exp(1.4 * random.normal() - 2.2) : std::exp(1.1 * random.normal()));
    }
    for (int leader = 0; leader < 3 && rows > 20; ++leader) {
        weights[random.whole(0, rows - 1)] += random.real(1.5, 9.0);
    }
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    QList<qint64> shares;
    for (const double weight : weights) {
        shares.append(static_cast<qint64>(std::floor(static_cast<double>(votes) * weight / sum)));
    }
    qint64 left = votes - std::accumulate(shares.begin(), shares.end(), qint64{0});
    const auto top = std::max_element(shares.begin(), shares.end());
    for (; left > 0; --left) {
        if (random.chance(0.5)) {
            ++*top;
        } else {
            ++shares[random.whole(0, rows - 1)];
        }
    }
    return shares;
}

class Clerk {
public:
    Clerk(const FormTemplate& form, Random& random, Habits habits)
        : m_form(form), m_random(random), m_habits(std::move(habits)) {}

    QString spell(qint64 value) {
        QString words = m_form.numberWords ? m_form.numberWords->spell(value) : QString();
        if (m_habits.oneForEt) {
            words.replace(QStringLiteral("เอ็ด"), QStringLiteral("หนึ่ง"));
        }
        return words;
    }

    WrittenNumber write(qint64 value, bool withWords, bool row) {
        WrittenNumber number;
        if (value == 0 && m_habits.zero != Habits::Zero::Written) {
            if (m_habits.zero == Habits::Zero::Dash || !row) {
                number.dashed = true;
                number.digitsText = QStringLiteral("-");
                number.wordsText = withWords ? QStringLiteral("-") : QString();
            }
            return number;
        }
        number.digits = value;
        number.digitsText = QString::number(value);
        if (m_habits.dashesAround) {
            number.digitsText = u'-' + number.digitsText + u'-';
        }
        if (withWords && !(row && m_habits.rowsWithoutWords)) {
            number.words =
                spell(value) + (row || m_habits.suffix.isEmpty() || m_habits.suffix == QStringLiteral("ถ้วน")
                                    ? m_habits.suffix
                                    : QStringLiteral("บัตร"));
            number.wordsText = number.words;
        }
        number.ticked = m_random.chance(m_habits.tick);
        if (m_random.chance(m_habits.struck)) {
            number.struckDigits = QString::number(std::max<qint64>(1, value + m_random.whole(1, 9)));
            if (!number.words.isEmpty() && m_random.chance(0.4)) {
                number.struckWords = spell(number.struckDigits.toLongLong());
            }
        }
        return number;
    }

private:
    const FormTemplate& m_form;
    Random& m_random;
    Habits m_habits;
};

QMap<QString, QString> inventHeader(const FormTemplate& form, Random& random) {
    QMap<QString, QString> header;
    for (const HeaderField& field : form.header) {
        QString value;
        if (field.key == QStringLiteral("province")) {
            value = provinceName(random);
        } else if (field.key == QStringLiteral("district")) {
            value = districtName(random);
        } else if (field.key == QStringLiteral("subdistrict")) {
            value = subdistrictName(random);
        } else if (field.type == HeaderType::Text) {
            value = placeName(random);
        } else {
            value = QString::number(random.whole(1, field.key == QStringLiteral("polling_unit") ? 24 : 9));
        }
        header[field.key] = value;
    }
    return header;
}

QJsonObject cell(const WrittenNumber& number) {
    QJsonObject object;
    object.insert(QStringLiteral("digits"), number.digits ? QJsonValue(*number.digits) : QJsonValue());
    object.insert(QStringLiteral("words"), number.words.isEmpty() ? QJsonValue() : QJsonValue(number.words));
    if (number.dashed) {
        object.insert(QStringLiteral("mark"), QStringLiteral("-"));
    }
    return object;
}

}  // namespace

BallotContent inventContent(const FormTemplate& form, Random& random, const ContentOptions& options) {
    BallotContent content;
    content.formCode = form.code;
    content.partyList = form.partyList;
    content.header = inventHeader(form, random);
    content.header.insert(options.header);
    Clerk clerk(form, random, anyHabits(random, options.difficulty));

    QMap<QString, qint64> values = Figures(form, random).values();
    Figures::fillOpenSums(form, random, values);
    const qint64 total = values.take(kTotal);
    values.remove(sumOfRowsTerm);
    QString parts;  // a figure whose change breaks the sum of the ballots alone
    for (const Equation& equation : form.equations) {
        if (equation.op == EquationOp::Equal && equation.left == QStringList{form.ballotsBase} &&
            equation.right.size() > 1) {
            parts = equation.right.last();
        }
    }
    if (options.contradiction == Contradiction::PartsNotBallots && !parts.isEmpty()) {
        values[parts] += random.whole(1, 9);
        content.notes.append(QStringLiteral("parts do not sum to the ballots"));
    }
    for (const FigureField& figure : form.figures) {
        content.figures[figure.key] = clerk.write(values.value(figure.key), figure.hasWords, false);
    }

    content.namesByHand = form.rowNames.isEmpty() && form.figure(QStringLiteral("received")) != nullptr;
    int rows = form.rowCount;
    int candidates = form.rowCount;
    if (!form.rowsFixed) {
        candidates = static_cast<int>(content.namesByHand ? random.whole(4, 9)
                                                          : random.whole(5, random.chance(0.15) ? 16 : 10));
        rows = content.namesByHand ? 10 : candidates;
    }
    QList<qint64> shares = shareOut(total, candidates, random);
    if (options.contradiction == Contradiction::RowsNotValid) {
        *std::max_element(shares.begin(), shares.end()) += random.whole(1, 9);
        content.notes.append(QStringLiteral("rows do not sum to the valid ballots"));
    }
    for (int no = 1; no <= rows; ++no) {
        WrittenRow row;
        row.no = no;
        row.party = form.rowNames.value(no);
        if (no <= candidates) {
            if (!form.rowsFixed) {
                row.name = personName(random);
                row.party = (content.namesByHand ? QStringLiteral("พรรค") : QString()) + partyName(random);
            }
            row.number = clerk.write(shares.at(no - 1), form.rowsHaveWords, true);
        }
        content.rows.append(row);
    }
    content.total = options.contradiction == Contradiction::TotalMissing
                        ? WrittenNumber()
                        : clerk.write(total, form.rowsHaveWords, false);
    if (options.contradiction == Contradiction::DigitsNotWords && form.rowsHaveWords) {
        QList<WrittenRow*> candidatesWithWords;
        for (WrittenRow& row : content.rows) {
            if (!row.number.words.isEmpty() && row.number.digits.value_or(0) > 0) {
                candidatesWithWords.append(&row);
            }
        }
        WrittenNumber& number =
            candidatesWithWords.isEmpty() ? content.total : random.pick(candidatesWithWords)->number;
        number.words = clerk.spell(*number.digits + random.whole(1, 9));
        number.wordsText = number.words;
        content.notes.append(QStringLiteral("words differ from digits"));
    }
    return content;
}

bool BallotContent::struckOut() const {
    const auto struck = [](const WrittenNumber& number) {
        return !number.struckDigits.isEmpty() || !number.struckWords.isEmpty();
    };
    return struck(total) || std::any_of(figures.begin(), figures.end(), struck) ||
           std::any_of(rows.begin(), rows.end(), [&](const WrittenRow& row) { return struck(row.number); });
}

QJsonObject BallotContent::truth(int firstPage, int pageCount) const {
    QJsonObject form;
    QJsonArray pages;
    for (int page = 0; page < pageCount; ++page) {
        pages.append(firstPage + page);
    }
    form.insert(QStringLiteral("pages"), pages);
    form.insert(QStringLiteral("form_code"), formCode);
    form.insert(QStringLiteral("party_list"), partyList);
    const auto text = [this](const QString& key) {
        return header.value(key).isEmpty() ? QJsonValue() : QJsonValue(header.value(key));
    };
    const auto number = [this](const QString& key) {
        return header.value(key).isEmpty() ? QJsonValue() : QJsonValue(header.value(key).toLongLong());
    };
    form.insert(QStringLiteral("province"), text(QStringLiteral("province")));
    form.insert(QStringLiteral("constituency"), number(QStringLiteral("constituency")));
    form.insert(QStringLiteral("set"), number(QStringLiteral("committee")));
    form.insert(QStringLiteral("polling_unit"), number(QStringLiteral("polling_unit")));
    form.insert(QStringLiteral("district"), text(QStringLiteral("district")));
    form.insert(QStringLiteral("subdistrict"), text(QStringLiteral("subdistrict")));
    form.insert(QStringLiteral("station_name"), text(QStringLiteral("place")));
    QJsonObject figureCells;
    QStringList remarks = notes;
    for (auto it = figures.begin(); it != figures.end(); ++it) {
        figureCells.insert(it.key(), cell(it.value()));
    }
    form.insert(QStringLiteral("figures"), figureCells);
    QJsonArray rowCells;
    for (const WrittenRow& row : rows) {
        QJsonObject object = cell(row.number);
        object.insert(QStringLiteral("no"), row.no);
        object.insert(QStringLiteral("page"), row.page + firstPage - 1);
        rowCells.append(object);
        if (!row.number.struckDigits.isEmpty()) {
            remarks.append(QStringLiteral("row %1: %2 struck out")
                               .arg(QString::number(row.no), row.number.struckDigits));
        }
    }
    form.insert(QStringLiteral("rows"), rowCells);
    QJsonObject totalCell = cell(total);
    totalCell.insert(QStringLiteral("page"), totalPage + firstPage - 1);
    form.insert(QStringLiteral("total"), totalCell);
    form.insert(QStringLiteral("unsure"), QJsonArray());
    form.insert(QStringLiteral("notes"), remarks.join(QStringLiteral("; ")));
    return form;
}

}  // namespace tallydesk::synth
