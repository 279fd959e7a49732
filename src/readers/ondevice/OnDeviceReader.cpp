// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/OnDeviceReader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "readers/ondevice/FormFieldMap.h"
#include "readers/ondevice/HandWitness.h"
#include "readers/ondevice/HeaderReader.h"
#include "readers/ondevice/NumberJudge.h"
#include "readers/ondevice/RowNaming.h"

namespace tallydesk {

namespace {

constexpr double sureWords = 0.95;   // enough to say what this hand's digits are
constexpr double someStruck = 0.05;  // or written in unusual words, as where one was struck out

class PreparedCrops final : public PreparedBallot {
public:
    std::shared_ptr<const FormTemplate> form;
    FormCrops crops;
};

ReadAttempt cancelled() {
    ReadFailure failure;
    failure.error.code = QStringLiteral("cancelled");
    failure.reach = FailureReach::Cancelled;
    return ReadAttempt::failed(std::move(failure));
}

// Fails this ballot: without a form or a table there is nothing to read.
ReadAttempt unreadable(const QString& code) {
    ReadFailure failure;
    failure.error.code = code;
    return ReadAttempt::failed(std::move(failure));
}

// Of several total lines (a last row in a table of its own has one, left blank) the written one counts.
void keepOneTotal(QList<WitnessedNumber>& numbers) {
    qsizetype kept = -1;
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (numbers[i].crop.field != u"total")
            continue;
        const bool written = numbers[i].digits.number() || numbers[i].words.number();
        if (kept < 0) {
            kept = i;
            continue;
        }
        const bool keptWritten = numbers[kept].digits.number() || numbers[kept].words.number();
        if (written && keptWritten) {
            // Two written totals: which one counts is for a person.
            numbers[kept].crop.placeUncertain = true;
            numbers[i].crop.field.clear();
        } else if (written) {
            numbers[kept].crop.field.clear();
            kept = i;
        } else {
            numbers[i].crop.field.clear();
        }
    }
    numbers.removeIf([](const WitnessedNumber& n) { return n.crop.field.isEmpty(); });
}

// Reads both places of a number; where the words are sure, `hand` learns the digits beside them.
WitnessedNumber witness(const NumberCrop& crop, const DigitStringReader& digits, const WordReader& words,
                        const NumberWords& language, HandWitness& hand) {
    WitnessedNumber number;
    number.crop = crop;
    number.digitsSeen = !crop.digits.empty();
    number.wordsSeen = crop.hasWords && !crop.words.empty();
    WitnessLooks digitLooks;
    WitnessLooks wordLooks;
    if (number.digitsSeen) {
        digitLooks.looks = digits.look(crop.digits);
        digitLooks.reading = digits.read(digitLooks.looks);
    }
    if (number.wordsSeen) {
        wordLooks.looks = words.look(crop.words);
        wordLooks.reading = words.read(wordLooks.looks, language);
    }
    if (number.digitsSeen && number.wordsSeen)
        weighEachOther(digits, digitLooks, words, wordLooks, language);
    // By its words alone: its digits are what is to be compared.
    if (const auto said = wordLooks.reading.number();
        said && number.digitsSeen && wordLooks.reading.probabilityOf(*said) >= sureWords) {
        const bool agreed = digitLooks.reading.number() == said && digitLooks.reading.struck < someStruck &&
                            wordLooks.reading.struck < someStruck &&
                            wordLooks.reading.unusual.value(*said) < someStruck;
        hand.add(*said, std::move(digitLooks.looks), agreed);
    }
    number.digits = std::move(digitLooks.reading);
    number.words = std::move(wordLooks.reading);
    return number;
}

void enter(const QList<WitnessedNumber>& numbers, const QList<VoteEntry>& entries, BallotData& data) {
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        const NumberCrop& crop = numbers[i].crop;
        if (crop.row > 0)
            data.rows.append({crop.row, entries[i]});
        else if (crop.field == u"total")
            data.total = entries[i];
        else
            data.figures[crop.field] = entries[i];
    }
}

