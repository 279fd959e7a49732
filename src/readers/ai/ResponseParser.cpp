// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ai/ResponseParser.h"

#include "readers/ai/AnswerEnvelope.h"
#include "readers/ai/AnswerJson.h"
#include "readers/ai/AnswerReader.h"

namespace tallydesk {

namespace {

// A 57-row answer has about 6,000 characters; the bounds keep a hostile text from costing much.
constexpr qsizetype kLongestContent = 1'000'000;
constexpr int kMostCandidates = 200;

/// All JSON objects that stand in a text, apart from prose.
struct Candidates {
    QList<AnswerValue> values;
    bool cutOff = false;
    bool broken = false;
};

qsizetype leadingBlanks(const QString& text) {
    qsizetype count = 0;
    while (count < text.size() && text[count].isSpace())
        ++count;
    return count;
}

Candidates objectsIn(const QString& content) {
    Candidates found;
    qsizetype at = 0;
    for (int tried = 0; tried < kMostCandidates; ++tried) {
        const qsizetype object = content.indexOf(u'{', at);
        if (object < 0)
            break;
        // A list of forms that breaks off holds forms that nobody sees.
        const QStringView before = QStringView(content).first(object).trimmed();
        if (before.endsWith(u'[') &&
            AnswerJson::parse(content, before.size() - 1 + leadingBlanks(content)).status ==
                AnswerJson::Status::CutOff) {
            found.cutOff = true;
            break;
        }
        const AnswerJson::Result result = AnswerJson::parse(content, object);
        if (result.status == AnswerJson::Status::Complete) {
            found.values.append(result.value);
            at = result.end;
            continue;
        }
        // Inside something that ended too early or is malformed, a smaller object must not pass for it.
        if (result.status == AnswerJson::Status::CutOff) {
            found.cutOff = true;
            break;
        }
        // {"... is meant as JSON; {x} in prose is not.
        QStringView rest = QStringView(content).sliced(object + 1);
        found.broken = found.broken || rest.trimmed().startsWith(u'"');
        if (found.broken)
            break;
        at = object + 1;
    }
    return found;
}

/// The outermost objects of a value that claim to be an answer.
void collectAnswers(const AnswerValue& value, const FormCatalog& forms, QList<AnswerValue>& answers) {
    if (AnswerReader::looksLikeAnswer(value, forms)) {
        if (!answers.contains(value))
            answers.append(value);
        return;
    }
    for (const AnswerValue& item : value.items)
        collectAnswers(item, forms, answers);
    for (const auto& [key, member] : value.members)
        collectAnswers(member, forms, answers);
}

}  // namespace

ResponseParser::ResponseParser(FormCatalog forms) : m_forms(std::move(forms)) {}

ReadAttempt ResponseParser::parse(const QByteArray& body, const FormTemplate* expected) const {
    auto envelope = AnswerEnvelope::open(body);
    if (!envelope)
        return ReadAttempt::failed(envelope.error(), body);
    auto data = parseContent(envelope->content, expected);
    if (!data)
        return ReadAttempt::failed(data.error(), body);
    for (auto it = envelope->notes.constBegin(); it != envelope->notes.constEnd(); ++it)
        data->readerNotes.insert(it.key(), it.value());
    return ReadAttempt::success(std::move(*data), body);
}

tl::expected<BallotData, ReadFailure> ResponseParser::parseContent(const QString& content,
                                                                   const FormTemplate* expected) const {
    const auto failed = [](const char* code) {
        return tl::make_unexpected(answerFailure(QLatin1String(code)));
    };
    if (content.size() > kLongestContent)
        return failed("reader.answer_oversized");
    const Candidates found = objectsIn(content);
    if (found.cutOff)
        return failed("reader.answer_cut_off");
    if (found.broken)
        return failed("reader.answer_malformed");
    if (found.values.isEmpty())
        return failed("reader.answer_prose");
    QList<AnswerValue> answers;
    for (const AnswerValue& value : found.values)
        collectAnswers(value, m_forms, answers);
    if (answers.isEmpty())
        return failed("reader.answer_other_shape");
    if (answers.size() > 1)
        return failed("reader.answer_ambiguous");
    return AnswerReader(m_forms, expected).read(answers.first());
}

}  // namespace tallydesk
