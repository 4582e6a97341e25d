/* SPDX-License-Identifier: BSD-2-Clause */
/* 64-bit POWER under Linux: system calls. Nothing traps. */
#include "user.h"

const long user_call_write = 4, user_call_exit = 234, user_call_map = 90;

/* The result is negative in CR0.SO: Documentation/powerpc/syscall64-abi.rst. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register long r0 __asm__("r0") = number;
	register uintptr_t r3 __asm__("r3") = a;
	register uintptr_t r4 __asm__("r4") = b;
	register uintptr_t r5 __asm__("r5") = c;
	register uintptr_t r6 __asm__("r6") = d;
	register uintptr_t r7 __asm__("r7") = (uintptr_t)-1; /* no file */
	register uintptr_t r8 __asm__("r8") = 0;

	__asm__ volatile("sc"
			 : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
			 :
			 : "r9", "r10", "r11", "r12", "ctr", "xer", "cr0", "memory");
	return (long)r3;
}

/* ELF ABI version 2, section 2.3.2: a function reaches its TOC from r12, which
   has its own address, where it is entered from another object. */
__asm__(".globl _start\n.type _start, @function\n_start:\n\tlis 2, .TOC.@ha\n"
	"\taddi 2, 2, .TOC.@l\n\tbl user_start\n\tnop");

void user_catch(void)
{
}
