/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual timer of the Generic Timer, for boards/common/wfi. */
#include "sb_arm.h"
#include "wfi.h"

uint64_t wfi_now(void)
{
	return wfi_ns(sb_arm_cntvct(), sb_arm_cntfrq());
}

/* CNTV_CVAL and CNTV_CTL: Arm ARM, DDI 0406, section B4.1. */
void wfi_alarm(uint32_t ns)
{
	uint64_t at = sb_arm_cntvct() + wfi_ticks(ns, sb_arm_cntfrq()) + 1;

	__asm__ volatile("mcrr p15, 3, %0, %1, c14\n\tmcr p15, 0, %2, c14, c3, 1\n\tisb"
			 :
			 : "r"((uint32_t)at), "r"((uint32_t)(at >> 32)), "r"(ns != 0)
			 : "memory");
}
