/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset or from a boot loader to loongarch_main; exceptions; a sleep.
 * Registers and fields: LoongArch Reference Manual, Volume 1, version 1.10,
 * chapter 7.
 */
#define CRMD 0x0
#define CRMD_IE 4
#define CRMD_ON 0xb0          /* PLV0, no interrupt, PG; caches in direct mode */
#define PRMD 0x1
#define EUEN 0x2
#define ECFG 0x4
#define ESTAT 0x5
#define ERA 0x6
#define BADV 0x7
#define EENTRY 0xc
#define CPUID 0x20
#define SAVE0 0x30
#define TLBRENTRY 0x88
#define TLBRBADV 0x89
#define TLBRERA 0x8a
#define TLBRERA_IS 1
#define DMW0 0x180
#define DMW0_MEMORY 0x11      /* addresses from 0 on, cached, for PLV0 */
#define DMW1 0x181
#define DMW1_DEVICES 0x800    /* 52 bits above: from LOONGARCH_DEVICES on */
#define DMW1_PLV0 1           /* uncached, for PLV0 */
#define CAUSE_REFILL 0x3f     /* the Ecode of a TLB refill */

#define FRAME 160

	.section .head.text, "ax"
	.globl loongarch_start
loongarch_start:
	move $s0, $a0
	move $s1, $a2
	csrwr $zero, ECFG
	csrwr $zero, EUEN
	li.w $t0, DMW0_MEMORY
	csrwr $t0, DMW0
	lu52i.d $t0, $zero, -DMW1_DEVICES
	ori $t0, $t0, DMW1_PLV0
	csrwr $t0, DMW1
	la.pcrel $t0, entry
	csrwr $t0, EENTRY
	la.pcrel $t0, refill
	csrwr $t0, TLBRENTRY
	li.w $t0, CRMD_ON
	csrwr $t0, CRMD
	csrrd $t0, CPUID
	bstrpick.d $t0, $t0, 8, 0
	bnez $t0, park
	la.pcrel $t0, loongarch_bss
	la.pcrel $t1, loongarch_bss_end
1:	bgeu $t0, $t1, 2f
	st.d $zero, $t0, 0
	addi.d $t0, $t0, 8
	b 1b
2:	la.pcrel $sp, loongarch_stack_top
	la.pcrel $tp, loongarch_tls
	move $a0, $s0
	move $a1, $s1
	move $fp, $zero
	move $ra, $zero
	bl loongarch_main

/* Of several CPUs that enter, the first one goes on. */
park:
	idle 0
	b park

/*
 * Some CPUs may sleep on if interrupts are masked. So they are let in, and the
 * one that comes goes on behind the sleep: none is missed in between.
 */
	.globl loongarch_sleep
loongarch_sleep:
	dbar 0
	li.w $t0, CRMD_IE
	move $t1, $t0
	csrxchg $t1, $t0, CRMD
	idle 0
slept:
	csrxchg $zero, $t0, CRMD
	ret

	.balign 4096
entry:
	csrwr $t0, SAVE0
	csrrd $t0, ESTAT
	bstrpick.d $t0, $t0, 21, 16
	bnez $t0, fatal
	la.pcrel $t0, loongarch_interrupt
	ld.d $t0, $t0, 0
	bnez $t0, interrupt
	la.pcrel $t0, slept
	csrwr $t0, ERA
	csrwr $zero, PRMD
	li.w $t0, CRMD_IE /* as it was there */
	ertn

/* What a function may change is kept. */
interrupt:
	addi.d $sp, $sp, -FRAME
	st.d $ra, $sp, 0
	.irp n, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20
	st.d $r\n, $sp, 8 * (\n - 3)
	.endr
	csrrd $t1, SAVE0 /* $t0, which is $r12 */
	st.d $t1, $sp, 72
	csrrd $t1, ERA
	st.d $t1, $sp, 144
	csrrd $t1, PRMD
	st.d $t1, $sp, 152
	jirl $ra, $t0, 0
	ld.d $t1, $sp, 152
	csrwr $t1, PRMD
	ld.d $t1, $sp, 144
	csrwr $t1, ERA
	.irp n, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20
	ld.d $r\n, $sp, 8 * (\n - 3)
	.endr
	ld.d $ra, $sp, 0
	addi.d $sp, $sp, FRAME
	ertn

fatal:
	move $a0, $t0
	csrrd $a1, ERA
	csrrd $a2, BADV
ended:
	la.pcrel $sp, trap_stack_top /* the old one may be what failed */
	bl loongarch_trap

/*
 * Nothing is in the TLB: this address is nowhere. The windows do not count
 * here, and do so again behind the return.
 */
	.balign 4096
refill:
	csrrd $a1, TLBRERA
	bstrins.d $a1, $zero, 1, 0
	csrrd $a2, TLBRBADV
	la.pcrel $t0, 1f
	ori $t0, $t0, TLBRERA_IS
	csrwr $t0, TLBRERA
	ertn
1:	li.w $a0, CAUSE_REFILL
	b ended

	.section .bss.start, "aw", @nobits
	.balign 16
	.globl loongarch_interrupt
loongarch_interrupt:
	.skip 16
	.skip 0x1000
trap_stack_top:

	.section .note.GNU-stack, "", @progbits
