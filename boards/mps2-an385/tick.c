/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"
#include "tick_cortex_m.h"

/* CMSDK APB timer, DDI 0479 section 4.5, 25 MHz. */
#define TICK_TIMER1_CTRL 0x40001000u
#define TICK_TIMER1_RELOAD 0x40001008u
#define TICK_TIMER1_INTCLEAR 0x4000100cu

void cortex_m_interrupt(unsigned exception)
{
	if (exception == CORTEX_M_IRQ(TICK_IRQ))
		sb_io_write32(TICK_TIMER1_INTCLEAR, 1);
	tick();
}

void tick_start(void)
{
	tick_enable();
	sb_io_write32(TICK_TIMER1_RELOAD, 487);
	sb_io_write32(TICK_TIMER1_CTRL, 9);
}

void tick_stop(void)
{
	sb_io_write32(TICK_TIMER1_CTRL, 0);
}
