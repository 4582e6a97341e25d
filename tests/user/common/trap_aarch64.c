/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit Arm under Linux: system calls and signals. */
#include "trap_action.h"

const long user_call_write = 64, user_call_exit = 94, user_call_map = 222;

#define TRAP_SIGACTION 134

#define TRAP_FLAGS 4u /* SA_SIGINFO */

/* struct sigcontext within ucontext_t, in 64-bit words: the address of a fault,
   x0 to x30, sp, pc, pstate. */
#define TRAP_FAULT 22
#define TRAP_X0 23
#define TRAP_PC 55
#define TRAP_PSTATE 56

long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t x0 __asm__("x0") = a;
	register uintptr_t x1 __asm__("x1") = b;
	register uintptr_t x2 __asm__("x2") = c;
	register uintptr_t x3 __asm__("x3") = d;
	register uintptr_t x4 __asm__("x4") = (uintptr_t)-1; /* no file */
	register uintptr_t x5 __asm__("x5") = 0;
	register long x8 __asm__("x8") = number;

	__asm__ volatile("svc #0"
			 : "+r"(x0)
			 : "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x8)
			 : "memory", "cc");
	return (long)x0;
}

__asm__(".globl _start\n_start:\n\tb user_start");

static void trap_caught(int signal, void *info, void *context)
{
	uint64_t *word = context, zero = 0;
	struct user_cpu cpu = { .flags = word + TRAP_PSTATE,
				.pc = word + TRAP_PC,
				.fault = word[TRAP_FAULT] };

	(void)signal;
	(void)info;
	for (unsigned i = 0; i < 31; i++)
		cpu.reg[i] = word + TRAP_X0 + i;
	cpu.reg[31] = &zero; /* wzr and xzr */
	CHECK(user_trap(&cpu));
}

void user_catch(void)
{
	struct trap_action action = { trap_caught, TRAP_FLAGS, 0, 0 };

	trap_install(TRAP_SIGACTION, &action);
}
