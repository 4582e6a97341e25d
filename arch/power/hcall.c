/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_power.h"

/*
 * LoPAR, "Logical Partitioning Option", "Hypervisor Call Interface": SC with
 * LEV=1. Number and result are in r3, arguments and values in r4 and so on. The
 * other registers that a function may change, it may change as well.
 */
void sb_power_hcall(uint64_t reg[SB_POWER_HCALL])
{
	register uint64_t r3 __asm__("r3") = reg[0];
	register uint64_t r4 __asm__("r4") = reg[1];
	register uint64_t r5 __asm__("r5") = reg[2];
	register uint64_t r6 __asm__("r6") = reg[3];
	register uint64_t r7 __asm__("r7") = reg[4];

	__asm__ volatile("sc 1"
			 : "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7)
			 :
			 : "r0", "r8", "r9", "r10", "r11", "r12", "ctr", "xer", "cr0", "cr1", "cr5",
			   "cr6", "cr7", "memory");
	reg[0] = r3;
	reg[1] = r4;
	reg[2] = r5;
	reg[3] = r6;
	reg[4] = r7;
}
SB_OWN(sb_power_hcall);
