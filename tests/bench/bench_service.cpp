// SPDX-License-Identifier: GPL-3.0-or-later
// How close the whole way of a ballot to an AI service and back, over HTTP on loopback, comes to the gate's
// limit.
#include "../net/FakeServer.h"
#include "../readers/AiTestTools.h"
#include "PaceBench.h"
#include "net/HttpTransport.h"
#include "readers/ai/AiReader.h"

using namespace tallydesk;
using namespace tallydesk::aitest;

namespace {

class SmallPages final : public PageLoader {
public:
    Expected<QList<PageImage>> load(const BallotScan& scan, const CancelToken&) const override {
        return QList<PageImage>{{smallPage(scan.file.section(QLatin1Char('-'), 1).toInt()), 1, 1.0}};
    }
};

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const FormCatalog forms = FormCatalog::builtIn().value();
    const SmallPages pages;
    const BallotJudge judge{forms, Validator()};
    return bench::measurePace(app, [&](const bench::PaceRun& run) {
        FakeServer server([&](const FakeRequest& request) {
            run.times.note();
            FakeAnswer answer;
            answer.pauseMs = static_cast<int>(run.latency.count());
            const QByteArray hash = sha256(imagesIn(request.body).value(0));
            answer.body = completion(QString::fromUtf8(compact(derivedForm(hash))));
            return answer;
        });
        HttpTransport transport;
        ServiceSettings settings;
        settings.baseUrl = server.url(QStringLiteral("/api/v1")).toString();
        const auto reader =
            AiReader::create(transport, forms, settings, SecretKey(QStringLiteral("bench-key"))).value();
        return BatchProcessor(*reader, pages, judge, run.options).processBatch(run.scans);
    });
}
