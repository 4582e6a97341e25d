/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a boot loader, or from the reset, to arm_main. At the entry the MMU and
 * the caches are off, and r2 may point to a device tree (Linux,
 * Documentation/arch/arm/booting). The CPU may be in any privileged mode.
 * Registers and fields: Arm ARM, DDI 0406, chapters B1, B3 and B4.
 *
 * The caches stay off, so nothing is invalidated here. QEMU has none, so that
 * costs nothing there. A board that ships turns them on.
 */
	.syntax unified
	.arm

#define MODE 0x1f                         /* CPSR */
#define MODE_HYP 0x1a
#define SVC_MASKED 0xd3                   /* SVC; IRQ and FIQ masked */
#define MPIDR_V7 0x80000000               /* 0 in what v5 and v6 have there */
#define MPIDR_CPU 0xff                    /* its number in the cluster */
#define CNTHCTL_PL1 3                     /* PL1 may use counter and timer */

#define MEMORY_PATTERN 0x5e               /* a byte, twice */

/* Semihosting for AArch32 and AArch64, Release 2.0, sections 5 and 6 */
#define SEMIHOSTING_WRITE0 0x04
#define SEMIHOSTING_EXIT 0x18
#define SEMIHOSTING_ERROR 0x20023         /* ADP_Stopped_RunTimeErrorUnknown */

	.section .head.text, "ax"
	.globl arm_start
arm_start:
	mrs r0, cpsr
	and r1, r0, #MODE
	cmp r1, #MODE_HYP
	beq from_hyp
	msr cpsr_c, #SVC_MASKED

/* Without a firmware each CPU may come here: all but the first one stop. */
at_svc:
	mrc p15, 0, r1, c0, c0, 5
	tst r1, #MPIDR_V7
	beq 2f
	ands r1, r1, #MPIDR_CPU
	beq 2f
1:	.inst 0xe320f003                  /* wfi, which only v7 knows */
	b 1b
2:	bl arm_vectors_early

	/* Where there is no memory, a read gives something else, or traps. */
	ldr r1, =arm_bss_end - 4
	mov r3, #MEMORY_PATTERN
	orr r3, r3, r3, lsl #16
	str r3, [r1]
	ldr r4, [r1]
	cmp r3, r4
	bne arm_no_memory
	ldr r0, =arm_bss
	ldr r1, =arm_bss_end
	mov r3, #0
3:	cmp r0, r1
	strlo r3, [r0], #4
	blo 3b
	ldr sp, =stack_top
	bl arm_vectors_start
	mov r0, r2
	bl arm_main
4:	b 4b

/*
 * Nobody is left at PL2 to take a call: nothing is made to trap there. Two
 * instructions are numbers, as the ISA of the boards has no virtualization.
 */
from_hyp:
	mov r1, #CNTHCTL_PL1
	mcr p15, 4, r1, c14, c1, 0        /* CNTHCTL */
	mov r1, #0
	mcrr p15, 4, r1, r1, c14          /* CNTVOFF */
	mcr p15, 4, r1, c1, c1, 0         /* HCR */
	mcr p15, 4, r1, c1, c1, 2         /* HCPTR */
	mcr p15, 4, r1, c1, c1, 3         /* HSTR */
	bic r0, r0, #MODE
	orr r0, r0, #SVC_MASKED
	msr spsr_fsxc, r0
	adr r0, at_svc
	.inst 0xe12ef300                  /* msr elr_hyp, r0 */
	.inst 0xe160006e                  /* eret */

/* A line on the console, and exit 1, without memory. */
	.globl arm_no_memory
arm_no_memory:
	mov r0, #SEMIHOSTING_WRITE0
	adr r1, memory_text
	svc 0x123456
	mov r0, #SEMIHOSTING_EXIT
	ldr r1, =SEMIHOSTING_ERROR
	svc 0x123456
5:	b 5b
memory_text:
	.asciz "start: this machine has too little memory\n[exit 1]\n"
	.balign 4
	.ltorg

/*
 * Interrupts stay masked, so anything that comes here ends the run. Each mode
 * has an sp of its own, so that of the program may be what failed. It is loaded
 * anew each time, as nothing goes back. The table may be copied.
 */
	.balign 32
	.globl arm_vectors
arm_vectors:
	.rept 8
	ldr pc, [pc, #24]
	.endr
	.word trap_0, trap_1, trap_2, trap_3, trap_4, trap_5, trap_6, trap_7

	.macro trap vector
trap_\vector:
	mov r0, #\vector
	b trap_enter
	.endm
	trap 0
	trap 1
	trap 2
	trap 3
	trap 5
	trap 6
	trap 7
/* A data abort. That of arm_is_memory goes on behind its read. */
trap_4:
	ldr sp, =reading
	ldr sp, [sp]
	cmp sp, #0
	movne r0, #0
	subsne pc, lr, #4
	mov r0, #4
trap_enter:
	ldr sp, =trap_stack_top
	mov r1, lr
	mrs r2, spsr
	bl arm_trap

	.globl arm_is_memory
	.type arm_is_memory, %function
arm_is_memory:
	ldr r1, =reading
	mov r2, #1
	str r2, [r1]
	mov r3, r0
	mov r0, #1
	ldrb r3, [r3]
	mov r2, #0
	str r2, [r1]
	bx lr
	.ltorg

	.section .bss.reading, "aw", %nobits
	.balign 4
reading:
	.skip 4

	.section .bss.stack, "aw", %nobits
	.balign 8
	.skip 0x1000
trap_stack_top:
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", %progbits
