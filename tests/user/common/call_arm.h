/* SPDX-License-Identifier: BSD-2-Clause */
/* A system call of Linux on 32-bit Arm, in either state: for one file of a
   program. */
#ifndef CALL_ARM_H
#define CALL_ARM_H

#include "user.h"

const long user_call_write = 4, user_call_exit = 248, user_call_map = 192;

/* r7 is the frame pointer of Thumb code, so no variable may be in it. */
long user_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t r0 __asm__("r0") = a;
	register uintptr_t r1 __asm__("r1") = b;
	register uintptr_t r2 __asm__("r2") = c;
	register uintptr_t r3 __asm__("r3") = d;
	register uintptr_t r4 __asm__("r4") = (uintptr_t)-1; /* no file */
	register uintptr_t r5 __asm__("r5") = 0;

	__asm__ volatile("push {r7}\n\tmov r7, %1\n\tsvc #0\n\tpop {r7}"
			 : "+r"(r0)
			 : "r"(number), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5)
			 : "memory", "cc");
	return (long)r0;
}

#endif
