/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a boot loader or a hypervisor to aarch64_main with the MMU and caches
 * on. At the entry the MMU is off, the CPU is at EL1 or EL2, and x0 may point
 * to a device tree. Registers and fields: Arm ARM, DDI 0487, chapter D19.
 */

#define LINKED_AT 0x40200000 /* aarch64.ld */

/* floating point and SIMD do not trap */
#define CPACR_FPEN 0x300000
/* only the RES1 bits: MMU off, little-endian */
#define SCTLR_OFF 0x30d00800
#define SCTLR_ON (SCTLR_OFF | 0x100d)     /* I, SA, C, M */
/* 0: Device-nGnRE; 1: normal, write-back */
#define MAIR 0xff04
/*
 * EPD1. SH0 inner, ORGN0 and IRGN0 write-back. T0SZ 25: 39 bits, so one table
 * of 1 GiB blocks is enough.
 */
#define TCR_LOW 0x803519
#define TCR_HIGH 2                        /* IPS: 40 bits */
#define BLOCK_DEVICE 0x0060000000000401   /* UXN, PXN, AF, attribute 0 */
#define BLOCK_RAM 0x705                   /* AF, inner shareable, attribute 1 */
#define GIB 0x40000000

#define EL1 4                             /* CurrentEL */
#define EL2 8
#define HCR_RW 0x80000000                 /* EL1 is 64-bit */
#define CNTHCTL_EL1 3                     /* EL1 may use counter and timer */
/* only the RES1 bits: nothing traps */
#define CPTR_NONE 0x33ff
#define SPSR_EL1 0x3c5                    /* EL1h, all masked */

#define R_AARCH64_RELATIVE 1027

	.section .text.start, "ax"
	.globl aarch64_start
/* The header of Linux's arm64 images: Documentation/arch/arm64/booting. */
aarch64_start:
	b begin
	.long 0
	/* offset from a multiple of 2 MiB */
	.quad 0
	.quad aarch64_end - aarch64_start
	/* little-endian, 4 KiB pages, anywhere */
	.quad 0xa
	.quad 0, 0, 0
	.ascii "ARM\x64"
	.long 0

begin:
	msr daifset, #15
	mov x19, x0
	mrs x1, currentel
	cmp x1, #EL2
	b.ne at_el1
	mov x1, #HCR_RW
	msr hcr_el2, x1
	mov x1, #CNTHCTL_EL1
	msr cnthctl_el2, x1
	msr cntvoff_el2, xzr
	mov x1, #CPTR_NONE
	msr cptr_el2, x1
	ldr x1, =SCTLR_OFF
	msr sctlr_el1, x1
	mov x1, #SPSR_EL1
	msr spsr_el2, x1
	adr x1, at_el1
	msr elr_el2, x1
	eret

at_el1:
	mrs x1, currentel
	cmp x1, #EL1
	/* EL3: no loader that we know enters there */
	b.ne 6f
	mov x1, #CPACR_FPEN
	msr cpacr_el1, x1
	adr x1, vectors
	msr vbar_el1, x1
	mov x1, #MAIR
	msr mair_el1, x1
	ldr x1, =(TCR_HIGH << 32 | TCR_LOW)
	msr tcr_el1, x1
	adrp x1, page_table
	msr ttbr0_el1, x1
	tlbi vmalle1
	ic iallu
	dsb sy
	isb
	ldr x1, =SCTLR_ON
	msr sctlr_el1, x1
	isb

	/*
	 * From here on writes go through the caches. Nothing was written
	 * before.
	 */
	adr x6, aarch64_start
	ldr x1, =LINKED_AT
	sub x6, x6, x1
	adrp x1, aarch64_relocations
	add x1, x1, :lo12:aarch64_relocations
	adrp x2, aarch64_relocations_end
	add x2, x2, :lo12:aarch64_relocations_end
1:	cmp x1, x2
	b.hs 3f
	ldp x3, x4, [x1], #16
	ldr x5, [x1], #8
	cmp x4, #R_AARCH64_RELATIVE
	b.ne 2f
	add x5, x5, x6
	str x5, [x3, x6]
	b 1b
/* an unknown kind of relocation */
2:	brk #0

3:	adrp x1, aarch64_bss
	add x1, x1, :lo12:aarch64_bss
	adrp x2, aarch64_bss_end
	add x2, x2, :lo12:aarch64_bss_end
4:	cmp x1, x2
	b.hs 5f
	stp xzr, xzr, [x1], #16
	b 4b
5:	adrp x1, stack_top
	add x1, x1, :lo12:stack_top
	mov sp, x1
	mov x29, xzr
	mov x30, xzr
	mov x0, x19
	bl aarch64_main
6:	wfi
	b 6b
	.ltorg

/*
 * Interrupts stay masked, so anything that comes here ends the run.
 * aarch64_trap takes (vector, ESR, ELR, FAR).
 */
	.balign 2048
vectors:
	.set vector, 0
	.rept 16
	.balign 128
	mov x0, #vector
	b trap_enter
	.set vector, vector + 1
	.endr
	.balign 128

trap_enter:
	mrs x1, esr_el1
	mrs x2, elr_el1
	mrs x3, far_el1
	adrp x4, stack_top /* a fresh stack: the old one may be what failed */
	add x4, x4, :lo12:stack_top
	mov sp, x4
	b aarch64_trap

/*
 * The first 256 GiB, one to one. QEMU's virt and Xen's guests have devices in
 * the first GiB and RAM above it (QEMU hw/arm/virt.c; Xen public/arch-arm.h).
 */
	.section .rodata.start, "a"
	.balign 4096
page_table:
	.quad BLOCK_DEVICE
	.set block, 1
	.rept 255
	.quad block * GIB + BLOCK_RAM
	.set block, block + 1
	.endr
	.fill 256, 8, 0

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
