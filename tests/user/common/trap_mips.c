/* SPDX-License-Identifier: BSD-2-Clause */
/* MIPS of 32 bits under Linux (o32): system calls and signals. */
#include "user.h"

const long user_call_write = 4004, user_call_exit = 4246, user_call_map = 4090;

#define TRAP_SIGACTION 4194
#define TRAP_SIGILL 4u
#define TRAP_SIGSEGV 11u
#define TRAP_FLAGS 8u /* SA_SIGINFO */
#define TRAP_MASK 16u /* bytes of a mask of signals */

/* mmap(2): MAP_ANONYMOUS is another bit than on other ISAs. */
#define TRAP_MAP_OTHERS 0x32u
#define TRAP_MAP 0x812u

/* In siginfo_t, the address of a fault is behind three ints. In ucontext_t,
   struct sigcontext stands behind 24 bytes. It begins with two ints. Then pc
   and each register are of 64 bits. */
#define TRAP_FAULT 3
#define TRAP_PC 4
#define TRAP_REGISTERS 5

/* struct sigaction of the kernel. */
struct trap_action {
	uint32_t flags;
	void (*handler)(int signal, void *info, void *context);
	uint32_t mask[TRAP_MASK / 4];
};

/* The fifth and the sixth argument are on the stack: no file, and 0. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t a0 __asm__("$4") = a;
	register uintptr_t a1 __asm__("$5") = b;
	register uintptr_t a2 __asm__("$6") = c;
	register uintptr_t a3 __asm__("$7") = d == TRAP_MAP_OTHERS ? TRAP_MAP : d;
	register long v0 __asm__("$2") = number;

	__asm__ volatile("addiu $29, $29, -32\n\tli $8, -1\n\tsw $8, 16($29)\n\tsw $0, 20($29)\n\t"
			 "syscall\n\taddiu $29, $29, 32"
			 : "+r"(v0), "+r"(a3)
			 : "r"(a0), "r"(a1), "r"(a2)
			 : "$1", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24",
			   "$25", "$31", "hi", "lo", "memory");
	return a3 ? -1 : v0;
}

/* This ISA has its own name for it. A callee may write to the room for its
   arguments. */
__asm__(".globl __start\n__start:\n\tmove $31, $0\n\taddiu $29, $29, -32\n\tj user_start");

static void trap_caught(int signal, void *info, void *context)
{
	uint64_t *word = (uint64_t *)context + TRAP_PC;
	struct user_cpu cpu = { .pc = word, .fault = ((uint32_t *)info)[TRAP_FAULT] };
	uint64_t none = 0;

	(void)signal;
	cpu.flags = &none;
	for (unsigned i = 0; i < 32; i++)
		cpu.reg[i] = word + TRAP_REGISTERS - TRAP_PC + i;
	CHECK(user_trap(&cpu));
}

void user_catch(void)
{
	struct trap_action action = { TRAP_FLAGS, trap_caught, { 0 } };

	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGILL, (uintptr_t)&action, 0, TRAP_MASK) == 0);
	CHECK(user_call(TRAP_SIGACTION, TRAP_SIGSEGV, (uintptr_t)&action, 0, TRAP_MASK) == 0);
}
