/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * Deeper than all frames below the callers of sb_wipe_stack (`make size` has
 * their depth). test_wipe scans for bytes that it misses. Code of Thumb for
 * size has half of that, and little RAM. On s390x and 64-bit POWER a frame has
 * up to 160 bytes more, for the registers that its callees save, and nine
 * frames lie below a buffer's read.
 */
#define WIPE_STACK_BYTES 640
#if defined(__thumb__) && defined(__OPTIMIZE_SIZE__)
#undef WIPE_STACK_BYTES
#define WIPE_STACK_BYTES 320
#elif defined(__s390x__) || defined(__powerpc64__)
#undef WIPE_STACK_BYTES
#define WIPE_STACK_BYTES 1536
#endif

void sb_wipe(void *at, size_t len)
{
	memset(at, 0, len);
	/*
	 * The compiler must believe that the zeros are read. It drops stores to
	 * memory that is dead.
	 */
	__asm__ volatile("" : : "r"(at) : "memory");
}
SB_OWN(sb_wipe);

__attribute__((noinline)) int sb_wipe_stack(int result)
{
	uint8_t dead[WIPE_STACK_BYTES];

	sb_wipe(dead, sizeof dead);
	return result;
}
SB_OWN(sb_wipe_stack);
