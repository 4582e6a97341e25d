/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two interrupts of the NVIC for tests/guests/tick.h. TIMER1, which both boards
 * have, gets a low priority. The other has the highest, and software makes it
 * pending.
 */
#ifndef TICK_CORTEX_M_H
#define TICK_CORTEX_M_H

#include "cortex_m.h"
#include "io.h"
#include "tick.h"

#define TICK_IRQ 9u /* TIMER1 of nRF51 and of AN385 */
#define TICK_RAISED_IRQ 20u
/*
 * Priorities of interrupts 8 to 11, DDI 0403 and DDI 0419, section B3.4. v6-M
 * wants access by words.
 */
#define TICK_NVIC_IPR2 0xe000e408u
#define TICK_NVIC_IPR2_LOW 0xc000u

static inline void tick_enable(void)
{
	sb_io_write32(TICK_NVIC_IPR2, TICK_NVIC_IPR2_LOW);
	sb_io_write32(CORTEX_M_NVIC_ISER0, 1u << TICK_IRQ | 1u << TICK_RAISED_IRQ);
}

void tick_raise(void)
{
	sb_io_write32(CORTEX_M_NVIC_ISPR0, 1u << TICK_RAISED_IRQ);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

#endif
