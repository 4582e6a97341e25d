/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include <string.h>
#include "exit_line.h"
#include "hex.h"
#include "loongarch.h"

#define TRAP_DIGITS 16

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

/* The cause is one of table 21 of the LoongArch Reference Manual, Volume 1,
   version 1.10: two digits at most. */
_Noreturn void loongarch_trap(uintptr_t cause, uintptr_t at, uintptr_t value)
{
	char number[2] = { (char)('0' + cause / 10), (char)('0' + cause % 10) };
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
		__asm__ volatile("idle 0");
}
