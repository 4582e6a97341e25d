/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. A call that survives them. */
#include <string.h>
#include "exit_line.h"
#include "hex.h"
#include "riscv.h"

#define TRAP_DIGITS (2 * sizeof(uintptr_t))

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

static void trap_say(const char *text)
{
	board_write(text, strlen(text));
}

static void trap_print_hex(const char *name, uintptr_t value)
{
	char digits[TRAP_DIGITS];

	hex_digits(digits, sizeof digits, value);
	trap_say(name);
	board_write(digits, sizeof digits);
}

/* The cause is one of table 3.6: two digits at most. */
_Noreturn void riscv_trap(uintptr_t cause, uintptr_t at, uintptr_t value)
{
	char number[2] = { (char)('0' + cause % 100 / 10), (char)('0' + cause % 10) };
	unsigned before = exit_fault();

	if (before == 0) {
		trap_say("exception ");
		board_write(number + (cause < 10), cause < 10 ? 1 : 2);
		trap_print_hex(" at 0x", at);
		trap_print_hex(" value 0x", value);
		trap_say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		__asm__ volatile("wfi");
}
