/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include "exit_line.h"
#include "mips.h"
#include "say.h"

#define TRAP_CODE(cause) ((cause) >> 2 & 31)

_Noreturn void mips_trap(uint32_t cause, uintptr_t at, uintptr_t value)
{
	unsigned code = TRAP_CODE(cause), before = exit_fault();

	if (before == 0) {
		say("exception ");
		say_number(code);
		say_hex(" at 0x", at, SAY_WORD);
		say_hex(" value 0x", value, SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
