/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit LoongArch under Linux: system calls. Nothing traps. */
#include "user.h"

const long user_call_write = 64, user_call_exit = 94, user_call_map = 222;

/* A call may change r12 to r20: LoongArch documentation, ABI of Linux. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register long a7 __asm__("$r11") = number;
	register uintptr_t a0 __asm__("$r4") = a;
	register uintptr_t a1 __asm__("$r5") = b;
	register uintptr_t a2 __asm__("$r6") = c;
	register uintptr_t a3 __asm__("$r7") = d;
	register uintptr_t a4 __asm__("$r8") = (uintptr_t)-1; /* no file */
	register uintptr_t a5 __asm__("$r9") = 0;

	__asm__ volatile("syscall 0"
			 : "+r"(a0)
			 : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
			 : "$r12", "$r13", "$r14", "$r15", "$r16", "$r17", "$r18", "$r19", "$r20",
			   "memory");
	return (long)a0;
}

__asm__(".globl _start\n_start:\n\tbl user_start");

void user_catch(void)
{
}
