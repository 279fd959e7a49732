// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/TextRecogniser.h"

#include <omp.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>

#include <mutex>
#include <vector>

namespace tallydesk {

struct TextRecogniser::Engines {
    const QByteArray language;
    std::mutex mutex;
    std::vector<std::unique_ptr<tesseract::TessBaseAPI>> idle;  // guarded by mutex

    std::unique_ptr<tesseract::TessBaseAPI> borrow() {
        {
            const std::lock_guard lock(mutex);
            if (!idle.empty()) {
                auto engine = std::move(idle.back());
                idle.pop_back();
                return engine;
            }
        }
        auto engine = std::make_unique<tesseract::TessBaseAPI>();
        if (engine->Init(nullptr, language.constData(), tesseract::OEM_LSTM_ONLY) != 0)
            return nullptr;
        // Layout analysis alone may print to stderr; nothing of it concerns a clerk.
        engine->SetVariable("debug_file", "/dev/null");
        return engine;
    }

    void giveBack(std::unique_ptr<tesseract::TessBaseAPI> engine) {
        engine->Clear();
        const std::lock_guard lock(mutex);
        idle.push_back(std::move(engine));
    }
};

TextRecogniser::TextRecogniser(QString language) : m_engines(new Engines{language.toUtf8(), {}, {}}) {}

TextRecogniser::~TextRecogniser() = default;

Expected<PrintedText> TextRecogniser::readBlock(const cv::Mat& grey, int dpi,
                                                const CancelToken& cancel) const {
    if (grey.empty() || grey.type() != CV_8U)
        return PrintedText{};
    // Tesseract's own threads only fight with the pool that calls it. It asks for a number of them at every
    // layer of its net, so that setting the usual number would change nothing: no region may run parallel.
    omp_set_max_active_levels(0);
    auto engine = m_engines->borrow();
    if (!engine)
        return fail(QStringLiteral("intake.no_text_engine"), {QString::fromUtf8(m_engines->language)});
    engine->SetPageSegMode(tesseract::PSM_SINGLE_BLOCK);
    engine->SetImage(grey.data, grey.cols, grey.rows, 1, int(grey.step));
    engine->SetSourceResolution(dpi);
    PrintedText result;
    tesseract::ETEXT_DESC monitor;
    monitor.cancel_this = const_cast<CancelToken*>(&cancel);
    monitor.cancel = [](void* token, int) { return static_cast<const CancelToken*>(token)->isCancelled(); };
    if (engine->Recognize(&monitor) == 0) {
        const std::unique_ptr<char[]> text(engine->GetUTF8Text());
        result.text = QString::fromUtf8(text.get());
        result.confidence = engine->MeanTextConf() / 100.0;
        const std::unique_ptr<tesseract::ResultIterator> letter(engine->GetIterator());
        for (bool more = letter != nullptr; more; more = letter->Next(tesseract::RIL_SYMBOL)) {
            const std::unique_ptr<char[]> symbol(letter->GetUTF8Text(tesseract::RIL_SYMBOL));
            int left = 0;
            int top = 0;
            int right = 0;
            int bottom = 0;
            if (symbol && letter->BoundingBox(tesseract::RIL_SYMBOL, &left, &top, &right, &bottom))
                result.symbols.append(
                    {QString::fromUtf8(symbol.get()), QRect(left, top, right - left, bottom - top)});
        }
    }
    m_engines->giveBack(std::move(engine));
    if (cancel.isCancelled())
        return fail(QStringLiteral("cancelled"));
    return result;
}

}  // namespace tallydesk
