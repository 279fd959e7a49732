// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QUrl>
#include <chrono>

namespace tallydesk {

/// Which AI service is asked, and how. A plain value.
struct ServiceSettings {
    /// Any OpenAI-compatible service; plain http only to a loopback address.
    QString baseUrl = QStringLiteral("https://openrouter.ai/api/v1");
    /// A vision model, as the service names it.
    QString model = QStringLiteral("google/gemini-2.5-flash");
    /// Address of the application for OpenRouter's statistics; not sent when empty.
    QString referer;
    /// The whole exchange, and the longest silence in it once the answer has begun.
    std::chrono::milliseconds deadline = std::chrono::seconds(120);
    std::chrono::milliseconds idle = std::chrono::seconds(90);
    /// Room for the answer; a 57-row form takes about 4,000 tokens. Doubled after an answer that was too
    /// long, up to the largest.
    int maxTokens = 8192;
    int largestMaxTokens = 32768;
    /// Take the answer that an identical request got before (AnswerStore); false asks for another reading.
    bool reuseAnswers = true;
    /// Of one page as JPEG: 200 KiB in the request, where it stands in base64.
    int maxPageBytes = 150 * 1024;

    /// OpenRouter knows fields that other services refuse: provider routing and the application's name.
    bool isOpenRouter() const {
        const QString host = QUrl(baseUrl).host().toLower();
        return host == QLatin1String("openrouter.ai") || host.endsWith(QLatin1String(".openrouter.ai"));
    }
};

}  // namespace tallydesk
