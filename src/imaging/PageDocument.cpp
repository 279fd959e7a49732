// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/PageDocument.h"

#include <QColor>
#include <QFile>
#include <QFileInfo>
#include <QPainter>
#include <QPdfDocument>
#include <QPdfDocumentRenderOptions>
#include <algorithm>
#include <cmath>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "imaging/ImageHeader.h"

namespace tallydesk {

namespace {

constexpr double pixelsPerPoint = 200.0 / 72.0;
constexpr double a4LongSide = 11.69 * 200.0;  // pixels at 200 dpi
// A phone app that counts one pixel as one point makes "pages" of a square metre; drawing them at 200 dpi
// would only cost memory.
constexpr double mostPdfPixels = 24e6;

bool tooLarge(double width, double height, const IntakeLimits& limits) {
    return width * height > double(limits.maxPixelsPerPage);
}

QString number(qint64 value) {
    return QString::number(value);
}

class PdfPages final : public PageDocument {
public:
    explicit PdfPages(QString name) : m_name(std::move(name)) {}

    // QPdfDocument guards PDFium by a lock of its own; documents of several threads take turns.
    Expected<void> load(const QString& path, const IntakeLimits& limits) {
        const QPdfDocument::Error error = m_document.load(path);
        switch (error) {
            case QPdfDocument::Error::None:
                break;
            case QPdfDocument::Error::IncorrectPassword:
            case QPdfDocument::Error::UnsupportedSecurityScheme:
                return fail(QStringLiteral("intake.pdf_encrypted"), {m_name});
            case QPdfDocument::Error::FileNotFound:
                return fail(QStringLiteral("intake.file_unreadable"), {m_name});
            default:
                return fail(QStringLiteral("intake.pdf_damaged"), {m_name},
                            QStringLiteral("QPdfDocument error %1").arg(int(error)));
        }
        if (pageCount() <= 0)
            return fail(QStringLiteral("intake.pdf_empty"), {m_name});
        if (pageCount() > limits.maxPagesPerFile)
            return fail(QStringLiteral("intake.too_many_pages"),
                        {m_name, number(pageCount()), number(limits.maxPagesPerFile)});
        for (int i = 0; i < pageCount(); ++i) {
            const QSizeF size = m_document.pagePointSize(i) * pixelsPerPoint;
            if (tooLarge(size.width(), size.height(), limits))
                return fail(QStringLiteral("intake.page_too_large"), {m_name, number(i + 1)});
        }
        return {};
    }

    int pageCount() const override { return m_document.pageCount(); }

    Expected<OpenedPage> page(int pageNumber) override {
        const QSizeF full = m_document.pagePointSize(pageNumber - 1) * pixelsPerPoint;
        const double reduce = std::min(1.0, std::sqrt(mostPdfPixels / (full.width() * full.height())));
        const QSize size(qRound(full.width() * reduce), qRound(full.height() * reduce));
        if (full.isEmpty() || size.isEmpty())
            return fail(QStringLiteral("intake.pdf_damaged"), {m_name}, QStringLiteral("page without size"));
        const QImage drawn = m_document.render(pageNumber - 1, size);
        if (drawn.isNull())
            return fail(QStringLiteral("intake.pdf_damaged"), {m_name},
                        QStringLiteral("page %1 can't be drawn").arg(pageNumber));
        // Paper is white where the PDF draws nothing.
        QImage paper(drawn.size(), QImage::Format_RGB32);
        if (paper.isNull())
            return fail(QStringLiteral("intake.out_of_memory"), {m_name});
        paper.fill(Qt::white);
        QPainter painter(&paper);
        painter.drawImage(0, 0, drawn);
        painter.end();
        return OpenedPage{paper, 1.0 / reduce};
    }

private:
    const QString m_name;
    QPdfDocument m_document;
};

class ImagePages final : public PageDocument {
public:
    ImagePages(QString path, ScanFormat format, int pages)
        : m_path(std::move(path)), m_format(format), m_pages(pages) {}

    int pageCount() const override { return m_pages; }

