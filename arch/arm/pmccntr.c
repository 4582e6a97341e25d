/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_arm.h"
#include "sb_hal.h"

uint64_t sb_arm_pmccntr(void)
{
	uint32_t value;

	__asm__ volatile("mrc p15, 0, %0, c9, c13, 0" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_arm_pmccntr);
