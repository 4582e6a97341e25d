/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The secure side: it gives memory, interrupts and timers to the non-secure
 * side, and goes there for good. It comes back for faults that are secure, such
 * as a stack in secure memory: they are reported by the other side.
 */
	.syntax unified
	.thumb
	.section .secure, "ax"
	.word	secure_stack_top
	.word	secure_reset
	.rept	14
	.word	secure_fault
	.endr

	/* addresses, and what is written there */
secure_writes:
	/* SAU, DDI 0553 section D1.2: code and data, then devices */
	.word	0xe000edd8, 0
	.word	0xe000eddc, 0x28000000
	.word	0xe000ede0, 0x283fffe1
	.word	0xe000edd8, 1
	.word	0xe000eddc, 0x40000000
	.word	0xe000ede0, 0x4fffffe1
	.word	0xe000edd0, 1
	/* AIRCR: faults of the non-secure side are handled there (BFHFNMINS) */
	.word	0xe000ed0c, 0x05fa2000
	/* ITNS: so is each interrupt */
	.word	0xe000e380, 0xffffffff
	.word	0xe000e384, 0xffffffff
	.word	0xe000e388, 0xffffffff
	.word	0xe000e38c, 0xffffffff
	/* APBNSPPC0 of the IoT Kit (ECM 0601256): TIMER0 and TIMER1 */
	.word	0x50080070, 3
	/* VTOR_NS */
	.word	0xe002ed08, cortex_m_vectors
secure_writes_end:

	.thumb_func
	.globl	secure_reset
secure_reset:
	ldr	r0, =secure_writes
	ldr	r1, =secure_writes_end
1:	ldmia	r0!, {r2, r3}
	str	r3, [r2]
	cmp	r0, r1
	bne	1b
	/* the memory protection controllers of SSRAM2 and SSRAM3: each block */
	ldr	r0, =0x58008000
	bl	secure_opens
	ldr	r0, =0x58009000
	bl	secure_opens
	dsb
	isb
	ldr	r0, =cortex_m_vectors
	ldr	r1, [r0]
	msr	msp_ns, r1
	ldr	r1, [r0, #4]
	bics	r1, #1
	bxns	r1

	/* CTRL.AUTOINC, BLK_IDX, BLK_MAX, BLK_LUT: SIE200 (DDI 0571) */
	.thumb_func
secure_opens:
	ldr	r1, [r0]
	orr	r1, #0x100
	str	r1, [r0]
	movs	r1, #0
	str	r1, [r0, #0x18]
	mvns	r1, r1
	ldr	r2, [r0, #0x10]
1:	str	r1, [r0, #0x1c]
	subs	r2, #1
	bpl	1b
	bx	lr

	/* What was stacked is lost. A fault in the report ends in a lock-up. */
	.thumb_func
secure_fault:
	movs	r1, #0
	msr	msplim_ns, r1
	ldr	r2, =cortex_m_fault_stack + 480
	msr	msp_ns, r2
	mrs	r0, ipsr
	movs	r2, #0
	ldr	r3, =cortex_m_report
	bics	r3, #1
	blxns	r3
	b	.
	.ltorg
