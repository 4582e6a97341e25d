/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit x86 under Linux: system calls and signals. */
#include "trap_action.h"

const long user_call_write = 1, user_call_exit = 231, user_call_map = 9;

#define TRAP_SIGACTION 13

#define TRAP_FLAGS 0x04000004u /* SA_SIGINFO, SA_RESTORER */

/* Registers within ucontext_t, in 64-bit words: behind uc_flags, uc_link and
   uc_stack come R8 to R15, and then these. */
#define TRAP_R8 5
enum { TRAP_RDI = 13, TRAP_RSI, TRAP_RBP, TRAP_RBX, TRAP_RDX, TRAP_RAX, TRAP_RCX, TRAP_RSP };
#define TRAP_RIP 21
#define TRAP_FLAGS_REGISTER 22
#define TRAP_FAULT 27 /* CR2 */

long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t r10 __asm__("r10") = d;
	register uintptr_t r8 __asm__("r8") = (uintptr_t)-1; /* no file */
	register uintptr_t r9 __asm__("r9") = 0;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

void trap_return(void);
__asm__("trap_return:\n\tmovl $15, %eax\n\tsyscall");
__asm__(".globl _start\n_start:\n\tandq $-16, %rsp\n\tcall user_start");

static void trap_caught(int signal, void *info, void *context)
{
	static const uint8_t order[8] = { TRAP_RAX, TRAP_RCX, TRAP_RDX, TRAP_RBX,
					  TRAP_RSP, TRAP_RBP, TRAP_RSI, TRAP_RDI };
	uint64_t *word = context;
	struct user_cpu cpu = { .flags = word + TRAP_FLAGS_REGISTER,
				.pc = word + TRAP_RIP,
				.fault = word[TRAP_FAULT] };

	(void)signal;
	(void)info;
	for (unsigned i = 0; i < 8; i++) {
		cpu.reg[i] = word + order[i];
		cpu.reg[8 + i] = word + TRAP_R8 + i;
	}
	CHECK(user_trap(&cpu));
}

void user_catch(void)
{
	struct trap_action action = { trap_caught, TRAP_FLAGS, trap_return, 0 };

	trap_install(TRAP_SIGACTION, &action);
}
