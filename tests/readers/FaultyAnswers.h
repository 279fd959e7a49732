// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../net/FakeServer.h"
#include "AiTestTools.h"

namespace tallydesk::aitest {

/// The answer with the given content, spoilt in the way that a fault's name says (AiBatchTools.h: faults());
/// an HTTP status by its number; the good answer for an empty name.
inline FakeAnswer faulty(const QByteArray& name, const QString& content) {
    FakeAnswer answer;
    answer.body = completion(content);
    bool isStatus = false;
    const int status = name.toInt(&isStatus);
    if (isStatus) {
        answer.status = status;
        answer.body = R"({"error":{"code":1,"message":"injected"}})";
    } else if (name == "reset_early") {
        answer.way = FakeAnswer::Way::ResetEarly;
    } else if (name == "reset") {
        answer.way = FakeAnswer::Way::ResetLate;
    } else if (name == "close") {
        answer.way = FakeAnswer::Way::Truncated;
    } else if (name == "hang") {
        answer.way = FakeAnswer::Way::Hang;
    } else if (name == "keepalive") {
        answer.way = FakeAnswer::Way::KeepAlive;
        answer.pauseMs = 200;
    } else if (name == "drip") {
        answer.way = FakeAnswer::Way::Drip;
    } else if (name == "truncated") {
        answer.body = completion(content.left(content.size() / 2));
    } else if (name == "truncated_http") {
        answer.body = answer.body.left(answer.body.size() * 2 / 3);
    } else if (name == "error200") {
        answer.body = R"({"error":{"code":502,"message":"overloaded"}})";
    } else if (name == "choice_error") {
        answer.body = R"({"choices":[{"finish_reason":"error","error":{"code":502,"message":"x"},)"
                      R"("message":{"content":""}}]})";
    } else if (name == "prose") {
        answer.body = completion(QStringLiteral("I can't read this form."));
    } else if (name == "empty_choices") {
        answer.body = R"({"choices":[]})";
    } else if (name == "null_content") {
        answer.body = R"({"choices":[{"finish_reason":"stop","message":{"content":null}}]})";
    } else if (name == "length") {
        answer.body = completion(content.left(content.size() / 2), QStringLiteral("length"));
    } else if (name == "content_filter") {
        answer.body = completion(QString(), QStringLiteral("content_filter"));
    } else if (name == "prose_json") {
        answer.body = completion(QStringLiteral("Here it is:\n") + content + QStringLiteral("\nBye."));
    } else if (name == "fenced") {
        answer.body = completion(QStringLiteral("```json\n") + content + QStringLiteral("\n```"));
    }
    return answer;
}

}  // namespace tallydesk::aitest
