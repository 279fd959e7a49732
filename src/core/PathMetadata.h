// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/BallotData.h"
#include "core/BallotScan.h"
#include "core/Finding.h"
#include "core/FormTemplate.h"

namespace tallydesk {

/// What folder and file names say about a ballot. Names are compared compatibility-normalised (NFKC).
/// The paper leads: apply() only fills gaps (marked HeaderSource::Path) and reports conflicts as W.303.
/// A plain value: any thread.
struct PathMetadata {
    std::optional<QString> province;
    std::optional<qint64> constituency;
    std::optional<qint64> committee;
    std::optional<qint64> pollingUnit;
    std::optional<QString> formCode;  ///< "5/17"
    std::optional<bool> partyList;

    /// From a path with folders, for example
    /// "เขตเลือกตั้งที่ 1 จังหวัดแพร่/ล่วงหน้านอกเขตและนอกราชอาณาจักร/ชุดที่ 1/สส.5ทับ17(บช)ชุดที่1.pdf".
    /// A range ("ชุดที่ 1-4") or two names that contradict one another say nothing.
    static PathMetadata fromPath(const QString& path, const FormCatalog& forms);
    /// From the whole path of a ballot's first page, since folders above the one that was opened name the
    /// province too. Says nothing of fields that `form` does not have; null where the form is not known.
    static PathMetadata ofScan(const BallotScan& scan, const FormTemplate* form, const FormCatalog& forms);

    /// Fills what the paper left open and returns W.303 findings for what the paper says otherwise. A
    /// confidence that the reader gave the gap, because it holds something that can't be read, stays.
    /// Names what it filled in readerNotes.from_path.
    QList<Finding> apply(BallotData& data) const;

    /// Keys of header fields that the paper gives and the path says as well.
    QStringList agreesOn(const BallotData& data) const;

    bool operator==(const PathMetadata&) const = default;
};

/// One spelling for a province's many: NFKC, without จังหวัด and spaces; กทม., กรุงเทพฯ become กรุงเทพมหานคร.
QString normalisedProvince(const QString& name);

}  // namespace tallydesk
