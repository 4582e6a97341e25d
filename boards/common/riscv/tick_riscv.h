/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/guests/tick.h: the timer, and the software interrupt that a hart
 * raises for itself. A board's tick.c is this file alone.
 */
#ifndef TICK_RISCV_H
#define TICK_RISCV_H

#include "riscv.h"
#include "tick.h"

#define TICK_TIME 211u /* 21 us at 10 MHz */
#ifdef RISCV_SUPERVISOR
#define TICK_ENTRY __attribute__((interrupt("supervisor"), aligned(4)))
#define TICK_ENABLE 0x2u /* Privileged Architecture 20211203, section 4.1.1 */
#define TICK_TIMER 5u    /* table 4.2 */
#define TICK_RAISED 1u
#else
#define TICK_ENTRY __attribute__((interrupt("machine"), aligned(4)))
#define TICK_ENABLE 0x8u /* section 3.1.6 */
#define TICK_TIMER 7u    /* table 3.6 */
#define TICK_RAISED 3u
#endif
#define TICK_READ(name, value) \
	__asm__ volatile("csrr %0, " RISCV_CSR(name) : "=r"(value) : : "memory")
#define TICK_WRITE(name, value) \
	__asm__ volatile("csrw " RISCV_CSR(name) ", %0" : : "r"(value) : "memory")

static const uintptr_t tick_raised = 1u << TICK_RAISED,
		       tick_both = 1u << TICK_TIMER | 1u << TICK_RAISED;

/* The timer lets the other one in. */
static void tick_of_timer(uintptr_t status)
{
	riscv_alarm(riscv_time() + TICK_TIME);
	TICK_WRITE("ie", tick_raised);
	TICK_WRITE("status", status | TICK_ENABLE);
	tick();
	TICK_WRITE("status", status);
	TICK_WRITE("ie", tick_both);
}

/* Another interrupt may come in between, and changes where this one returns. */
TICK_ENTRY static void tick_entry(void)
{
	uintptr_t cause, at, status, value;

	TICK_READ("cause", cause);
	TICK_READ("epc", at);
	TICK_READ("status", status);
	TICK_READ("tval", value);
	if ((intptr_t)cause >= 0)
		riscv_trap(cause, at, value);
	if ((cause & 0xff) == TICK_TIMER) {
		tick_of_timer(status);
	} else {
		(void)wfi_taken();
		tick();
	}
	TICK_WRITE("epc", at);
	TICK_WRITE("status", status);
}

void tick_start(void)
{
	uintptr_t status;

	TICK_WRITE("tvec", (uintptr_t)tick_entry);
	TICK_WRITE("ie", tick_both);
	riscv_alarm(riscv_time() + TICK_TIME);
	TICK_READ("status", status);
	TICK_WRITE("status", status | TICK_ENABLE);
}

void tick_stop(void)
{
	TICK_WRITE("ie", (uintptr_t)0);
	riscv_alarm(UINT64_MAX);
}

void tick_raise(void)
{
	(void)board_event();
}

#endif
