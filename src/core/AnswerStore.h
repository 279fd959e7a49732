// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// Remembers what an AI service answered, so that nothing is asked, and paid, twice. A request is named by a
/// hash over the pictures, the model and the prompt. Implementations are thread-safe; called in worker
/// threads.
class AnswerStore {
public:
    virtual ~AnswerStore() = default;
    /// The answer to this very request, as it came; nullopt when there is none.
    virtual Expected<std::optional<QByteArray>> answerTo(const QString& request) const = 0;
    /// Keeps an answer before anybody looks into it; a later one takes its place.
    virtual Expected<void> keepAnswer(const QString& request, const QByteArray& answer) = 0;

    /// Whether a model was found not to do structured output.
    virtual bool refusesFormat(const QString& model) const = 0;
    virtual void keepRefusal(const QString& model) = 0;
};

}  // namespace tallydesk
