/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

int sb_x86_rdmsr(uint32_t index, uint64_t *value)
{
	uint32_t low, high;

	__asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(index));
	*value = (uint64_t)high << 32 | low;
	return SB_OK;
}
SB_OWN(sb_x86_rdmsr);
