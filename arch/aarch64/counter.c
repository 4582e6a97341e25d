/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

uint64_t sb_aarch64_cntvct(void)
{
	uint64_t value;

	/* without isb the counter may be read ahead of earlier instructions:
	   Arm ARM, DDI 0487, section D12.2.1 */
	__asm__ volatile("isb\n\tmrs %0, cntvct_el0" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_aarch64_cntvct);

uint32_t sb_aarch64_cntfrq(void)
{
	uint64_t value;

	__asm__ volatile("mrs %0, cntfrq_el0" : "=r"(value));
	return (uint32_t)value;
}
SB_OWN(sb_aarch64_cntfrq);
