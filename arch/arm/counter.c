/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_arm.h"
#include "sb_hal.h"

/*
 * Without isb the counter may be read ahead of earlier instructions: DDI 0406,
 * chapter B8. No CPU before v7 has the counter.
 */
#if __ARM_ARCH >= 7
#define COUNTER_ISB "isb\n\t"
#elif __ARM_ARCH >= 5
#define COUNTER_ISB ""
#else
#error "no Arm before v5TE has MRRC"
#endif

uint64_t sb_arm_cntvct(void)
{
	uint32_t low, high;

	__asm__ volatile(COUNTER_ISB "mrrc p15, 1, %0, %1, c14"
			 : "=r"(low), "=r"(high)
			 :
			 : "memory");
	return (uint64_t)high << 32 | low;
}
SB_OWN(sb_arm_cntvct);

uint32_t sb_arm_cntfrq(void)
{
	uint32_t value;

	__asm__ volatile("mrc p15, 0, %0, c14, c0, 0" : "=r"(value));
	return value;
}
SB_OWN(sb_arm_cntfrq);
