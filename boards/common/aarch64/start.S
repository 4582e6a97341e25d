/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a boot loader or a hypervisor to aarch64_main with the MMU and caches
 * on. At the entry the MMU is off, the CPU is at EL1, EL2 or EL3, and x0 may
 * point to a device tree. Registers and fields: Arm ARM, DDI 0487, chapter D19.
 */

/* floating point and SIMD do not trap */
#define CPACR_FPEN 0x300000
/* only the RES1 bits: MMU off, little-endian */
#define SCTLR_OFF 0x30d00800
#define SCTLR_ON (SCTLR_OFF | 0x100d)     /* I, SA, C, M */
/* 0: Device-nGnRE; 1: normal, write-back */
#define MAIR 0xff04
/*
 * EPD1. SH0 inner, ORGN0 and IRGN0 write-back. T0SZ 25: 39 bits, so the first
 * table has blocks of 1 GiB.
 */
#define TCR_LOW 0x803519
#define TCR_HIGH 2                        /* IPS: 40 bits */

#define EL1 4                             /* CurrentEL */
#define EL2 8
/* EE and, of EL1, E0E: data is big-endian */
#define SCTLR_EE 0x3000000
#define SCTLR_EL2_OFF 0x30c50830          /* as SCTLR_OFF */
/* NS, two RES1, RW, APK and API (no trap of pointer authentication) */
#define SCR_EL1 0x30431
#define SCR_HCE 0x100                     /* HVC, where there is an EL2 */
#define MPIDR_FLAGS 0xff000000            /* U, MT; the rest is affinity */
#define PFR0_EL2 8                        /* ID_AA64PFR0_EL1: lowest bit */
#define PFR0_WIDTH 4
#define HCR_RW 0x80000000                 /* EL1 is 64-bit */
#define HCR_E2H 0x400000000
#define HCR_E2H_BIT 34
#define CNTHCTL_EL1 3                     /* EL1 may use counter and timer */
#define CNTHCTL_EL1_E2H 0xc00             /* the same with E2H */
/* only the RES1 bits: nothing traps. With E2H it is as CPACR_EL1. */
#define CPTR_NONE 0x33ff
#define SPSR_EL1 0x3c5                    /* EL1h, all masked */
#define SPSR_EL2 0x3c9                    /* EL2h, all masked */

/*
 * With E2H the names of EL1's registers mean those of EL2, at EL2. These are
 * EL1's.
 */
#define SCTLR_EL12 s3_5_c1_c0_0
#define SPSR_EL12 s3_5_c4_c0_0
#define ELR_EL12 s3_5_c4_c0_1
#define ESR_EL12 s3_5_c5_c2_0
#define FAR_EL12 s3_5_c6_c0_0
#define VBAR_EL12 s3_5_c12_c0_0

#define ESR_CLASS 26                      /* lowest bit */
#define CLASS_HVC 0x16
#define CLASS_SMC 0x17
#define VECTOR_OWN 0x200                  /* synchronous, at our own level */

/* TPIDR_EL1 while this file runs: what an exception means */
#define MEMORY_UNKNOWN 1
#define MEMORY_NONE 2
#define MEMORY_TRIED 3                    /* aarch64_is_memory */
#define MEMORY_PATTERN 0x5eed

/* as in exit.c and pl011.c; xen.h: console_io, CONSOLEIO_write */
#define SEMIHOSTING_EXIT 0x18
#define SEMIHOSTING_APPLICATION 0x20026
#define PL011_FLAGS 0x18
#define PL011_FULL_BIT 5
#define PL011_POLLS 0x10000
#define XEN_CONSOLE 18

#define R_AARCH64_RELATIVE 1027

	.section .head.text, "ax"
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
	cmp x1, #EL1
	b.eq at_el1
	cmp x1, #EL2
	b.eq at_el2

	/*
	 * EL3, without a firmware. So every CPU may come here: all but the
	 * first one stop.
	 */
	mrs x1, mpidr_el1
	bic x1, x1, #MPIDR_FLAGS
	cbz x1, 2f
