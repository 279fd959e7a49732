// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcessEnvironment>

namespace tallydesk {

/// Keeps the service key inside this process. Main thread, before others start.
namespace ProcessSecrets {

/// The environment as the program found it; afterwards the key's variable is gone from it, so that no child
/// inherits it, and a crash leaves no core file and gives none to a crash collector.
QProcessEnvironment take();

}  // namespace ProcessSecrets

}  // namespace tallydesk
