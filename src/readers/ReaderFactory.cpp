// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ReaderFactory.h"

#include "imaging/TextRecogniser.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"
#include "readers/ondevice/OnDeviceReader.h"

namespace tallydesk {

namespace {

Expected<ReaderSet> makeOnDeviceReader(const FormCatalog& forms) {
    auto models = OnDeviceModels::load(QStringLiteral(":/models"));
    if (!models)
        return tl::make_unexpected(models.error());
    ReaderSet set;
    set.reader = std::make_shared<OnDeviceReader>(forms, *models, std::make_shared<TextRecogniser>());
    return set;
}

Expected<ReaderSet> makeAiReader(const ReaderChoice& choice, const FormCatalog& forms) {
    ReaderSet set;
    set.http = std::make_unique<HttpTransport>();
    auto reader = AiReader::create(*set.http, forms, choice.service, choice.key, choice.answers);
    if (!reader)
        return tl::make_unexpected(reader.error());
    set.reader = *reader;
    return set;
}

}  // namespace

QString readerId(const ReaderChoice& choice) {
    return choice.kind == ReaderKind::Ai ? AiReader::idOf(choice.service.model) : OnDeviceReader::theId();
}

Expected<ReaderSet> makeReader(const ReaderChoice& choice, const FormCatalog& forms) {
    return choice.kind == ReaderKind::Ai ? makeAiReader(choice, forms) : makeOnDeviceReader(forms);
}

}  // namespace tallydesk
