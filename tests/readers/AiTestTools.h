// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/BallotReader.h"
#include "core/FormTemplate.h"
#include "core/ThaiNumber.h"

namespace tallydesk::aitest {

/// The six forms of the program and the made-up one of another country.
inline FormCatalog formsWithMadeUp() {
    QList<std::shared_ptr<const FormTemplate>> forms = FormCatalog::builtIn().value().forms();
    const QString path = QStringLiteral(TALLYDESK_SOURCE_DIR "/tests/core/data/made-up-form.json");
    forms.append(std::make_shared<const FormTemplate>(FormTemplate::load(path).value()));
    return FormCatalog(forms);
}

inline QJsonObject number(qint64 value) {
    return {{QStringLiteral("digits"), value},
            {QStringLiteral("words"), ThaiNumber::toWords(value)},
            {QStringLiteral("mark"), QJsonValue()}};
}

inline QByteArray compact(const QJsonObject& object) {
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A 5/18 constituency form whose sums hold, with votes from the bytes of an image's hash: who gets the
/// answer of another image is caught.
inline QJsonObject derivedForm(const QByteArray& hash) {
    const auto byte = [&](int i) { return static_cast<qint64>(static_cast<uchar>(hash.at(i))); };
    qint64 valid = 0;
    QJsonArray rows;
    for (int i = 0; i < 6; ++i) {
        valid += byte(i);
        QJsonObject row = number(byte(i));
        row.insert(QStringLiteral("no"), i + 1);
        rows.append(row);
    }
    const qint64 used = valid + byte(6) % 16 + byte(7) % 16;
    const QJsonObject figures{
        {QStringLiteral("eligible"), number(used + 100)},  {QStringLiteral("turnout"), number(used)},
        {QStringLiteral("allocated"), number(used + 50)},  {QStringLiteral("used"), number(used)},
        {QStringLiteral("valid"), number(valid)},          {QStringLiteral("invalid"), number(byte(6) % 16)},
        {QStringLiteral("no_vote"), number(byte(7) % 16)}, {QStringLiteral("remaining"), number(50)}};
    return {{QStringLiteral("form_code"), QStringLiteral("5/18")},
            {QStringLiteral("party_list"), false},
            {QStringLiteral("province"), QStringLiteral("แพร่")},
            {QStringLiteral("constituency"), 1},
            {QStringLiteral("polling_unit"), 1 + byte(8)},
            {QStringLiteral("figures"), figures},
            {QStringLiteral("rows"), rows},
            {QStringLiteral("total"), number(valid)}};
}

/// The service's body around a model's text.
inline QByteArray completion(const QString& content, const QString& finish = QStringLiteral("stop")) {
    const QJsonObject message{{QStringLiteral("role"), QStringLiteral("assistant")},
                              {QStringLiteral("content"), content}};
    const QJsonObject choice{{QStringLiteral("finish_reason"), finish}, {QStringLiteral("message"), message}};
    return compact({{QStringLiteral("id"), QStringLiteral("gen-1")},
                    {QStringLiteral("model"), QStringLiteral("other/fallback-model")},
                    {QStringLiteral("choices"), QJsonArray{choice}},
                    {QStringLiteral("usage"), QJsonObject{{QStringLiteral("prompt_tokens"), 100},
                                                          {QStringLiteral("completion_tokens"), 20},
                                                          {QStringLiteral("total_tokens"), 120},
                                                          {QStringLiteral("cost"), 0.001}}}});
}

/// The bytes of the pages in a chat request, in order.
inline QList<QByteArray> imagesIn(const QByteArray& requestBody) {
    QList<QByteArray> images;
    const QJsonArray content = QJsonDocument::fromJson(requestBody)
                                   .object()
                                   .value(QLatin1String("messages"))
                                   .toArray()
                                   .first()
                                   .toObject()
                                   .value(QLatin1String("content"))
                                   .toArray();
    const QString head = QStringLiteral("data:image/jpeg;base64,");
    for (const QJsonValue part : content) {
        const QString url = part.toObject()
                                .value(QLatin1String("image_url"))
                                .toObject()
                                .value(QLatin1String("url"))
                                .toString();
        if (url.startsWith(head))
            images.append(QByteArray::fromBase64(url.sliced(head.size()).toLatin1()));
    }
    return images;
}

inline QByteArray sha256(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

/// A small page that differs from every other index by the blocks on it.
inline QImage smallPage(int index) {
    QImage page(200, 160, QImage::Format_Grayscale8);
    page.fill(245);
    for (int bit = 0; bit < 16; ++bit) {
        if (!((index >> bit) & 1) && bit > 0)
            continue;
        const int left = 10 + (bit % 4) * 46;
        const int top = 10 + (bit / 4) * 36;
        for (int y = top; y < top + 24; ++y)
            for (int x = left; x < left + 30; ++x)
                page.setPixel(x, y, 0x202020);
    }
    for (int x = 0; x < 10 + index % 140; ++x)
        page.setPixel(20 + x, 155, 0x101010);
    return page;
}

}  // namespace tallydesk::aitest
