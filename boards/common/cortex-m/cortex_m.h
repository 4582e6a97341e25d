/* SPDX-License-Identifier: BSD-2-Clause */
/* What the Cortex-M boards share, and what each of them adds to it. */
#ifndef BOARD_CORTEX_M_H
#define BOARD_CORTEX_M_H

#include <stdint.h>
#include "sb_loop.h"

/* Exception numbers, DDI 0403 section B1.5.2 and DDI 0419 section B1.5.2. */
#define CORTEX_M_SYSTICK 15u
#define CORTEX_M_IRQ(n) (16u + (n))
#define CORTEX_M_IRQS 32 /* vectors of the start file: all that v6-M has */

/* Each board defines these. A program that brings its own sb_platform (a test suite) can be linked without any: weak defaults. */
void board_setup(void); /* before main: counters, alarms, seeds */
void board_interrupt(
	unsigned
		exception); /* SysTick and every interrupt; by default it ends the run like a fault */

/* And these for cortex_m_loop.c. */
uint64_t board_now(void); /* sb_loop.now */
void board_alarm(
	uint32_t ns); /* an interrupt after ns, or somewhat before that; 0: none any more */

/* cortex_m_loop.c: the other parts of a struct sb_loop. */
/* A counter in 64 bits, always the same one; mask: the bits of it that move. To be asked at least once in each of its rounds. */
uint64_t cortex_m_ticks(uint64_t (*cycles)(void), uint32_t mask);
void cortex_m_wait(uint64_t deadline);
extern struct sb_hook *cortex_m_hooks; /* sb_loop.hooks */
void cortex_m_event(
	void); /* from board_interrupt, for what a wait must not sleep through: anything but the alarm and the counter's rounds */

/* A bit for each of interrupts 0 to 31, DDI 0403 and DDI 0419, section B3.4. */
#define CORTEX_M_NVIC_ISER0 0xe000e100u /* lets it through */
#define CORTEX_M_NVIC_ISPR0 0xe000e200u /* makes it pending */

#endif
