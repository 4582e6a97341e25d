/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. A call that survives them. */
#include "exit_line.h"
#include "riscv.h"
#include "say.h"

extern volatile uintptr_t riscv_expected; /* start.S */

int riscv_guarded(uintptr_t (*read)(void), uintptr_t *value)
{
	uintptr_t seen;

	riscv_expected = 1;
	*value = read();
	__asm__ volatile("" : : : "memory");
	seen = riscv_expected;
	riscv_expected = 0;
	return seen == 1 ? SB_OK : SB_ENODEV;
}

/* The cause is one of table 3.6: two digits at most. */
_Noreturn void riscv_trap(uintptr_t cause, uintptr_t at, uintptr_t value)
{
	unsigned before = exit_fault();

	if (before == 0) {
		say("exception ");
		say_number((unsigned)(cause % 100));
		say_hex(" at 0x", at, SAY_WORD);
		say_hex(" value 0x", value, SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		__asm__ volatile("wfi");
}
