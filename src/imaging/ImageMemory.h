// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tallydesk {

/// Lets pictures go back to the system as soon as they are freed. Left to itself, the C library learns from
/// the first large one to keep such blocks in its heaps, one for each thread, where they leave gaps: some 60
/// MB more with two workers. Once at the program's start, before any thread. Does nothing where there is no
/// such setting.
void keepPicturesOutOfHeaps();

}  // namespace tallydesk
