/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include <string.h>
#include "exit_line.h"
#include "hex.h"
#include "mips.h"

#define TRAP_DIGITS 8
#define TRAP_CODE(cause) ((cause) >> 2 & 31)

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

_Noreturn void mips_trap(uint32_t cause, uintptr_t at, uintptr_t value)
{
	unsigned code = TRAP_CODE(cause), before = exit_fault();
	char number[2] = { (char)('0' + code / 10), (char)('0' + code % 10) };

	if (before == 0) {
		trap_say("exception ");
		board_write(number + (code < 10), code < 10 ? 1 : 2);
		trap_print_hex(" at 0x", at);
		trap_print_hex(" value 0x", value);
		trap_say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
