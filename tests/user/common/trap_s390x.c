/* SPDX-License-Identifier: BSD-2-Clause */
/* s390x under Linux: system calls and signals. */
#include "trap_action.h"

/* user_page is not to be had: mmap takes its arguments from memory here. */
const long user_call_write = 4, user_call_exit = 248, user_call_map = 90;

#define TRAP_SIGACTION 174
#define TRAP_FLAGS 4u /* SA_SIGINFO */

/* In doublewords. In siginfo_t, the address of a fault. In ucontext_t, behind
   flags, link and stack_t: mask and address of the PSW, then 16 registers. */
#define TRAP_FAULT 2
#define TRAP_MASK 5
#define TRAP_PC 6
#define TRAP_REG 7

long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register long r1 __asm__("r1") = number;
	register uintptr_t r2 __asm__("r2") = a;
	register uintptr_t r3 __asm__("r3") = b;
	register uintptr_t r4 __asm__("r4") = c;
	register uintptr_t r5 __asm__("r5") = d;

	__asm__ volatile("svc 0" : "+r"(r2) : "r"(r1), "r"(r3), "r"(r4), "r"(r5) : "memory");
	return (long)r2;
}

/* The ABI's area for registers, below the stack pointer. */
__asm__(".globl _start\n_start:\n\taghi %r15, -160\n\tbrasl %r14, user_start");

/* The PSW points behind the instruction, the fault at it. */
static void trap_caught(int signal, void *info, void *context)
{
	uint64_t *word = context, none = 0;
	uint64_t pc = ((uint64_t *)info)[TRAP_FAULT];
	struct user_cpu cpu = { .flags = word + TRAP_MASK, .pc = &pc, .fault = pc };

	(void)signal;
	for (unsigned i = 0; i < 32; i++)
		cpu.reg[i] = i < 16 ? word + TRAP_REG + i : &none;
	CHECK(user_trap(&cpu));
	word[TRAP_PC] = pc;
}

void user_catch(void)
{
	struct trap_action action = { .handler = trap_caught, .flags = TRAP_FLAGS };

	trap_install(TRAP_SIGACTION, &action);
}
