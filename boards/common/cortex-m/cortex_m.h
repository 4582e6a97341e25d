/* SPDX-License-Identifier: BSD-2-Clause */
/* What the Cortex-M boards share, and what each board adds to it. */
#ifndef CORTEX_M_H
#define CORTEX_M_H

#include <stdint.h>
#include "io.h"
#include "sb_loop.h"

/* Exception numbers, DDI 0403 section B1.5.2 and DDI 0419 section B1.5.2. */
#define CORTEX_M_SYSTICK 15u
#define CORTEX_M_IRQ(n) (16u + (n))
/* All that v6-M has. A board with more says so: BOARD_CFLAGS in board.mk. */
#ifndef CORTEX_M_IRQS
#define CORTEX_M_IRQS 32
#endif

/*
 * Each board defines these two. They have weak defaults, so a program with an
 * sb_platform of its own (a test suite) can do without the board.
 */
/* Runs before main: counters, alarms, seeds. By default it does nothing. */
void cortex_m_setup(void);
/* Gets SysTick and every interrupt. By default it ends the run like a fault. */
void cortex_m_interrupt(unsigned exception);

/* Each board defines these two for loop.c. */
uint64_t cortex_m_now(void); /* sb_loop.now */
/*
 * Asks for an interrupt after ns nanoseconds, or somewhat earlier. 0 cancels
 * it.
 */
void cortex_m_alarm(uint32_t ns);

/* loop.c */
extern const struct sb_loop cortex_m_loop; /* for sb_hal.loop */
/*
 * Extends a counter to 64 bits. Always pass the same counter. `mask` has the
 * bits that count. Call it at least once while the counter goes round.
 */
uint64_t cortex_m_ticks(uint64_t (*cycles)(void), uint32_t mask);
/*
 * A board's cortex_m_interrupt calls this for every interrupt that a wait must
 * not sleep through: all but the alarm and the rounds of the counter.
 */
void cortex_m_event(void);

/* A bit for each interrupt in the NVIC: DDI 0403 and DDI 0419, section B3.4. */
#define CORTEX_M_NVIC_ISER 0xe000e100u
#define CORTEX_M_NVIC_ISPR 0xe000e200u

/* Lets an interrupt through. */
static inline void cortex_m_enable(uint32_t irq)
{
	sb_io_write32(CORTEX_M_NVIC_ISER + irq / 32 * 4, 1u << irq % 32);
}

/* Makes it pending. */
static inline void cortex_m_raise(uint32_t irq)
{
	sb_io_write32(CORTEX_M_NVIC_ISPR + irq / 32 * 4, 1u << irq % 32);
}

#endif
