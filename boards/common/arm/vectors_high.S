/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * v5 has no VBAR: exceptions go to 0, where a chip may have its ROM, or to
 * 0xffff0000. So the MMU is on, to have a page there. All else is one to one
 * and uncached, but for the first MiB: a NULL pointer faults. Formats: Arm ARM,
 * DDI 0100, chapter B4.
 */
	.syntax unified
	.arm

#define SECTION 0xc12                     /* any access, domain 0 */
#define COARSE 0x11                       /* domain 0 */
#define SMALL_PAGE 0xff2                  /* any access */
#define MIB 0x100000
#define HIGH_SECTION 0x3ffc               /* the entry of 0xfff00000 */
#define HIGH_PAGE 0x3c0                   /* there, that of 0xffff0000 */
#define DOMAIN_CLIENT 1
#define SCTLR_M 1                         /* MMU */
#define SCTLR_V 0x2000                    /* exceptions at 0xffff0000 */

	.section .head.text, "ax"
/* Nothing: where exceptions go to is not yet known to be memory. */
	.globl arm_vectors_early
arm_vectors_early:
	bx lr

	.globl arm_vectors_start
arm_vectors_start:
	ldr r0, =sections
	ldr r1, =SECTION
1:	str r1, [r0], #4
	adds r1, r1, #MIB
	bcc 1b
	ldr r0, =sections
	mov r1, #0
	str r1, [r0]
	ldr r3, =coarse
	orr r1, r3, #COARSE
	ldr r4, =HIGH_SECTION
	str r1, [r0, r4]
	ldr r5, =page
	ldr r4, =SMALL_PAGE
	orr r4, r4, r5
	str r4, [r3, #HIGH_PAGE]
	ldr r3, =arm_vectors
	mov r4, #64
2:	ldr r1, [r3], #4
	str r1, [r5], #4
	subs r4, r4, #4
	bne 2b
	mov r1, #0
	mcr p15, 0, r1, c7, c10, 4        /* drain write buffer */
	mcr p15, 0, r1, c8, c7, 0         /* forget what was translated */
	mcr p15, 0, r0, c2, c0, 0         /* translation table base */
	mov r1, #DOMAIN_CLIENT
	mcr p15, 0, r1, c3, c0, 0         /* domain access control */
	mrc p15, 0, r1, c1, c0, 0
	orr r1, r1, #SCTLR_M
	orr r1, r1, #SCTLR_V
	mcr p15, 0, r1, c1, c0, 0
	bx lr
	.ltorg

	.section .bss.tables, "aw", %nobits
	.balign 0x4000
sections:
	.skip 0x4000
page:
	.skip 0x1000
coarse:
	.skip 0x400

	.section .note.GNU-stack, "", %progbits