1:	wfi
	b 1b
	/* These two registers make the literals of this file readable. */
2:	mrs x1, sctlr_el3
	bic x1, x1, #SCTLR_EE
	msr sctlr_el3, x1
	isb
	adr x1, answers_el3
	msr vbar_el3, x1
	msr cptr_el3, xzr
	msr mdcr_el3, xzr
	ldr x1, =SCTLR_OFF
	msr sctlr_el1, x1
	ldr x1, =SCR_EL1
	mov x2, #SPSR_EL1
	adr x3, at_el1
	mrs x4, id_aa64pfr0_el1
	ubfx x4, x4, #PFR0_EL2, #PFR0_WIDTH
	cbz x4, 1f
	orr x1, x1, #SCR_HCE
	mov x2, #SPSR_EL2
	adr x3, at_el2
1:	msr scr_el3, x1
	msr spsr_el3, x2
	msr elr_el3, x3
	isb
	cbz x4, 2f
	ldr x1, =SCTLR_EL2_OFF
	msr sctlr_el2, x1
	msr hcr_el2, xzr
2:	eret

/*
 * E2H stays as it is: some CPUs have it always set (RES1), and it means nothing
 * to EL1. It is read back, as it says where EL1's registers are.
 */
at_el2:
	mrs x1, sctlr_el2
	bic x1, x1, #SCTLR_EE
	msr sctlr_el2, x1
	isb
	adr x1, answers_el2
	msr vbar_el2, x1
	msr cntvoff_el2, xzr
	mrs x1, hcr_el2
	and x1, x1, #HCR_E2H
	orr x1, x1, #HCR_RW
	msr hcr_el2, x1
	isb
	mrs x1, hcr_el2
	ldr x2, =SCTLR_OFF
	tbnz x1, #HCR_E2H_BIT, 1f
	mov x1, #CNTHCTL_EL1
	msr cnthctl_el2, x1
	mov x1, #CPTR_NONE
	msr cptr_el2, x1
	msr sctlr_el1, x2
	b 2f
1:	mov x1, #CNTHCTL_EL1_E2H
	msr cnthctl_el2, x1
	mov x1, #CPACR_FPEN
	msr cptr_el2, x1
	msr SCTLR_EL12, x2
2:	mov x1, #SPSR_EL1
	msr spsr_el2, x1
	adr x1, at_el1
	msr elr_el2, x1
	eret

at_el1:
	mrs x1, sctlr_el1
	bic x1, x1, #SCTLR_EE
	msr sctlr_el1, x1
	isb
	mov x1, #MEMORY_UNKNOWN
	msr tpidr_el1, x1
	mov x1, #CPACR_FPEN
	msr cpacr_el1, x1
	adr x1, vectors
	msr vbar_el1, x1
	mov x1, #MAIR
	msr mair_el1, x1
	ldr x1, =(TCR_HIGH << 32 | TCR_LOW)
	msr tcr_el1, x1
	adrp x1, aarch64_page_table
	msr ttbr0_el1, x1
	/*
	 * Where the first entry names a table, it has the distance to it. It is
	 * written past the caches, which may have another one.
	 */
	ldr x2, [x1]
	tbz x2, #1, 1f
	add x2, x2, x1
	str x2, [x1]
	dsb sy
	dc ivac, x1
1:
	tlbi vmalle1
	ic iallu
	dsb sy
	isb
	ldr x1, =SCTLR_ON
	msr sctlr_el1, x1
	isb

	/*
	 * From here on writes go through the caches. Nothing else was written
	 * before. Where there is no memory, a read gives something else, or
	 * traps.
	 */
	adrp x1, aarch64_bss_end
	add x1, x1, :lo12:aarch64_bss_end
	sub x1, x1, #8
	mov x2, #MEMORY_PATTERN
	str x2, [x1]
	dc civac, x1
	dsb sy
	ldr x3, [x1]
	cmp x2, x3
	b.ne no_memory
	msr tpidr_el1, xzr
	adr x6, aarch64_start
	adrp x1, aarch64_linked
	ldr x1, [x1, :lo12:aarch64_linked]
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

