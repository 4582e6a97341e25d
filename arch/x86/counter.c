/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

uint64_t sb_x86_tsc(void)
{
	/* in 64-bit mode RDTSC clears the upper halves: Intel SDM volume 2,
	   RDTSC */
	unsigned long low, high;

	/* not serialised: instructions that move around it add noise */
	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high));
	return (uint64_t)high << 32 | low;
}
SB_OWN(sb_x86_tsc);
