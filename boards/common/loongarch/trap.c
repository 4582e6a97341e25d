/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include "exit_line.h"
#include "loongarch.h"
#include "say.h"

/* The cause is one of table 21 of the LoongArch Reference Manual, Volume 1,
   version 1.10: two digits at most. */
_Noreturn void loongarch_trap(uintptr_t cause, uintptr_t at, uintptr_t value)
{
	unsigned before = exit_fault();

	if (before == 0) {
		say("exception ");
		say_number((unsigned)cause);
		say_hex(" at 0x", at, SAY_WORD);
		say_hex(" value 0x", value, SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		__asm__ volatile("idle 0");
}
