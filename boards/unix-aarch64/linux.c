/* SPDX-License-Identifier: BSD-2-Clause */
#include "linux.h"
#include <sys/auxv.h>
#include "stack_guard.h"

/* Linux Documentation/arch/arm64/elf_hwcaps. Older headers lack some. */
#define LINUX_ASIMD (1ul << 1)
#define LINUX_AES (1ul << 3)
#define LINUX_RNG (1ul << 16) /* of AT_HWCAP2 */

#define LINUX_ISAR0_AES (1ull << 4)
#define LINUX_ISAR0_RNDR (1ull << 60)
#define LINUX_PFR0_NO_ADVSIMD (15ull << 20)

uint64_t linux_isar0(void)
{
	uint64_t aes = getauxval(AT_HWCAP) & LINUX_AES ? LINUX_ISAR0_AES : 0;

	return aes | (getauxval(AT_HWCAP2) & LINUX_RNG ? LINUX_ISAR0_RNDR : 0);
}

uint64_t linux_pfr0(void)
{
	return getauxval(AT_HWCAP) & LINUX_ASIMD ? 0 : LINUX_PFR0_NO_ADVSIMD;
}

/*
 * On this CPU the word of -fstack-protector is the C library's. It has another
 * value in each run already, in a page that nobody may write by now. This one
 * stands before that of boards/common where an image is linked.
 */
void stack_guard_start(void)
{
}
