/* SPDX-License-Identifier: BSD-2-Clause */
/* Exceptions: a line on the console and exit 1. RDMSR that survives. */
#include "board.h"
#include "exit_line.h"
#include "say.h"
#include "sb_x86.h"
#include "x86.h"

#define TRAP_VECTORS 256
#define TRAP_EXCEPTIONS 32
/* general protection: RDMSR of a register that is not there */
#define TRAP_PROTECTION 13
#define TRAP_DOUBLE 8
#define TRAP_CODE 0x00080000u /* the code segment of the start file */
/* present, ring 0, interrupt gate: Intel SDM volume 3, figures 6-2 and 6-8 */
#define TRAP_GATE 0x8e00u
#define TRAP_WORDS (sizeof(uintptr_t) / 2)
/* in 64 bits, the stack of the double fault: figure 6-8, IST 1 (pvh.S) */
#define TRAP_IST (TRAP_WORDS / 4)

static uint32_t trap_table[TRAP_VECTORS][TRAP_WORDS] __attribute__((aligned(8)));

static void *trap_resume[5]; /* the buffer of __builtin_setjmp */
static volatile int trap_expected;

static void trap_print(unsigned vector, uintptr_t error, uintptr_t at)
{
	say("exception ");
	say_number(vector);
	say_hex(" at 0x", at, SAY_WORD);
	say_hex(" error 0x", error, SAY_WORD);
	say("\n");
}

_Noreturn void x86_trap(unsigned vector, uintptr_t error, uintptr_t at)
{
	unsigned before;

	if (trap_expected && vector == TRAP_PROTECTION)
		__builtin_longjmp(trap_resume, 1);
	before = exit_fault();
	if (before == 0)
		trap_print(vector, error, at);
	if (before <= 1)
		board_exit(1);
	/* Xen PV is in ring 3, where HLT would be one more fault. */
	for (;;)
		__asm__ volatile("pause");
}

typedef int trap_attempt(uint32_t index, uint64_t *value);

/*
 * The exception runs on our own stack, so a jump leads back. Only the flags
 * must be restored: the gate has turned interrupts off.
 */
int x86_rdmsr(uint32_t index, uint64_t *value)
{
	trap_attempt *attempt = sb_x86_rdmsr;
	volatile int result = SB_ENODEV;
	volatile uintptr_t flags;

	/*
	 * Hide which function is called. Link-time optimisation would see that
	 * it never jumps, and drop the way back.
	 */
	__asm__("" : "+r"(attempt));
	__asm__ volatile("pushf\n\tpop %0" : "=r"(flags) : : "memory");
	if (__builtin_setjmp(trap_resume) == 0) {
		trap_expected = 1;
		result = attempt(index, value);
	}
	trap_expected = 0;
	__asm__ volatile("push %0\n\tpopf" : : "r"(flags) : "memory", "cc");
	return result;
}

void x86_trap_gate(unsigned vector, uintptr_t entry)
{
	uint64_t at = entry;

	/*
	 * In 32 bits a gate is two words, so the last two lines overwrite what
	 * the first two wrote.
	 */
	trap_table[vector][TRAP_WORDS - 2] = (uint32_t)(at >> 32);
	trap_table[vector][TRAP_WORDS - 1] = 0;
	trap_table[vector][0] = (uint32_t)(at & 0xffff) | TRAP_CODE;
	trap_table[vector][1] = (uint32_t)(at & 0xffff0000) | TRAP_GATE;
}

void x86_trap_init(void)
{
	struct {
		uint8_t pad[6]; /* aligns base */
		uint16_t limit;
		uintptr_t base;
	} pointer = { .limit = sizeof trap_table - 1, .base = (uintptr_t)trap_table };

	for (unsigned i = 0; i < TRAP_EXCEPTIONS; i++)
		x86_trap_gate(i, (uintptr_t)x86_trap_stubs[i]);
	trap_table[TRAP_DOUBLE][1] |= TRAP_IST;
	__asm__ volatile("lidt %0" : : "m"(pointer.limit), "m"(pointer), "m"(trap_table));
}
