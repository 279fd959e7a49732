// SPDX-License-Identifier: GPL-3.0-or-later
#include "readers/ondevice/CtcNet.h"

#include <QFile>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "imaging/CropNormaliser.h"

namespace tallydesk {

namespace {

constexpr int kRows = normalisedHeight;
constexpr int kWidthStep = 8;

Expected<QByteArray> contents(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(QStringLiteral("ondevice.model_missing"), {path}, file.errorString());
    return file.readAll();
}

}  // namespace

Expected<std::shared_ptr<const CtcNet>> CtcNet::load(const QString& folder, const QString& name) {
    const QString modelPath = QStringLiteral("%1/%2.onnx").arg(folder, name);
    const QString classesPath = folder + QStringLiteral("/classes.json");
    const auto model = contents(modelPath);
    if (!model)
        return tl::make_unexpected(model.error());
    const auto classes = contents(classesPath);
    if (!classes)
        return tl::make_unexpected(classes.error());

    std::shared_ptr<CtcNet> net(new CtcNet);
    net->m_model.assign(model->begin(), model->end());
    const QJsonDocument document = QJsonDocument::fromJson(*classes);
    const QJsonArray names =
        document.isArray() ? document.array() : document.object().value(u"classes").toArray();
    for (const QJsonValue& value : names)
        net->m_classes.append(value.toString());
    net->m_temperature = document.object().value(u"temperature").toDouble(1.0);
    if (net->m_classes.size() < 2 || net->m_temperature <= 0.0)
        return fail(QStringLiteral("ondevice.model_damaged"), {classesPath});

    // A first run shows that the file is a network of the shape that its class list tells.
    try {
        const CtcScores probe = net->run(cv::Mat(kRows, 96, CV_8UC1, cv::Scalar(255)));
        if ((probe.steps != 96 / 2 && probe.steps != 96 / 4) || probe.classes != net->m_classes.size())
            return fail(QStringLiteral("ondevice.model_damaged"), {modelPath}, QStringLiteral("shape"));
    } catch (const std::exception& exception) {
        return fail(QStringLiteral("ondevice.model_damaged"), {modelPath},
                    QString::fromUtf8(exception.what()));
    }
    return net;
}

std::unique_ptr<cv::dnn::Net> CtcNet::borrow() const {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_idle.empty()) {
            auto net = std::move(m_idle.back());
            m_idle.pop_back();
            return net;
        }
    }
    return std::make_unique<cv::dnn::Net>(cv::dnn::readNetFromONNX(m_model));
}

CtcScores CtcNet::run(const cv::Mat& crop) const {
    CV_Assert(crop.type() == CV_8UC1 && crop.rows == kRows && crop.cols > 0);
    const int width = (crop.cols + kWidthStep - 1) / kWidthStep * kWidthStep;
    const int sizes[] = {1, 1, kRows, width};
    cv::Mat input(4, sizes, CV_32F, cv::Scalar(0));
    cv::Mat plane(kRows, width, CV_32F, input.ptr<float>());
    crop.convertTo(plane.colRange(0, crop.cols), CV_32F, -1.0 / 255.0, 1.0);

    auto net = borrow();
    net->setInput(input);
    const cv::Mat output = net->forward();
    CV_Assert(output.dims == 4 && output.size[2] == 1);
    CtcScores scores;
    scores.classes = output.size[1];
    scores.steps = output.size[3];
    scores.logProb.resize(static_cast<size_t>(scores.steps) * scores.classes);
    const float* raw = output.ptr<float>();
    for (int t = 0; t < scores.steps; ++t) {
        double top = -1e30;
        for (int c = 0; c < scores.classes; ++c)
            top = std::max(top, raw[c * scores.steps + t] / m_temperature);
        double sum = 0.0;
        for (int c = 0; c < scores.classes; ++c)
            sum += std::exp(raw[c * scores.steps + t] / m_temperature - top);
        const double norm = top + std::log(sum);
        for (int c = 0; c < scores.classes; ++c)
            scores.logProb[static_cast<size_t>(t) * scores.classes + c] =
                raw[c * scores.steps + t] / m_temperature - norm;
    }
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(net));
    return scores;
}

}  // namespace tallydesk
