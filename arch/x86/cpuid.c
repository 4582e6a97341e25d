/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

void sb_x86_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	__asm__ volatile("cpuid"
			 : "=a"(reg[0]), "=b"(reg[1]), "=c"(reg[2]), "=d"(reg[3])
			 : "a"(leaf), "c"(sub));
}
SB_OWN(sb_x86_cpuid);
