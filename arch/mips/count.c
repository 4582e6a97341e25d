/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_mips.h"

uint64_t sb_mips_count(void)
{
	uint32_t count;

	__asm__ volatile("mfc0 %0, $9" : "=r"(count) : : "memory");
	return count;
}
SB_OWN(sb_mips_count);
