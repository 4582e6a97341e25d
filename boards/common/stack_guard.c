/* SPDX-License-Identifier: BSD-2-Clause */
#include "stack_guard.h"
#include "board.h"
#include "exit_line.h"
#include "sb_hal.h"

/*
 * The lowest byte in memory is 0: text that runs over it ends there, and none
 * that is read past its end shows the rest.
 */
#define GUARD_KEEPS (~(uintptr_t)0xff)
#define GUARD_SPREAD 0x9e3779b97f4a7c15u /* odd: 2^64 by the golden ratio */

/*
 * Link-time optimisation makes the calls last: without `used` nothing would be
 * left to call.
 */
#define GUARD_KEPT __attribute__((weak, used))

GUARD_KEPT uintptr_t __stack_chk_guard = (uintptr_t)GUARD_SPREAD & GUARD_KEEPS;

/*
 * By the counter alone: what is random comes later, and nothing of it is spent
 * on this. So it finds mistakes, and stops nobody who can guess the counter.
 */
STACK_GUARD_NONE void stack_guard_start(void)
{
	uintptr_t ticks = (uintptr_t)sb_platform.cycles();

	__stack_chk_guard ^= ticks * (uintptr_t)GUARD_SPREAD & GUARD_KEEPS;
}

/* What 32-bit x86 calls with -fPIE. */
__attribute__((visibility("hidden"), used, noreturn, alias("__stack_chk_fail"))) void
__stack_chk_fail_local(void);

GUARD_KEPT void __stack_chk_fail(void)
{
	static const char says[] = "fault: a function wrote over its stack\n";
	unsigned before = exit_fault();

	if (before == 0)
		board_write(says, sizeof says - 1);
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
