/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_riscv.h"

/* "The seed CSR must be accessed with a read-write instruction" (Cryptography
   Extensions Volume I 1.0.1, section 4.1). The other forms trap. */
uintptr_t sb_riscv_seed(void)
{
	uintptr_t value;

	__asm__ volatile("csrrw %0, 0x015, zero" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_riscv_seed);
