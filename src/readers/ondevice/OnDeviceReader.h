// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <memory>

#include "core/BallotReader.h"
#include "core/FormTemplate.h"
#include "core/Provinces.h"
#include "imaging/TextRecogniser.h"
#include "readers/ondevice/CtcNet.h"

namespace tallydesk {

/// The networks of the on-device reader. Immutable; any thread.
struct OnDeviceModels {
    std::shared_ptr<const CtcNet> digits;
    std::shared_ptr<const CtcNet> words;
    std::shared_ptr<const CtcNet> provinces;
    /// Letters that `provinces` does not know; left out of the names that it scores.
    QStringList droppedLetters;

    /// From `<folder>/digits`, `words` and `provinces`; errors as CtcNet::load().
    static Expected<OnDeviceModels> load(const QString& folder);
};

/// Reads ballots on this computer: geometry, digit net, word net, equations. Nothing leaves the machine.
/// Thread-safe; the same pages give the same answer in any thread.
class OnDeviceReader final : public BallotReader {
public:
    OnDeviceReader(FormCatalog forms, OnDeviceModels models, std::shared_ptr<const TextRecogniser> recogniser,
                   QList<Province> provinces = builtInProvinces());

    QString id() const override { return theId(); }
    static QString theId() { return QStringLiteral("on-device"); }
    bool usesService() const override { return false; }
    /// Finds and cuts out all fields. Errors: "cancelled", "intake.no_text_engine".
    Expected<std::shared_ptr<PreparedBallot>> prepare(const BallotScan& scan, const QList<PageImage>& pages,
                                                      const CancelToken& cancel) override;
    /// Reads the cut-out fields. Failures: "cancelled"; "ondevice.form_unknown" and "ondevice.no_table",
    /// which fail the ballot.
    ReadAttempt attempt(const PreparedBallot& ballot, int attemptNumber, const CancelToken& cancel) override;

private:
    const FormCatalog m_forms;
    const OnDeviceModels m_models;
    const std::shared_ptr<const TextRecogniser> m_recogniser;
    const QList<Province> m_provinces;
};

}  // namespace tallydesk