// For those who look into a result file: what the print beside the rows says, what was not found.
QJsonObject notesOf(const QList<RowNumbering>& printed, QStringList remarks) {
    QJsonArray tables;
    for (const RowNumbering& table : printed)
        tables.append(
            QJsonObject{{QStringLiteral("first"), table.numbers.value(0)},
                        {QStringLiteral("last"), table.numbers.isEmpty() ? 0 : table.numbers.last()},
                        {QStringLiteral("lead"), table.lead},
                        {QStringLiteral("consecutive"), table.consecutive}});
    QJsonObject notes{{QStringLiteral("printed_rows"), tables}};
    remarks.removeDuplicates();
    if (!remarks.isEmpty())
        notes.insert(QStringLiteral("geometry"), QJsonArray::fromStringList(remarks));
    return notes;
}

}  // namespace

Expected<OnDeviceModels> OnDeviceModels::load(const QString& folder) {
    auto digits = CtcNet::load(folder + QStringLiteral("/digits"), QStringLiteral("digits"));
    if (!digits)
        return tl::make_unexpected(digits.error());
    auto words = CtcNet::load(folder + QStringLiteral("/words"), QStringLiteral("words"));
    if (!words)
        return tl::make_unexpected(words.error());
    const QString nameFolder = folder + QStringLiteral("/provinces");
    auto provinces = CtcNet::load(nameFolder, QStringLiteral("provinces"));
    if (!provinces)
        return tl::make_unexpected(provinces.error());
    QStringList dropped;
    QFile classes(nameFolder + QStringLiteral("/classes.json"));
    if (classes.open(QIODevice::ReadOnly)) {
        const QJsonArray drop = QJsonDocument::fromJson(classes.readAll()).object().value(u"drop").toArray();
        for (const QJsonValue& letter : drop)
            dropped.append(letter.toString());
    }
    return OnDeviceModels{std::move(*digits), std::move(*words), std::move(*provinces), dropped};
}

OnDeviceReader::OnDeviceReader(FormCatalog forms, OnDeviceModels models,
                               std::shared_ptr<const TextRecogniser> recogniser, QList<Province> provinces)
    : m_forms(std::move(forms)),
      m_models(std::move(models)),
      m_recogniser(std::move(recogniser)),
      m_provinces(std::move(provinces)) {}

Expected<std::shared_ptr<PreparedBallot>> OnDeviceReader::prepare(const BallotScan& scan,
                                                                  const QList<PageImage>& pages,
                                                                  const CancelToken& cancel) {
    auto prepared = std::make_shared<PreparedCrops>();
    prepared->form = m_forms.byId(scan.formId);
    if (prepared->form) {
        auto crops = FormFieldMap(m_recogniser).locate(*prepared->form, pages, cancel);
        if (!crops)
            return tl::make_unexpected(crops.error());
        prepared->crops = std::move(*crops);
    }
    return prepared;
}

ReadAttempt OnDeviceReader::attempt(const PreparedBallot& ballot, int, const CancelToken& cancel) {
    const auto& prepared = dynamic_cast<const PreparedCrops&>(ballot);
    BallotData data;
    if (!prepared.form)
        return unreadable(QStringLiteral("ondevice.form_unknown"));
    if (prepared.crops.numbers.isEmpty())
        return unreadable(QStringLiteral("ondevice.no_table"));
    const FormTemplate& form = *prepared.form;
    FormCrops crops = prepared.crops;  // pictures are shared
    const QList<RowNumbering> printed = readPrintedRows(form, *m_models.digits, crops, cancel);
    if (cancel.isCancelled())
        return cancelled();
    nameRows(form, printed, crops);
    data.formId = form.id;
    data.formCode = form.code;
    data.partyList = form.partyList;
    data.pageRoles = crops.pageRoles;

    const DigitStringReader digits(m_models.digits);
    const WordReader words(m_models.words);
    QList<WitnessedNumber> numbers;
    HandWitness hand(digits);
    for (const NumberCrop& crop : std::as_const(crops.numbers)) {
        if (cancel.isCancelled())
            return cancelled();
        numbers.append(witness(crop, digits, words, *form.numberWords, hand));
    }
    keepOneTotal(numbers);

    enter(numbers, judgeNumbers(form, numbers, cancel), data);
    if (cancel.isCancelled())
        return cancelled();
    QStringList provinceNames;
    for (const Province& province : m_provinces)
        provinceNames.append(province.name.th);
    const NameReader names(m_models.provinces, provinceNames, m_models.droppedLetters);
    data.header = HeaderReader(m_provinces, digits, names).read(crops.header, hand);
    data.readerNotes = notesOf(printed, crops.remarks);
    return ReadAttempt::success(std::move(data));
}

}  // namespace tallydesk