    Expected<OpenedPage> page(int pageNumber) override {
        const QString name = QFileInfo(m_path).fileName();
        cv::Mat decoded;
        try {
            if (m_format == ScanFormat::Tiff) {
                std::vector<cv::Mat> pages;
                cv::imreadmulti(QFile::encodeName(m_path).toStdString(), pages, pageNumber - 1, 1,
                                cv::IMREAD_COLOR);
                if (!pages.empty())
                    decoded = pages.front();
            } else {
                QFile file(m_path);
                if (!file.open(QIODevice::ReadOnly))
                    return fail(QStringLiteral("intake.file_unreadable"), {name}, file.errorString());
                const QByteArray bytes = file.readAll();
                if (!isComplete(bytes, m_format))
                    return fail(QStringLiteral("intake.image_damaged"), {name}, QStringLiteral("breaks off"));
                const cv::Mat raw(1, int(bytes.size()), CV_8U, const_cast<char*>(bytes.constData()));
                decoded = cv::imdecode(raw, cv::IMREAD_COLOR);
            }
        } catch (const cv::Exception& e) {
            return fail(QStringLiteral("intake.image_damaged"), {name}, QString::fromStdString(e.msg));
        } catch (const std::bad_alloc&) {
            return fail(QStringLiteral("intake.out_of_memory"), {name});
        }
        if (decoded.empty())
            return fail(QStringLiteral("intake.image_damaged"), {name},
                        QStringLiteral("page %1 can't be decoded").arg(pageNumber));
        QImage image(decoded.cols, decoded.rows, QImage::Format_RGB888);
        if (image.isNull())
            return fail(QStringLiteral("intake.out_of_memory"), {name});
        cv::Mat target(decoded.rows, decoded.cols, CV_8UC3, image.bits(), size_t(image.bytesPerLine()));
        cv::cvtColor(decoded, target, cv::COLOR_BGR2RGB);
        return OpenedPage{image, a4LongSide / std::max(decoded.cols, decoded.rows)};
    }

private:
    const QString m_path;
    const ScanFormat m_format;
    const int m_pages;
};

}  // namespace

Expected<std::unique_ptr<PageDocument>> PageDocument::open(const QString& path, const IntakeLimits& limits) {
    const QFileInfo info(path);
    const QString name = info.fileName();
    if (!info.exists())
        return fail(QStringLiteral("intake.file_missing"), {name});
    QFile file(path);
    if (!info.isReadable() || !file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("intake.file_unreadable"), {name}, file.errorString());
    if (file.size() == 0)
        return fail(QStringLiteral("intake.file_empty"), {name});
    if (file.size() > limits.maxFileBytes)
        return fail(QStringLiteral("intake.file_too_large"),
                    {name, number(file.size() >> 20), number(limits.maxFileBytes >> 20)});
    const ScanFormat format = scanFormat(file.peek(1100));
    if (format == ScanFormat::Unknown) {
        const bool pdf = info.suffix().compare(QLatin1String("pdf"), Qt::CaseInsensitive) == 0;
        return fail(pdf ? QStringLiteral("intake.not_a_pdf") : QStringLiteral("intake.not_an_image"), {name});
    }
    if (format == ScanFormat::Pdf) {
        auto pages = std::make_unique<PdfPages>(name);
        if (auto loaded = pages->load(path, limits); !loaded)
            return tl::make_unexpected(loaded.error());
        return pages;
    }
    const auto sizes = imageSizes(file, format, limits.maxPagesPerFile);
    if (!sizes)
        return fail(sizes.error().code, {name}, sizes.error().detail);
    if (sizes->size() > limits.maxPagesPerFile)
        return fail(QStringLiteral("intake.too_many_pages"),
                    {name, number(sizes->size()), number(limits.maxPagesPerFile)});
    for (int i = 0; i < sizes->size(); ++i) {
        if (tooLarge(sizes->at(i).width(), sizes->at(i).height(), limits))
            return fail(QStringLiteral("intake.page_too_large"), {name, number(i + 1)});
    }
    return std::make_unique<ImagePages>(path, format, int(sizes->size()));
}

}  // namespace tallydesk
