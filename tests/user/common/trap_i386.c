/* SPDX-License-Identifier: BSD-2-Clause */
/* 32-bit x86 under Linux: system calls. Nothing traps. */
#include "user.h"

const long user_call_write = 4, user_call_exit = 252, user_call_map = 192;

/* EBP is the sixth argument, and may be the compiler's. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	long result;

	__asm__ volatile("pushl %%ebp\n\txorl %%ebp, %%ebp\n\tint $0x80\n\tpopl %%ebp"
			 : "=a"(result)
			 : "0"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(-1) /* no file */
			 : "memory", "cc");
	return result;
}

__asm__(".globl _start\n_start:\n\tandl $-16, %esp\n\tcall user_start");

void user_catch(void)
{
}
