/* SPDX-License-Identifier: BSD-2-Clause */
/* v6 with the security extensions, and v7: exceptions go to VBAR. */
	.syntax unified
	.arm

#define SCTLR_V 0x2000                    /* exceptions at 0xffff0000 */
#define SCTLR_EE 0x2000000                /* they are big-endian */
#define SCTLR_TE 0x40000000               /* they are in Thumb state */

	.section .head.text, "ax"
/* Until memory is known to be there. */
	.globl arm_vectors_early
arm_vectors_early:
	setend le
	mrc p15, 0, r0, c1, c0, 0
	bic r0, r0, #SCTLR_V
	bic r0, r0, #SCTLR_EE
	bic r0, r0, #SCTLR_TE
	mcr p15, 0, r0, c1, c0, 0
	adr r0, early
	b set

	.globl arm_vectors_start
arm_vectors_start:
	ldr r0, =arm_vectors
set:	mcr p15, 0, r0, c12, c0, 0        /* VBAR */
	mov r0, #0
	.inst 0xee070f95                  /* mcr p15, 0, r0, c7, c5, 4: isb of v6 */
	bx lr
	.ltorg

	.balign 32
early:	.rept 8
	b arm_no_memory
	.endr

	.section .note.GNU-stack, "", %progbits
