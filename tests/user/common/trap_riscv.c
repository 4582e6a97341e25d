/* SPDX-License-Identifier: BSD-2-Clause */
/* RISC-V of 64 and of 32 bits under Linux: system calls and signals. */
#include "user.h"

const long user_call_write = 64, user_call_exit = 94, user_call_map = 222;

#define TRAP_SIGACTION 134
#define TRAP_SIGILL 4u
#define TRAP_SIGSEGV 11u
#define TRAP_FLAGS 4u /* SA_SIGINFO */

/* In words of the CPU. In siginfo_t, the address of a fault is behind three
   ints. In ucontext_t, struct sigcontext (pc, x1 to x31) stands at a multiple
   of 16 bytes, behind five words and 128 bytes of masks. */
#define TRAP_WORD sizeof(uintptr_t)
#define TRAP_FAULT ((12 + TRAP_WORD - 1) / TRAP_WORD)
#define TRAP_PC ((5 * TRAP_WORD + 128 + 15) / 16 * 16 / TRAP_WORD)

/* struct sigaction of the kernel, which has no restorer here. */
struct trap_action {
	void (*handler)(int signal, void *info, void *context);
	unsigned long flags;
	uint32_t mask[2];
};

long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t a0 __asm__("a0") = a;
	register uintptr_t a1 __asm__("a1") = b;
	register uintptr_t a2 __asm__("a2") = c;
	register uintptr_t a3 __asm__("a3") = d;
	register uintptr_t a4 __asm__("a4") = (uintptr_t)-1; /* no file */
	register uintptr_t a5 __asm__("a5") = 0;
	register long a7 __asm__("a7") = number;

	__asm__ volatile("ecall"
			 : "+r"(a0)
			 : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
			 : "memory");
	return (long)a0;
}

/* A linker reaches data by the global pointer, and says where it points. */
__asm__(".globl _start\n_start:\n\t.option push\n\t.option norelax\n"
	"\tla gp, __global_pointer$\n\t.option pop\n\ttail user_start");

/* The program works on words of 64 bits, whatever the CPU has. */
static void trap_caught(int signal, void *info, void *context)
{
	uintptr_t *word = (uintptr_t *)context + TRAP_PC;
	uint64_t value[32], pc = word[0], none = 0;
	struct user_cpu cpu = { .flags = &none,
				.pc = &pc,
				.fault = ((uintptr_t *)info)[TRAP_FAULT] };

	(void)signal;
	for (unsigned i = 0; i < 32; i++) {
		value[i] = i ? word[i] : 0;
		cpu.reg[i] = value + i;
	}
	CHECK(user_trap(&cpu));
	word[0] = (uintptr_t)pc;
	for (unsigned i = 1; i < 32; i++)
		word[i] = (uintptr_t)value[i];
}

void user_catch(void)
{
	struct trap_action action = { trap_caught, TRAP_FLAGS, { 0, 0 } };

	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGILL, (uintptr_t)&action, 0, 8) == 0);
	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGSEGV, (uintptr_t)&action, 0, 8) == 0);
}
