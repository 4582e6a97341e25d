/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit POWER under Linux, in both byte orders: system calls and signals. */
#include "trap_action.h"

const long user_call_write = 4, user_call_exit = 234, user_call_map = 90;

#define TRAP_SIGACTION 173

#define TRAP_FLAGS 4u /* SA_SIGINFO */

/* struct sigcontext within ucontext_t, in 64-bit words: r0 to r31, the place of
   the instruction, CCR, and the address of a fault. */
#define TRAP_R0 29
#define TRAP_NIP (TRAP_R0 + 32)
#define TRAP_CCR (TRAP_R0 + 38)
#define TRAP_DAR (TRAP_R0 + 41)

/* CR0.SO tells of a failure, and the result is then the error. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register long r0 __asm__("r0") = number;
	register uintptr_t r3 __asm__("r3") = a;
	register uintptr_t r4 __asm__("r4") = b;
	register uintptr_t r5 __asm__("r5") = c;
	register uintptr_t r6 __asm__("r6") = d;
	register uintptr_t r7 __asm__("r7") = (uintptr_t)-1; /* no file */
	register uintptr_t r8 __asm__("r8") = 0;

	__asm__ volatile("sc\n\tbns+ 1f\n\tneg 3, 3\n1:"
			 : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
			 :
			 : "r9", "r10", "r11", "r12", "ctr", "cr0", "memory");
	return (long)r3;
}

__asm__(".globl _start\n_start:\n\tlis 2, .TOC.@ha\n\taddi 2, 2, .TOC.@l\n"
	"\tstdu 1, -64(1)\n\tb user_start\n");

static void trap_caught(int signal, void *info, void *context)
{
	uint64_t *word = context;
	struct user_cpu cpu = { .flags = word + TRAP_CCR,
				.pc = word + TRAP_NIP,
				.fault = word[TRAP_DAR] };

	(void)signal;
	(void)info;
	for (unsigned i = 0; i < 32; i++)
		cpu.reg[i] = word + TRAP_R0 + i;
	CHECK(user_trap(&cpu));
}

void user_catch(void)
{
	struct trap_action action = { trap_caught, TRAP_FLAGS, 0, 0 };

	trap_install(TRAP_SIGACTION, &action);
}
