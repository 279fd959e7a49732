// SPDX-License-Identifier: GPL-3.0-or-later
#include "imaging/ImageMemory.h"

#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace tallydesk {

void returnImageMemory() {
#ifdef __GLIBC__
    // Bytes. A page has some 4 million pixels, its JPEG 150 thousand bytes and the request with it more.
    constexpr int smallestPicture = 1 << 17;
    mallopt(M_MMAP_THRESHOLD, smallestPicture);
#endif
}

}  // namespace tallydesk
