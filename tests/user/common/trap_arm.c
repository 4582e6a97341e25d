/* SPDX-License-Identifier: BSD-2-Clause */
/* 32-bit Arm in either state under Linux: system calls and signals. */
#include "call_arm.h"

#define TRAP_SIGACTION 174
#define TRAP_SIGILL 4u
#define TRAP_SIGSEGV 11u
#define TRAP_FLAGS 4u /* SA_SIGINFO */

/* In words: the address of a fault in siginfo_t; struct sigcontext within
   ucontext_t: r0 to r15, cpsr. */
#define TRAP_FAULT 3
#define TRAP_R0 8
#define TRAP_PC 23
#define TRAP_CPSR 24

/* struct sigaction of the kernel. */
struct trap_action {
	void (*handler)(int signal, void *info, void *context);
	uint32_t flags;
	void (*restorer)(void);
	uint32_t mask[2];
};

void _start(void);

void _start(void)
{
	user_start();
}

/* The program works on words of 64 bits. */
static void trap_caught(int signal, void *info, void *context)
{
	uint32_t *word = context;
	uint64_t value[16], flags = word[TRAP_CPSR], pc = word[TRAP_PC], none = 0;
	struct user_cpu cpu = { .flags = &flags,
				.pc = &pc,
				.fault = ((const uint32_t *)info)[TRAP_FAULT] };

	(void)signal;
	for (unsigned i = 0; i < 32; i++) {
		value[i % 16] = word[TRAP_R0 + i % 16];
		cpu.reg[i] = i < 16 ? value + i : &none;
	}
	CHECK(user_trap(&cpu));
	for (unsigned i = 0; i < 15; i++)
		word[TRAP_R0 + i] = (uint32_t)value[i];
	word[TRAP_PC] = (uint32_t)pc;
}

void user_catch(void)
{
	struct trap_action action = { trap_caught, TRAP_FLAGS, 0, { 0, 0 } };

	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGILL, (uintptr_t)&action, 0, 8) == 0);
	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGSEGV, (uintptr_t)&action, 0, 8) == 0);
}
