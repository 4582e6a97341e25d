/* SPDX-License-Identifier: BSD-2-Clause */
/* For saves.c: vectors with a handler, and code that uses registers. */
	.arch_extension sve

#define FRAME 176

	.text
	.balign 2048
	.globl saves_vectors
saves_vectors:
	.rept 5
	b .
	.balign 128
	.endr
	/*
	 * An IRQ of the level that was interrupted. The general registers that
	 * a function need not keep: AAPCS64, section 6.1.1.
	 */
	stp x29, x30, [sp, #-FRAME]!
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
	str x\n, [sp, #16 + 8 * \n]
	.endr
	bl saves_tick
	b saves_return
	.balign 128
	.rept 10
	b .
	.balign 128
	.endr

saves_return:
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18
	ldr x\n, [sp, #16 + 8 * \n]
	.endr
	ldp x29, x30, [sp], #FRAME
	eret

/*
 * (before, after, count): from `before` to the registers, until *count changes,
 * and to `after`.
 */
	.macro around name, register, size
	.globl \name
\name:
	stp d8, d9, [sp, #-64]!
	stp d10, d11, [sp, #16]
	stp d12, d13, [sp, #32]
	stp d14, d15, [sp, #48]
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	ldr \register\n, [x0, #\n\size]
	.endr
	.irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	ldr \register\n, [x0, #\n\size]
	.endr
	ldr w3, [x2]
1:	ldr w4, [x2]
	cmp w3, w4
	b.eq 1b
	.irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
	str \register\n, [x1, #\n\size]
	.endr
	.irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	str \register\n, [x1, #\n\size]
	.endr
	ldp d10, d11, [sp, #16]
	ldp d12, d13, [sp, #32]
	ldp d14, d15, [sp, #48]
	ldp d8, d9, [sp], #64
	ret
	.endm

	around saves_v, q, " * 16"
	around saves_z, z, ", mul vl"

	.section .note.GNU-stack, "", @progbits
