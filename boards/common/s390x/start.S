/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the loader to s390x_main; interruptions. Chapters are those of the
 * z/Architecture Principles of Operation, SA22-7832-13.
 *
 * A function gets 160 bytes above its stack pointer to save registers in.
 */
#define FRAME 160
#define CONTROL_AFP 0x04 /* of byte 5: 16 registers of floating point (chapter 4) */
#define GUARD 0x28       /* of a stack protector's word behind the thread pointer */
#define ENABLE 0x01      /* of byte 0 of a PSW: external interruptions */
#define DISABLE 0xfe

	.section .head.text, "ax"
	.globl s390x_start
s390x_start:
	larl %r2, s390x_bss
	larl %r3, s390x_bss_end
	lghi %r4, 0
1:	clgr %r2, %r3
	jhe 2f
	stg %r4, 0(%r2)
	aghi %r2, 8
	j 1b
2:	larl %r15, s390x_stack_top
	aghi %r15, -FRAME
	stg %r4, 0(%r15)
	larl %r2, __stack_chk_guard
	aghi %r2, -GUARD
	sar %a1, %r2 /* the thread pointer, in two halves */
	srlg %r2, %r2, 32
	sar %a0, %r2
	larl %r1, control
	stctg %c0, %c0, 0(%r1)
	oi 5(%r1), CONTROL_AFP
	lctlg %c0, %c0, 0(%r1)
	brasl %r14, s390x_main
3:	j 3b

/* An external interruption comes from these two places alone. Its new PSW goes
   on at s390x_woken, disabled again. No register is lost. */
	.globl s390x_sleep
s390x_sleep:
	larl %r1, s390x_waits
	lpswe 0(%r1)

	.globl s390x_take
s390x_take:
	larl %r1, control
	stosm 0(%r1), ENABLE
	stnsm 0(%r1), DISABLE

	.globl s390x_woken
s390x_woken:
	br %r14

/* The stack may be what failed. */
	.globl s390x_failed
s390x_failed:
	larl %r15, trap_stack_top
	aghi %r15, -FRAME
	brasl %r14, s390x_trap
4:	j 4b

	.section .bss.start, "aw", @nobits
	.balign 16
control:
	.skip 16
	.skip 0x2000
trap_stack_top:

	.section .note.GNU-stack, "", @progbits
