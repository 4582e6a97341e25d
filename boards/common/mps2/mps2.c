/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"
#include "io.h"
#include "mps2.h"

#define MPS2_TIMER_CTRL 0x0
#define MPS2_TIMER_CTRL_RUN 9u /* interrupt enable, enable */
#define MPS2_TIMER_VALUE 0x4
#define MPS2_TIMER_RELOAD 0x8
#define MPS2_TIMER_INTCLEAR 0xc

const char *board_facts;

void cortex_m_alarm(uint32_t ns)
{
	uintptr_t timer = mps2_alarm.timer;

	sb_io_write32(timer + MPS2_TIMER_CTRL, 0);
	sb_io_write32(timer + MPS2_TIMER_INTCLEAR, 1);
	if (!ns)
		return;
	sb_io_write32(timer + MPS2_TIMER_RELOAD, 0); /* one shot */
	sb_io_write32(timer + MPS2_TIMER_VALUE, ns / mps2_alarm.tick + 1);
	sb_io_write32(timer + MPS2_TIMER_CTRL, MPS2_TIMER_CTRL_RUN);
}

void mps2_interrupt(unsigned exception)
{
	/* The alarm is no event. The wait has put it off already. */
	if (exception == CORTEX_M_SYSTICK)
		(void)systick_ticks();
	else if (exception != CORTEX_M_IRQ(mps2_alarm.irq))
		cortex_m_event();
}

void mps2_setup(void)
{
	seed_window_take();
	board_facts = systick_start();
	cortex_m_enable(mps2_alarm.irq);
}
