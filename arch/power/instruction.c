/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_power.h"

/* darn with L=1, for assemblers that are told of POWER8: Power ISA 3.0B, Book
   I, section 3.3.9. The register is 3, as the code is a number. */
uint64_t sb_power_darn_word(void)
{
	register uint64_t value __asm__("r3");

	__asm__ volatile(".4byte 0x7c6105e6" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_power_darn_word);
