// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

namespace tallydesk {

/// What went wrong, as a value. `code` is stable ("intake.pdf_encrypted", "network.timeout") and is what
/// programs compare; the sentence a clerk reads comes from MessageCatalog by code and `args`.
/// `detail` is for logs and support only (library texts, status lines) and never holds a key.
/// A plain value: any thread.
struct Error {
    QString code;
    QStringList args;
    QString detail;

    bool operator==(const Error&) const = default;
};

/// The result of an operation that can fail in a way its caller must handle.
template <typename T>
using Expected = tl::expected<T, Error>;

/// Shorthand for returning an Error from a function that returns Expected<T>.
inline tl::unexpected<Error> fail(QString code, QStringList args = {}, QString detail = {}) {
    return tl::make_unexpected(Error{std::move(code), std::move(args), std::move(detail)});
}

}  // namespace tallydesk