/* A line on the console, and exit 1, without memory. */
no_memory:
	mov x1, #MEMORY_NONE
	msr tpidr_el1, x1
	adr x2, memory_text
	adrp x4, aarch64_uart
	ldr x4, [x4, :lo12:aarch64_uart]
	cbz x4, 3f
1:	ldrb w3, [x2], #1
	cbz w3, 4f
	mov w5, #PL011_POLLS
2:	subs w5, w5, #1
	b.eq 7f
	ldr w6, [x4, #PL011_FLAGS]
	tbnz w6, #PL011_FULL_BIT, 2b
7:	str w3, [x4]
	b 1b
3:	mov x16, #XEN_CONSOLE
	mov x0, xzr
	mov x1, #(memory_text_end - memory_text - 1)
	hvc #0xea1
4:	mov x0, #SEMIHOSTING_EXIT
	adr x1, memory_exit
	hlt #0xf000
5:	wfi
	b 5b
memory_text:
	.asciz "start: this machine has too little memory\n[exit 1]\n"
memory_text_end:
	.balign 8
memory_exit:
	.quad SEMIHOSTING_APPLICATION, 1
	.ltorg

/*
 * What is left at EL2 and EL3. A call is answered with -1, NOT_SUPPORTED (SMC
 * Calling Convention, DEN0028, section 5). Nothing else is made to trap. If it
 * does, EL1 gets it as its own, and so reports it.
 */
	.macro hand_down level, spsr, elr, esr, far, vbar
	mrs x0, esr_\level
	msr \esr, x0
	mrs x0, far_\level
	msr \far, x0
	mrs x0, elr_\level
	msr \elr, x0
	mrs x0, spsr_\level
	msr \spsr, x0
	mrs x0, \vbar
	add x0, x0, #VECTOR_OWN
	msr elr_\level, x0
	mov x0, #SPSR_EL1
	msr spsr_\level, x0
	eret
	.endm

	.macro answers level, class
	.balign 2048
answers_\level:
	.rept 8 /* our own level's: there is nobody to tell */
	.balign 128
	wfi
	b . - 4
	.endr
	.rept 8
	.balign 128
	mrs x0, esr_\level
	lsr x0, x0, #ESR_CLASS
	cmp x0, #\class
	b.ne hand_down_\level
	mov x0, #-1
	eret
	.endr
	.balign 128
	.endm

	answers el2, CLASS_HVC
	answers el3, CLASS_SMC
hand_down_el2:
	mrs x0, hcr_el2
	tbnz x0, #HCR_E2H_BIT, 1f
	hand_down el2, spsr_el1, elr_el1, esr_el1, far_el1, vbar_el1
1:	hand_down el2, SPSR_EL12, ELR_EL12, ESR_EL12, FAR_EL12, VBAR_EL12
hand_down_el3:
	hand_down el3, spsr_el1, elr_el1, esr_el1, far_el1, vbar_el1

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
	mrs x4, tpidr_el1
	cmp x4, #MEMORY_UNKNOWN
	b.eq no_memory
	cmp x4, #MEMORY_NONE
	b.eq 5b
	cmp x4, #MEMORY_TRIED
	b.eq not_memory
	mrs x1, esr_el1
	mrs x2, elr_el1
	mrs x3, far_el1
	adrp x4, stack_top /* a fresh stack: the old one may be what failed */
	add x4, x4, :lo12:stack_top
	mov sp, x4
	b aarch64_trap

/*
 * Changes x0 to x4, so that the handler need save nothing. A word is read, as
 * some devices have no bytes.
 */
	.globl aarch64_is_memory
aarch64_is_memory:
	mov x1, #MEMORY_TRIED
	msr tpidr_el1, x1
	isb
	and x0, x0, #~3
	ldr w2, [x0]
	dsb sy
	isb
	mrs x0, tpidr_el1
	msr tpidr_el1, xzr
	ret

/* Goes on behind the read. */
not_memory:
	msr tpidr_el1, xzr
	mrs x4, elr_el1
	add x4, x4, #4
	msr elr_el1, x4
	eret

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
