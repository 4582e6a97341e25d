/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include "aarch64.h"
#include "exit_line.h"
#include "hex.h"

#define TRAP_DIGITS 16

static void trap_print_hex(const char *name, size_t len, uint64_t value)
{
	char digits[TRAP_DIGITS];

	hex_digits(digits, sizeof digits, value);
	board_write(name, len);
	board_write(digits, sizeof digits);
}

/*
 * vector is one of the 16 entries (Arm ARM, DDI 0487, table D1-5). 4 is an
 * exception at our own level.
 */
_Noreturn void aarch64_trap(uint64_t vector, uint64_t syndrome, uint64_t at, uint64_t address)
{
	char number[2] = { (char)('0' + vector / 10), (char)('0' + vector % 10) };

	/* Each way to end may trap once. board_exit has few of them. */
	if (!aarch64_exiting && exit_fault() == 0) {
		board_write("exception ", 10);
		board_write(number + (vector < 10), vector < 10 ? 1 : 2);
		trap_print_hex(" at 0x", 6, at);
		trap_print_hex(" syndrome 0x", 12, syndrome);
		trap_print_hex(" address 0x", 11, address);
		board_write("\n", 1);
	}
	board_exit(1);
}
