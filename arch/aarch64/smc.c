/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

/* SMC Calling Convention, DEN0028, section 2.6: the call may change x0 to
   x17. */
/* clang-format off */
#define SMC_FUNCTION(name, instruction) \
	void name(uint64_t reg[4]) \
	{ \
		register uint64_t x0 __asm__("x0") = reg[0]; \
		register uint64_t x1 __asm__("x1") = reg[1]; \
		register uint64_t x2 __asm__("x2") = reg[2]; \
		register uint64_t x3 __asm__("x3") = reg[3]; \
		__asm__ volatile(instruction " #0" \
				 : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) \
				 : \
				 : "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", \
				   "x14", "x15", "x16", "x17", "memory"); \
		reg[0] = x0; \
		reg[1] = x1; \
		reg[2] = x2; \
		reg[3] = x3; \
	} \
	SB_OWN(name)
/* clang-format on */

SMC_FUNCTION(sb_aarch64_smc, "smc");
SMC_FUNCTION(sb_aarch64_hvc, "hvc");
