/* SPDX-License-Identifier: BSD-2-Clause */
#include "csr.h"
#include "sb_riscv.h"

static uintptr_t mcycle_low(void)
{
	uintptr_t value;

	CSR_READ(0xb00, value); /* mcycle */
	return value;
}

static uint32_t mcycle_high(void)
{
	uint32_t value = 0;

	if (sizeof(uintptr_t) < sizeof(uint64_t))
		CSR_READ(0xb80, value); /* mcycleh */
	return value;
}

uint64_t sb_riscv_mcycle(void)
{
	return csr_counter(mcycle_low, mcycle_high);
}
SB_OWN(sb_riscv_mcycle);
