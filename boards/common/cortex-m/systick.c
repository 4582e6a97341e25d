/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SysTick as the clock: DDI 0403, section B3.3. It runs freely at the CPU's
 * clock, and its exception counts the rounds. sb_hal.cycles is CYCCNT where
 * that moves, which nobody reloads. Of either 24 bits are used, so that
 * cycle_bits is true of both.
 */
#include "board.h"
#include "cortex_m.h"
#include "io.h"
#include "sb_cortex_m.h"
#include "systick.h"

#define SYSTICK_CSR 0xe000e010u
#define SYSTICK_CSR_RUN 7u /* CLKSOURCE, TICKINT, ENABLE */
#define SYSTICK_RVR 0xe000e014u
#define SYSTICK_CVR 0xe000e018u

static uint8_t systick_dwt; /* CYCCNT moves */

uint64_t systick_cycles(void)
{
	return (systick_dwt ? sb_dwt_cycles() : sb_systick_cycles()) & SB_SYSTICK_RELOAD;
}

uint64_t systick_ticks(void)
{
	return cortex_m_ticks(sb_systick_cycles, SB_SYSTICK_RELOAD);
}

uint64_t cortex_m_now(void)
{
	uint64_t ticks = systick_ticks();
	uint32_t hz = sb_platform.cycles_hz;

	return ticks / hz * 1000000000u + ticks % hz * 1000000000u / hz;
}

const char *systick_start(void)
{
	sb_io_write32(SYSTICK_RVR, SB_SYSTICK_RELOAD);
	sb_io_write32(SYSTICK_CVR, 0);
	sb_io_write32(SYSTICK_CSR, SYSTICK_CSR_RUN);
	systick_dwt = sb_dwt_start() != 0;
	if (sb_systick_bits() != SYSTICK_BITS) {
		board_write("fault: SysTick stands\n", 22);
		board_exit(1);
	}
	return systick_dwt ? "counter=dwt" : "counter=systick";
}
