/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A stub of 16 bytes for each exception, for both widths of the CPU. All stubs
 * end in x86_trap(vector, error code, instruction pointer) of trap.c, on a stack
 * of their own: the old one may be what failed. A start file includes this
 * file. It defines TRAP_ENTRY, which removes from the stack what lies above the
 * frame of the CPU.
 */
	.globl x86_trap_stubs
	.balign 16
x86_trap_stubs:
	.set vector, 0
	.rept 32
	.balign 16
	TRAP_ENTRY
	/*
	 * The CPU pushes an error code for these: Intel SDM volume 3, table
	 * 6-1.
	 */
	.if (vector == 8) | ((vector >= 10) & (vector <= 14)) | (vector == 17) | \
		(vector == 21) | (vector == 29) | (vector == 30)
	.else
	push $0
	.endif
	movl $vector, %edi
	jmp trap_enter
	.set vector, vector + 1
	.endr

trap_enter:
#ifdef __x86_64__
	popq %rsi
	popq %rdx
	leaq x86_trap_stack(%rip), %rsp
#else
	popl %esi
	popl %edx
	movl $x86_trap_stack - 4, %esp /* 16-byte alignment before the call */
	pushl %edx
	pushl %esi
	pushl %edi
#endif
	call x86_trap /* does not return */

	.pushsection .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x1000
x86_trap_stack:
	.popsection
