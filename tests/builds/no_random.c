/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Preloaded into QEMU, as QEMU has no option for it. QEMU's own random
 * generator fails NO_RANDOM times of four, and with it RNDR of its 64-bit Arm.
 * The guest's register then holds 0, and the flags are as the architecture
 * wants them. With STUCK_RANDOM it gives that byte for ever, and so do the
 * devices that ask it.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

int gnutls_rnd(int level, void *data, size_t len);

int gnutls_rnd(int level, void *data, size_t len)
{
	static unsigned calls;
	int (*real)(int, void *, size_t);
	const char *fails = getenv("NO_RANDOM"), *stuck = getenv("STUCK_RANDOM");

	if (stuck) {
		memset(data, atoi(stuck), len);
		return 0;
	}
	if (fails && calls++ % 4 < (unsigned)atoi(fails))
		return -1;
	*(void **)&real = dlsym(RTLD_NEXT, "gnutls_rnd");
	return real ? real(level, data, len) : -1;
}
