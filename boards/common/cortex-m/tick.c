/* SPDX-License-Identifier: BSD-2-Clause */
/* SysTick as the timer that interrupts. */
#include "board.h"
#include "tick_cortex_m.h"

/* DDI 0403, sections B3.3 and B3.2.12 */
#define TICK_CSR 0xe000e010u
#define TICK_CSR_RUN 7u /* CLKSOURCE, TICKINT, ENABLE */
#define TICK_RVR 0xe000e014u
#define TICK_CVR 0xe000e018u
#define TICK_SHPR3 0xe000ed20u
#define TICK_SHPR3_SYSTICK_LOW (0xc0u << 24)
/* Some 20 us at 25 MHz. A board with another clock says more. */
#ifndef TICK_RELOAD
#define TICK_RELOAD 487u
#endif

void cortex_m_interrupt(unsigned exception)
{
	(void)exception;
	tick();
}

void tick_start(void)
{
	sb_io_write32(TICK_SHPR3, TICK_SHPR3_SYSTICK_LOW);
	cortex_m_enable(TICK_RAISED_IRQ);
	sb_io_write32(TICK_RVR, TICK_RELOAD);
	sb_io_write32(TICK_CVR, 0);
	sb_io_write32(TICK_CSR, TICK_CSR_RUN);
}

void tick_stop(void)
{
	sb_io_write32(TICK_CSR, 0);
}
