/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From EL3 to the image at EL1. Registers and fields: Arm ARM, DDI 0487,
 * chapter D19. MMU and caches of EL3 and EL2 stay off: QEMU has none.
 */
#define SCR 0x30531           /* NS, RES1, HCE, RW, APK, API */
#define SCTLR_EL1_OFF 0x30d00800
#define SCTLR_EL2_OFF 0x30c50830
#define HCR_RW 31             /* bits */
#define HCR_TID3 18
#define SPSR_EL1 0x3c5        /* EL1h, all masked */
#define SPSR_SVC 0x1d3        /* AArch32: SVC, all masked */
#define CNTHCTL_EL1 3
#define CPTR_NONE 0x33ff
#define WORD_HIDES 9          /* bits: firmware.h */
#define WORD_IMAGE32 10
#define IMAGE 0x40200000          /* where QEMU's boards are linked */
#define TREE 0x40000000

	.section .head.text, "ax"
	.globl firmware_start
firmware_start:
	adrp x1, stack_el3
	add x1, x1, :lo12:stack_el3
	mov sp, x1
	adrp x1, firmware_bss
	add x1, x1, :lo12:firmware_bss
	adrp x2, firmware_bss_end
	add x2, x2, :lo12:firmware_bss_end
1:	cmp x1, x2
	b.hs 2f
	str xzr, [x1], #8
	b 1b
2:	bl main_start
	mov w19, w0
	adr x1, vectors_el3
	msr vbar_el3, x1
	msr cptr_el3, xzr
	msr mdcr_el3, xzr
	ldr x1, =SCR
	msr scr_el3, x1
	isb

	adrp x1, stack_el2
	add x1, x1, :lo12:stack_el2
	msr sp_el2, x1
	adr x1, vectors_el2
	msr vbar_el2, x1
	ldr x1, =SCTLR_EL2_OFF
	msr sctlr_el2, x1
	mov x1, #CNTHCTL_EL1
	msr cnthctl_el2, x1
	msr cntvoff_el2, xzr
	mov x1, #CPTR_NONE
	msr cptr_el2, x1
	mrs x1, midr_el1
	msr vpidr_el2, x1
	mrs x1, mpidr_el1
	msr vmpidr_el2, x1
	ldr x1, =SCTLR_EL1_OFF
	msr sctlr_el1, x1
	mov x1, xzr
	mov x2, #SPSR_SVC
	tbnz w19, #WORD_IMAGE32, 3f
	mov x1, #(1 << HCR_RW)
	mov x2, #SPSR_EL1
3:	tbz w19, #WORD_HIDES, 4f
	orr x1, x1, #(1 << HCR_TID3)
4:	msr hcr_el2, x1
	msr spsr_el3, x2
	ldr x1, =IMAGE
	msr elr_el3, x1
	ldr x0, =TREE
	mov x1, xzr
	mov x2, x0 /* Linux's boot protocol for AArch32 */
	tbz w19, #WORD_IMAGE32, 5f
	mov x0, xzr
5:	eret
	.ltorg

	/* x0 to x30 go to the stack of this level, and back. */
	.macro each what
	\what x0, x1, [sp]
	\what x2, x3, [sp, #16]
	\what x4, x5, [sp, #32]
	\what x6, x7, [sp, #48]
	\what x8, x9, [sp, #64]
	\what x10, x11, [sp, #80]
	\what x12, x13, [sp, #96]
	\what x14, x15, [sp, #112]
	\what x16, x17, [sp, #128]
	\what x18, x19, [sp, #144]
	\what x20, x21, [sp, #160]
	\what x22, x23, [sp, #176]
	\what x24, x25, [sp, #192]
	\what x26, x27, [sp, #208]
	\what x28, x29, [sp, #224]
	.endm

	.macro vectors level
	.balign 2048
vectors_\level:
	.rept 8 /* our own level's: there is nobody to tell */
	.balign 128
	b .
	.endr
	.rept 8
	.balign 128
	b trap_\level
	.endr
	.balign 128
trap_\level:
	sub sp, sp, #256
	each stp
	mrs x1, elr_\level
	stp x30, x1, [sp, #240]
	mov x0, sp
	mrs x1, esr_\level
	add x2, sp, #248
	bl main_trap
	ldp x30, x1, [sp, #240]
	msr elr_\level, x1
	each ldp
	add sp, sp, #256
	eret
	.endm

	vectors el3
	vectors el2

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 4096
stack_el3:
	.skip 4096
stack_el2:

	.section .note.GNU-stack, "", @progbits
