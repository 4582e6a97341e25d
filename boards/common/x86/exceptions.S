/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A stub of 16 bytes for each exception, for both widths of the CPU. All stubs
 * end in x86_trap(vector, error code, instruction pointer) of trap.c. A start
 * file includes this file. It defines TRAP_ENTRY, which removes from the stack
 * what lies above the frame of the CPU.
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
#ifdef __x86_64__
	movl $vector, %edi
#else
	push $vector
#endif
	jmp trap_enter
	.set vector, vector + 1
	.endr

trap_enter:
#ifdef __x86_64__
	popq %rsi
	popq %rdx
	andq $-16, %rsp
#endif /* in 32 bits the arguments are on the stack already */
	call x86_trap /* does not return */
