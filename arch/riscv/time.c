/* SPDX-License-Identifier: BSD-2-Clause */
#include "csr.h"
#include "sb_riscv.h"

static uintptr_t time_low(void)
{
	uintptr_t value;

	CSR_READ(0xc01, value); /* time */
	return value;
}

static uint32_t time_high(void)
{
	uint32_t value = 0;

	if (sizeof(uintptr_t) < sizeof(uint64_t))
		CSR_READ(0xc81, value); /* timeh */
	return value;
}

uint64_t sb_riscv_time(void)
{
	return csr_counter(time_low, time_high);
}
SB_OWN(sb_riscv_time);
