/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_power.h"

/* Power ISA 3.0B, Book II, chapter 6: SPR 268 has 64 bits of the Time Base. */
uint64_t sb_power_timebase(void)
{
	uint64_t value;

	__asm__ volatile("mfspr %0, 268" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_power_timebase);
