/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XMM0 to XMM15, YMM0 to YMM15, or ZMM0 to ZMM31 and k0 to k7, as registers.h
 * says. A register's bytes are 64 apart in memory, whatever its width.
 */
	.macro REGISTERS_LOW move, name, from, to
	.irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
	.ifnb \from
	\move 64*\n(\from), \name\n
	.else
	\move \name\n, 64*\n(\to)
	.endif
	.endr
	.endm

	.macro REGISTERS_HIGH from, to
	.irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	.ifnb \from
	vmovups 64*\n(\from), %zmm\n
	.else
	vmovups %zmm\n, 64*\n(\to)
	.endif
	.endr
	.irp n,0,1,2,3,4,5,6,7
	.ifnb \from
	kmovq 2048+8*\n(\from), %k\n
	.else
	kmovq %k\n, 2048+8*\n(\to)
	.endif
	.endr
	.endm

	.macro REGISTERS_AROUND function, move, name, high
	.globl \function
\function:
	pushq %rbx /* this aligns the stack as well */
	movq %rsi, %rbx
	REGISTERS_LOW \move, \name, from=%rdi
	.if \high
	REGISTERS_HIGH from=%rdi
	.endif
	call *%rdx
	REGISTERS_LOW \move, \name, to=%rbx
	.if \high
	REGISTERS_HIGH to=%rbx
	.endif
	popq %rbx
	ret
	.endm

	.text
	REGISTERS_AROUND registers_xmm, movups, %xmm, 0
	REGISTERS_AROUND registers_ymm, vmovups, %ymm, 0
	REGISTERS_AROUND registers_zmm, vmovups, %zmm, 1

	.weak registers_tick /* the program on a host has none */
	.globl registers_entry
registers_entry:
	.irp n,rax,rcx,rdx,rsi,rdi,r8,r9,r10,r11
	pushq %\n
	.endr
	cld
	call registers_tick
	.irp n,r11,r10,r9,r8,rdi,rsi,rdx,rcx,rax
	popq %\n
	.endr
	iretq

	.section .note.GNU-stack, "", @progbits
