/* SPDX-License-Identifier: BSD-2-Clause */
/* s390x under Linux: system calls. Nothing traps. */
#include "user.h"

/* user_page is not to be had: mmap takes its arguments from memory here. */
const long user_call_write = 4, user_call_exit = 248, user_call_map = 90;

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

void user_catch(void)
{
}
