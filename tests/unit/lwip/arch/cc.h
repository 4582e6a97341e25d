/* SPDX-License-Identifier: BSD-2-Clause */
/* What test_lwip.c tells lwIP about its platform. */
#ifndef CC_H
#define CC_H

#include "lwip.h"

/* lwIP takes a machine for little-endian unless it is told. */
#ifndef BYTE_ORDER
#define BYTE_ORDER __BYTE_ORDER__
#endif

void test_lwip_assert(const char *text); /* test_lwip.c: it does not return */
#define LWIP_PLATFORM_ASSERT(text) test_lwip_assert(text)
#define LWIP_PLATFORM_DIAG(words)

#endif
