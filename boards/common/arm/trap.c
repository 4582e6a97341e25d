/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include <string.h>
#include "arm.h"
#include "exit_line.h"
#include "hex.h"

#define TRAP_DIGITS 8

/* Numbers of the vectors: Arm ARM, DDI 0406, section B1.8. */
#define TRAP_UNDEFINED 1u
#define TRAP_SVC 2u
#define TRAP_PREFETCH 3u
#define TRAP_DATA 4u
#define TRAP_THUMB 0x20u /* SPSR */

static void trap_hex(const char *name, uint32_t value)
{
	char digits[TRAP_DIGITS];

	hex_digits(digits, sizeof digits, value);
	board_write(name, strlen(name));
	board_write(digits, sizeof digits);
}

/* How far behind the instruction lr is: the same section. */
static uint32_t trap_behind(uint32_t vector, uint32_t spsr)
{
	if (vector == TRAP_DATA)
		return 8;
	return vector <= TRAP_SVC && spsr & TRAP_THUMB ? 2 : 4;
}

static void trap_say(uint32_t vector, uint32_t at)
{
	uint32_t status, address = at;
	const char number = (char)('0' + vector);

	board_write("exception ", 10);
	board_write(&number, 1);
	trap_hex(" at 0x", at);
	if (vector == TRAP_DATA)
		/* DFSR, DFAR */
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 0\n\tmrc p15, 0, %1, c6, c0, 0"
				 : "=&r"(status), "=r"(address));
	else
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(status)); /* IFSR */
	if (vector == TRAP_DATA || vector == TRAP_PREFETCH) {
		trap_hex(" status 0x", status);
		trap_hex(" address 0x", address);
	}
	board_write("\n", 1);
}

_Noreturn void arm_trap(uint32_t vector, uint32_t lr, uint32_t spsr)
{
	unsigned before = exit_fault();

	if (before == 0)
		trap_say(vector, lr - trap_behind(vector, spsr));
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
