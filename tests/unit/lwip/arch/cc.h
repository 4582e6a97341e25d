/* SPDX-License-Identifier: BSD-2-Clause */
/* What test_lwip.c tells lwIP about its platform. */
#ifndef CC_H
#define CC_H

#include "lwip.h"

void test_lwip_assert(const char *text); /* test_lwip.c: it does not return */
#define LWIP_PLATFORM_ASSERT(text) test_lwip_assert(text)
#define LWIP_PLATFORM_DIAG(words)

#endif
