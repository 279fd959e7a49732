// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/BallotItem.h"

namespace tallydesk {

QString ballotIdentity(const BallotScan& scan) {
    return scan.key() + u'|' + scan.sha256 + u'|' +
           (scan.pages.isEmpty() ? QString() : scan.pages.first().path);
}

}  // namespace tallydesk
