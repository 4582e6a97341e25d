/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include "aarch64.h"
#include "exit_line.h"
#include "say.h"

/*
 * vector is one of the 16 entries (Arm ARM, DDI 0487, table D1-5). 4 is an
 * exception at our own level.
 */
_Noreturn void aarch64_trap(uint64_t vector, uint64_t syndrome, uint64_t at, uint64_t address)
{
	/* Each way to end may trap once. board_exit has few of them. */
	if (!aarch64_exiting && exit_fault() == 0) {
		say("exception ");
		say_number((unsigned)vector);
		say_hex(" at 0x", at, SAY_WORD);
		say_hex(" syndrome 0x", syndrome, SAY_WORD);
		say_hex(" address 0x", address, SAY_WORD);
		say("\n");
	}
	board_exit(1);
}
