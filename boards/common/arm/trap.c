/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. */
#include "arm.h"
#include "exit_line.h"
#include "say.h"

/* Numbers of the vectors: Arm ARM, DDI 0406, section B1.8. */
#define TRAP_UNDEFINED 1u
#define TRAP_SVC 2u
#define TRAP_PREFETCH 3u
#define TRAP_DATA 4u
#define TRAP_THUMB 0x20u /* SPSR */

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

	say("exception ");
	say_number(vector);
	say_hex(" at 0x", at, SAY_WORD);
	if (vector == TRAP_DATA)
		/* DFSR, DFAR */
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 0\n\tmrc p15, 0, %1, c6, c0, 0"
				 : "=&r"(status), "=r"(address));
	else
		__asm__ volatile("mrc p15, 0, %0, c5, c0, 1" : "=r"(status)); /* IFSR */
	if (vector == TRAP_DATA || vector == TRAP_PREFETCH) {
		say_hex(" status 0x", status, SAY_WORD);
		say_hex(" address 0x", address, SAY_WORD);
	}
	say("\n");
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
