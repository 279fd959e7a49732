// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tallydesk {

/// The two languages of everything that a clerk reads.
enum class Language { English, Thai };

}  // namespace tallydesk
