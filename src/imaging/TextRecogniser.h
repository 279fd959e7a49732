// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QRect>
#include <QString>
#include <memory>
#include <opencv2/core.hpp>

#include "core/CancelToken.h"
#include "core/Error.h"

namespace tallydesk {

/// One letter with the signs on it, and its place in the picture that was read.
struct PrintedSymbol {
    QString text;
    QRect box;
};

/// Printed text as Tesseract sees it, with its mean confidence (0 to 1) and its letters in reading order.
struct PrintedText {
    QString text;
    double confidence = 0.0;
    QList<PrintedSymbol> symbols;
};

/// Reads printed text. Keeps one engine for each thread that reads at the same time and lends it out, as an
/// engine is slow to start and serves one thread at a time. Thread-safe.
class TextRecogniser {
public:
    /// `language` as Tesseract names it. Nothing is loaded before the first read.
    explicit TextRecogniser(QString language = QStringLiteral("tha"));
    ~TextRecogniser();
    TextRecogniser(const TextRecogniser&) = delete;
    TextRecogniser& operator=(const TextRecogniser&) = delete;

    /// One block of text lines on 8-bit grey. Error: "intake.no_text_engine" (language data missing),
    /// "cancelled".
    Expected<PrintedText> readBlock(const cv::Mat& grey, int dpi, const CancelToken& cancel) const;

private:
    struct Engines;
    std::unique_ptr<Engines> m_engines;
};

}  // namespace tallydesk
