// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tallydesk {

/// Makes scroll areas safe for screen readers. Qt 6.4's own answer to "which is your child number n" reads
/// past the end of a list when a scroll bar has gone since the children were counted, and the program ends
/// by that (QAccessibleAbstractScrollArea::child). GUI thread; once is enough, more does no harm.
void guardScrollAreas();

}  // namespace tallydesk
