/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

void sb_aarch64_flush(const volatile void *at)
{
	__asm__ volatile("dc civac, %0" : : "r"(at) : "memory");
}
SB_OWN(sb_aarch64_flush);

void sb_aarch64_fence(void)
{
	/* DSB waits for loads and cache maintenance, ISB holds back what
	   follows: Arm ARM, DDI 0487, Data Synchronization Barrier, and section
	   D12.2.1 for the counter */
	__asm__ volatile("dsb sy\n\tisb" : : : "memory");
}
SB_OWN(sb_aarch64_fence);
