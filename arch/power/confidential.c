/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_power.h"

/* MSR[S], bit 41 as the ISA counts: Power ISA 3.1, Book III, section 4.2.1. */
#define CONFIDENTIAL_MSR_S (UINT64_C(1) << (63 - 41))

uint16_t sb_power_distrust(const struct sb_power_cpu *cpu)
{
	return cpu->msr && cpu->msr() & CONFIDENTIAL_MSR_S ? SB_HOST | SB_TIMING : 0;
}
SB_OWN(sb_power_distrust);
