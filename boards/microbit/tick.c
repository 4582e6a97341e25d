/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"
#include "tick_cortex_m.h"

#define TICK_IRQ 9u /* TIMER1 */
/* Its priority: DDI 0419, section B3.4. v6-M wants access by words. */
#define TICK_NVIC_IPR2 0xe000e408u
#define TICK_NVIC_IPR2_LOW 0xc000u

/* nRF51 Series Reference Manual 3.0, chapter TIMER: 16 MHz, 16 bits. */
#define TICK_TIMER1 0x40009000u
#define TICK_TASKS_START TICK_TIMER1
#define TICK_TASKS_STOP (TICK_TIMER1 + 0x004)
#define TICK_EVENTS_COMPARE0 (TICK_TIMER1 + 0x140)
#define TICK_SHORTS (TICK_TIMER1 + 0x200)
#define TICK_SHORTS_COMPARE0_CLEAR 1u
#define TICK_INTENSET (TICK_TIMER1 + 0x304)
#define TICK_INTEN_COMPARE0 (1u << 16)
#define TICK_PRESCALER (TICK_TIMER1 + 0x510)
#define TICK_CC0 (TICK_TIMER1 + 0x540)

void cortex_m_interrupt(unsigned exception)
{
	if (exception == CORTEX_M_IRQ(TICK_IRQ))
		sb_io_write32(TICK_EVENTS_COMPARE0, 0);
	tick();
}

void tick_start(void)
{
	sb_io_write32(TICK_NVIC_IPR2, TICK_NVIC_IPR2_LOW);
	cortex_m_enable(TICK_IRQ);
	cortex_m_enable(TICK_RAISED_IRQ);
	sb_io_write32(TICK_PRESCALER, 0);
	sb_io_write32(TICK_CC0, 311);
	sb_io_write32(TICK_SHORTS, TICK_SHORTS_COMPARE0_CLEAR);
	sb_io_write32(TICK_INTENSET, TICK_INTEN_COMPARE0);
	sb_io_write32(TICK_TASKS_START, 1);
}

void tick_stop(void)
{
	sb_io_write32(TICK_TASKS_STOP, 1);
}
