/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a boot loader to mips_main, and where exceptions and interrupts arrive.
 * Registers and fields: MIPS32 Architecture, volume III, MD00090 revision 2.50,
 * chapters 6 and 8.
 */
#define k0 $26
#define k1 $27

#define CP0_COMPARE $11
#define CP0_STATUS $12
#define CP0_CAUSE $13
#define CP0_EPC $14
#define CP0_EBASE $15, 1
#define CP0_BADVADDR $8

#define STATUS_BEV 0x00400000 /* exceptions go to the boot ROM */
#define CAUSE_CODE 0x7c
#define EBASE_CPU 0x3ff

	.set noreorder
	.set noat

	.section .head.text, "ax"
	.globl mips_start
mips_start:
	/* Interrupts off, no coprocessor but CP0. EBase may change while BEV
	   is set. */
	lui $8, STATUS_BEV >> 16
	mtc0 $8, CP0_STATUS
	ehb
	lui $9, %hi(mips_vectors)
	addiu $9, $9, %lo(mips_vectors)
	mtc0 $9, CP0_EBASE
	/* DC, which stops Count, and IV, which has a vector of its own */
	mtc0 $0, CP0_CAUSE
	mtc0 $0, CP0_STATUS
	ehb
	mfc0 $8, CP0_EBASE
	andi $8, $8, EBASE_CPU
	bnez $8, park
	nop
	lui $8, %hi(mips_bss)
	addiu $8, $8, %lo(mips_bss)
	lui $9, %hi(mips_bss_end)
	addiu $9, $9, %lo(mips_bss_end)
1:	beq $8, $9, 2f
	nop
	sw $0, 0($8)
	b 1b
	addiu $8, $8, 4
2:	lui $29, %hi(mips_stack_top)
	addiu $29, $29, %lo(mips_stack_top)
	move $4, $6
	move $5, $7
	move $30, $0
	lui $25, %hi(mips_main) /* code of -fPIE finds its data by this one */
	addiu $25, $25, %lo(mips_main)
	jalr $25
	nop
3:	b 3b
	nop

/* Of several CPUs that enter, the first one goes on. */
park:
	wait
	b park
	nop

/* Where EBase points: a page, with each kind of exception at its place. */
	.section .vectors, "ax"
	.globl mips_vectors
mips_vectors:
	.org 0x000 /* TLB refill */
	j exception
	nop
	.org 0x100 /* cache error */
	j exception
	nop
	.org 0x180
exception:
	mfc0 k0, CP0_CAUSE
	andi k0, k0, CAUSE_CODE
	bnez k0, fatal
	lui k0, %hi(mips_interrupts)
	lw k0, %lo(mips_interrupts)(k0)
	bnez k0, 1f
	nop
	/* One that ends a sleep, for at no other time are they let in. */
	mfc0 k0, CP0_STATUS
	ins k0, $0, 0, 1 /* IE */
	mtc0 k0, CP0_STATUS
	lui k0, %hi(woken)
	addiu k0, k0, %lo(woken)
	mtc0 k0, CP0_EPC
	ehb
	eret
1:	jr k0
	nop

fatal:
	lui $29, %hi(trap_stack_top) /* the old one may be what failed */
	addiu $29, $29, %lo(trap_stack_top)
	mfc0 $4, CP0_CAUSE
	mfc0 $5, CP0_EPC
	lui $25, %hi(mips_trap)
	addiu $25, $25, %lo(mips_trap)
	jr $25
	mfc0 $6, CP0_BADVADDR

/*
 * Interrupts are let in for the sleep alone: whether a masked one ends WAIT
 * depends on the implementation (volume II, WAIT). One that comes before WAIT
 * goes on behind it, so none is slept over.
 */
	.section .text.wfi_sleep, "ax"
	.globl wfi_sleep
	.type wfi_sleep, @function
wfi_sleep:
	sync
	ei $8
	ehb
	wait
woken:
	mtc0 $8, CP0_STATUS
	ehb
	jr $31
	nop
	.size wfi_sleep, . - wfi_sleep

	.section .bss.start, "aw", @nobits
	.balign 8
	.globl mips_interrupts
mips_interrupts:
	.skip 8
	.skip 0x400
trap_stack_top:
	.skip 16 /* of the caller, for the four arguments */

	.section .note.GNU-stack, "", @progbits
