/* SPDX-License-Identifier: BSD-2-Clause */
/* The interrupt of tests/guests/tick.h that preempts the timer. */
#ifndef TICK_CORTEX_M_H
#define TICK_CORTEX_M_H

#include "cortex_m.h"
#include "tick.h"

/*
 * Nothing uses it, and it has the highest priority. The timer's own is low: see
 * each tick.c.
 */
#define TICK_RAISED_IRQ 20u

void tick_raise(void)
{
	cortex_m_raise(TICK_RAISED_IRQ);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
}

#endif
