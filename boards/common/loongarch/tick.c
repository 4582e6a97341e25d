/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/guests/tick.h: the timer, and the interrupt that a CPU sends to
 * itself.
 */
#include "tick.h"
#include "loongarch.h"

#define TICK_TICKS 2000u /* 20 us at 100 MHz */
#define TICK_MODE 0x0    /* CRMD */
#define TICK_MODE_IE 4u
#define TICK_STATUS 0x5 /* ESTAT */
#define TICK_STATUS_TIMER 0x800u

static void tick_enable(int enabled)
{
	uintptr_t value;

	LOONGARCH_READ(TICK_MODE, value);
	value &= ~(uintptr_t)TICK_MODE_IE;
	value |= enabled ? TICK_MODE_IE : 0;
	LOONGARCH_WRITE(TICK_MODE, value);
}

/* The timer lets the other one in, and is off until its end. */
static void tick_interrupt(void)
{
	uintptr_t status;

	LOONGARCH_READ(TICK_STATUS, status);
	if (status & TICK_STATUS_TIMER) {
		loongarch_alarm(0);
		tick_enable(1);
		tick();
		tick_enable(0);
		loongarch_alarm(TICK_TICKS);
	} else {
		(void)wfi_taken();
		tick();
	}
}

void tick_start(void)
{
	loongarch_interrupt = tick_interrupt;
	loongarch_alarm(TICK_TICKS);
	tick_enable(1);
}

void tick_stop(void)
{
	tick_enable(0);
	loongarch_alarm(0);
	loongarch_interrupt = NULL;
}

void tick_raise(void)
{
	(void)board_event();
}
