/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_power.h"

uint64_t sb_power_msr(void)
{
	uint64_t value;

	__asm__ volatile("mfmsr %0" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_power_msr);
