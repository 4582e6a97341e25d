/* SPDX-License-Identifier: BSD-2-Clause */
/* The vectors, and exceptions: a line on the console and exit 1. */
#include "exit_line.h"
#include "pseries.h"
#include "say.h"

/* Power ISA 3.0B, Book III, section 6.5: all of them are in these pages. */
#define TRAP_FIRST 0x100
#define TRAP_END 0x3000
#define TRAP_APART 0x20

/* LoPAR, H_SET_MODE: the byte order in which an interrupt begins. */
#define TRAP_SET_MODE 0x31c
#define TRAP_ORDER 4
#define TRAP_LITTLE 1

/* A branch to an address of 26 bits, which sets LR (Book I, section 2.4). lld
   knows no relocation for it. */
#define TRAP_BRANCH 0x48000003u
#define TRAP_BRANCH_TO 0x03fffffcu

extern const uint32_t pseries_vector[], pseries_vector_end[], pseries_entry[]; /* start.S */

/* An address that the compiler knows nothing of. */
static uint32_t *trap_place(uintptr_t at)
{
	__asm__("" : "+r"(at));
	return (uint32_t *)at;
}

/* What the CPU fetches here is what was stored: Book II, section 5.1.4. */
static void trap_fetched(const uint32_t *at)
{
	__asm__ volatile("dcbst 0, %0\n\tsync\n\ticbi 0, %0\n\tsync\n\tisync"
			 :
			 : "r"(at)
			 : "memory");
}

static void trap_lay(uint32_t *to)
{
	size_t n = 0;

	for (const uint32_t *from = pseries_vector; from < pseries_vector_end; from++)
		to[n++] = *from;
	to[n] = TRAP_BRANCH | ((uint32_t)(uintptr_t)pseries_entry & TRAP_BRANCH_TO);
	trap_fetched(to);
}

void pseries_trap_start(void)
{
	for (uintptr_t at = TRAP_FIRST; at < TRAP_END; at += TRAP_APART)
		trap_lay(trap_place(at));
	if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		(void)pseries_call(TRAP_SET_MODE, TRAP_LITTLE, TRAP_ORDER);
}

_Noreturn void pseries_trap(uint64_t vector, uint64_t at, uint64_t value)
{
	unsigned before = exit_fault();

	if (before == 0) {
		/* as the ISA names it */
		say_hex("exception ", vector, 3);
		say_hex(" at 0x", at, SAY_WORD);
		say_hex(" value 0x", value, SAY_WORD);
		say("\n");
	}
	if (before <= 1)
		board_exit(1);
	for (;;)
		;
}
