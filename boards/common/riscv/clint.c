/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The timer and the software interrupt of M-mode: SiFive's CLINT, and ACLINT
 * 1.0, where it has the same registers (FE310-G002 Manual v1p5, chapter 9).
 */
#include "io.h"
#include "riscv.h"

#define CLINT_MSIP 0x0
#define CLINT_MTIMECMP 0x4000
#define CLINT_MTIME 0xbff8
#define CLINT_READS 8 /* the high word changes once in a second or more */

/* Privileged Architecture 20211203, section 3.1.9 */
#define CLINT_MSI 0x08u
#define CLINT_MTI 0x80u

static uintptr_t clint; /* start.S leaves hart 0 alone, so these are hart 0's */

void riscv_clint_start(uintptr_t base)
{
	clint = base;
	sb_io_write32(clint + CLINT_MSIP, 0);
}

/* By halves, which a CPU of 32 bits must. */
uint64_t riscv_time(void)
{
	uint32_t high, low;
	int reads = CLINT_READS;

	do {
		high = sb_io_read32(clint + CLINT_MTIME + 4);
		low = sb_io_read32(clint + CLINT_MTIME);
	} while (high != sb_io_read32(clint + CLINT_MTIME + 4) && --reads);
	return (uint64_t)high << 32 | low;
}

/* No value in between is smaller than both: section 3.2.1. */
void riscv_alarm(uint64_t time)
{
	sb_io_write32(clint + CLINT_MTIMECMP, UINT32_MAX);
	sb_io_write32(clint + CLINT_MTIMECMP + 4, (uint32_t)(time >> 32));
	sb_io_write32(clint + CLINT_MTIMECMP, (uint32_t)time);
}

uintptr_t riscv_wakes(void)
{
	return CLINT_MSI | CLINT_MTI;
}

int wfi_taken(void)
{
	if (!sb_io_read32(clint + CLINT_MSIP))
		return 0;
	sb_io_write32(clint + CLINT_MSIP, 0);
	return 1;
}

int board_event(void)
{
	sb_io_publish();
	sb_io_write32(clint + CLINT_MSIP, 1);
	return 0;
}
