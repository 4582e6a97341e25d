/* SPDX-License-Identifier: BSD-2-Clause */
/* The prefix area, and interruptions: a line on the console and exit 1. */
#include "exit_line.h"
#include "s390x.h"
#include "say.h"

/* PoP chapter 3, "Assigned Storage Locations". */
#define TRAP_LENGTH 0x8c /* of the instruction: its lower byte, 2, 4 or 6 */
#define TRAP_CODE 0x8e   /* of a program interruption */
#define TRAP_PROGRAM_OLD 0x150
#define TRAP_ADDRESS 0xa8 /* that could not be reached */
#define TRAP_RESTART_NEW 0x1a0
#define TRAP_EXTERNAL_NEW 0x1b0
#define TRAP_IO_NEW 0x1f0
#define TRAP_NEXT 0x10

/* An address that the compiler knows nothing of. */
static void *trap_low(uintptr_t at)
{
	__asm__("" : "+r"(at));
	return (void *)at;
}

uint16_t s390x_low16(uintptr_t at)
{
	return *(volatile uint16_t *)trap_low(at);
}

uint64_t s390x_low64(uintptr_t at)
{
	return *(volatile uint64_t *)trap_low(at);
}

void s390x_low_clear(uintptr_t at)
{
	*(volatile uint16_t *)trap_low(at) = 0;
}

void s390x_trap_start(void)
{
	for (uintptr_t at = TRAP_RESTART_NEW; at <= TRAP_IO_NEW; at += TRAP_NEXT) {
		struct s390x_psw *psw = trap_low(at);

		psw->mask = S390X_PSW_64;
		psw->at = (uintptr_t)s390x_failed;
	}
	s390x_external_to(s390x_woken);
}

void s390x_external_to(void (*entry)(void))
{
	volatile struct s390x_psw *psw = trap_low(TRAP_EXTERNAL_NEW);

	psw->at = (uintptr_t)entry;
}

/*
 * It is a program interruption: the others are off, or are nobody's. The old
 * PSW points behind the instruction.
 */
_Noreturn void s390x_trap(void)
{
	unsigned before = exit_fault();

	if (before == 0) {
		uint64_t behind = s390x_low64(TRAP_PROGRAM_OLD + 8);

		say_hex("exception ", s390x_low16(TRAP_CODE), 4);
		say_hex(" at 0x", behind - (s390x_low16(TRAP_LENGTH) & 6), SAY_WORD);
		say_hex(" value 0x", s390x_low64(TRAP_ADDRESS), SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
