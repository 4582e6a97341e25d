/* SPDX-License-Identifier: BSD-2-Clause */
#include "wfi.h"

/*
 * As instructions from v7 on (Arm ARM, DDI 0406, section A8.8). Before, they
 * are operations of CP15, register c7: Drain write buffer and Wait for
 * interrupt (ARM1176JZF-S, DDI 0301; ARM926EJ-S, DDI 0198).
 */
void wfi_sleep(void)
{
#if __ARM_ARCH >= 7
	__asm__ volatile("dsb\n\twfi" : : : "memory");
#elif __ARM_ARCH >= 5
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4\n\tmcr p15, 0, %0, c7, c0, 4"
			 :
			 : "r"(0)
			 : "memory");
#else
#error "how does this CPU sleep?"
#endif
}
