// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include "core/FormTemplate.h"

namespace tallydesk {

/// Turns the JSON of one form file into a FormTemplate. Strict: an unknown or missing key, a wrong type, an
/// equation that names an unknown figure or pages that do not cover the rows is an error that names
/// file, key and reason. resources/forms/README.md explains every key. Stateless; any thread.
Expected<FormTemplate> readFormFile(const QJsonObject& json, const QString& fileName);

}  // namespace tallydesk
