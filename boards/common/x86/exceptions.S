/* SPDX-License-Identifier: BSD-2-Clause */
/* One stub of 16 bytes for each exception in 64 bits; board_trap in x86_trap.c takes (vector, error code, RIP). Included where TRAP_ENTRY says what
   lies on the stack above what the CPU pushes. */
	.globl trap_stubs
	.balign 16
trap_stubs:
	.set vector, 0
	.rept 32
	.balign 16
	TRAP_ENTRY
	/* these push an error code: Intel SDM volume 3, table 6-1 */
	.if (vector == 8) | ((vector >= 10) & (vector <= 14)) | (vector == 17) | (vector == 21) | (vector == 29) | (vector == 30)
	.else
	pushq $0
	.endif
	movl $vector, %edi
	jmp trap_enter
	.set vector, vector + 1
	.endr

trap_enter:
	popq %rsi
	popq %rdx
	andq $-16, %rsp
	call board_trap /* does not return */
