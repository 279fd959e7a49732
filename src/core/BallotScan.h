// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QSize>
#include <QString>
#include <QStringList>
#include <optional>

#include "core/Error.h"

namespace tallydesk {

/// One page of a ballot: where it lies on disk and how to turn it upright.
struct PageRef {
    /// Absolute path of the file.
    QString path;
    /// The page in that file, from 1 (PDF page, TIFF directory; 1 for an image).
    int pageInFile = 1;
    /// Clockwise turn in degrees that makes the page upright, after /Rotate and EXIF: 0, 90, 180 or 270.
    int rotation = 0;
    /// Lower-case hex SHA-256 of the file.
    QString sha256;

    bool operator==(const PageRef&) const = default;
};

/// What intake found: the pages that make up one ballot form, in reading order, before anything is read.
/// When `error` is set the ballot can't be read at all (damaged, encrypted, too large, ...) and ends as
/// failed with that cause. A plain value: any thread.
struct BallotScan {
    /// Relative to the PATH given, with '/' (results.md); of a ballot of several files, its first file.
    QString file;
    /// Page numbers as results.md lists them: in the file, or 1..n over the files of joined page images.
    QList<int> pageNumbers;
    QList<PageRef> pages;
    /// SHA-256 (lower-case hex) of the file; of joined files, of their concatenated hashes.
    QString sha256;
    /// FormTemplate id recognised from the printed title or box; empty when not recognised.
    QString formId;
    /// Pages of the same file that are no form and were set aside.
    QList<int> setAsidePages;
    std::optional<Error> error;
    /// A person arranged its pages or chose its form (core/PageArrangement.h).
    bool arranged = false;

    /// Stable identity within a project: file and first page; of an arranged ballot all its pages, their turn
    /// and its form, so that what was read from other pages never counts for it.
    QString key() const;
    bool operator==(const BallotScan&) const = default;
};

/// BallotScan::sha256 of a ballot whose pages lie in files with these hashes (lower-case hex, in the order of
/// their first pages).
QString joinedHash(const QStringList& hashes);

}  // namespace tallydesk
