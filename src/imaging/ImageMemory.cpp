// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/ImageMemory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tallydesk {

void keepPicturesOutOfHeaps() {
#ifdef __GLIBC__
    constexpr int smallestPicture = 1 << 20;  // bytes; a page has some 4 million pixels
    mallopt(M_MMAP_THRESHOLD, smallestPicture);
#endif
}

}  // namespace tallydesk
