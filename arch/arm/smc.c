/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_arm.h"

/*
 * SMC Calling Convention, DEN0028: r0 to r3. A CPU that has the instructions is
 * newer than the ISA may say.
 */
/* clang-format off */
#define SMC_FUNCTION(name, instruction) \
	void name(uint64_t reg[4]) \
	{ \
		register uint32_t r0 __asm__("r0") = (uint32_t)reg[0]; \
		register uint32_t r1 __asm__("r1") = (uint32_t)reg[1]; \
		register uint32_t r2 __asm__("r2") = (uint32_t)reg[2]; \
		register uint32_t r3 __asm__("r3") = (uint32_t)reg[3]; \
		__asm__ volatile(".arch armv7-a\n\t.arch_extension sec\n\t" \
				 ".arch_extension virt\n\t" instruction " #0" \
				 : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3) \
				 : \
				 : "r12", "memory"); \
		reg[0] = r0; \
		reg[1] = r1; \
		reg[2] = r2; \
		reg[3] = r3; \
	} \
	SB_OWN(name)
/* clang-format on */

SMC_FUNCTION(sb_arm_smc, "smc");
SMC_FUNCTION(sb_arm_hvc, "hvc");
