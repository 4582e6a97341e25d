/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/guests/tick.h: the decrementer, and the interrupt that a CPU sends
 * to itself by the interrupt controller.
 */
#include "tick.h"
#include "pseries.h"

#define TICK_TICKS 10000u /* 20 us at 512 MHz */
#define TICK_MSR_EE 0x8000u

static void tick_enable(int enabled)
{
	uint64_t msr = sb_power_msr() & ~(uint64_t)TICK_MSR_EE;

	__asm__ volatile("mtmsrd %0, 1" : : "r"(msr | (enabled ? TICK_MSR_EE : 0)) : "memory");
}

/* The timer lets the other one in, and is itself far away until its end. */
static int tick_interrupt(uint64_t vector)
{
	if (vector == PSERIES_DECREMENTER) {
		pseries_alarm(PSERIES_TICKS_MAX);
		tick_enable(1);
		tick();
		tick_enable(0);
		pseries_alarm(TICK_TICKS);
	} else {
		(void)wfi_taken();
		tick();
	}
	return 1;
}

void tick_start(void)
{
	pseries_interrupt = tick_interrupt;
	pseries_alarm(TICK_TICKS);
	tick_enable(1);
}

void tick_stop(void)
{
	tick_enable(0);
	pseries_alarm(PSERIES_TICKS_MAX);
}

void tick_raise(void)
{
	(void)board_event();
}
