/* SPDX-License-Identifier: BSD-2-Clause */
#include "csr.h"
#include "sb_riscv.h"

uintptr_t sb_riscv_mseccfg(void)
{
	uintptr_t value;

	CSR_READ(0x747, value);
	return value;
}
SB_OWN(sb_riscv_mseccfg);
