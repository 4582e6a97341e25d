/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the firmware to pseries_main; calls of the firmware; interrupts. Sections
 * are those of Power ISA 3.0B, Book III.
 *
 * The firmware enters the image in 32 or 64 bits and in either byte order, with
 * r5 as the entry of its client interface (IEEE 1275 and its binding to PAPR).
 */
/*
 * 64 bits: section 4.2.1. Under vof MSR[SF] is clear at first. Nearly all of a
 * program runs so as well, but a carry is then that of 32 bits (Book I, section
 * 3.2.2): __int128 adds up wrongly, and BearSSL's RSA looks for a prime for ever.
 */
#define MSR_SF_SHIFT 63
#define MSR_EE 0x8000
#define FRAME 0x110
#define RED_ZONE 512        /* ELFv2 ABI, section 2.2.2.4 */
#define TLS_OFFSET 0x7000 /* of r13 behind the thread-local data: section 3.7.2 */

/*
 * From either byte order on in that of the image, and in 64 bits. The first
 * word, read in the other order, is a branch to the third one. Those that follow
 * are in the other order as well: they flip MSR[LE] and return behind
 * themselves. r10, r11 and LR are lost.
 */
	.macro NATIVE
	tdi 0, 0, 0x48    /* b .+8 */
	b 1f
	.long 0xa600607d  /* mfmsr r11 */
	.long 0x01006b69  /* xori r11, r11, 1 */
	.long 0x05009f42  /* bcl 20, 31, .+4 */
	.long 0xa602487d  /* mflr r10 */
	.long 0x14004a39  /* addi r10, r10, 20 */
	.long 0xa6035a7d  /* mtsrr0 r10 */
	.long 0xa6037b7d  /* mtsrr1 r11 */
	.long 0x2400004c  /* rfid */
1:	mfmsr 11
	li 10, 1
	rldimi 11, 10, MSR_SF_SHIFT, 0
	mtmsrd 11
	isync
	.endm

	/* An address below 2 GiB. */
	.macro ADDRESS register, symbol
	lis \register, \symbol@ha
	addi \register, \register, \symbol@l
	.endm

	.section .head.text, "ax"
	.globl pseries_start
pseries_start:
	NATIVE
	ADDRESS 2, .TOC.
	ADDRESS 13, pseries_tls + TLS_OFFSET
	ADDRESS 1, pseries_stack_top - 64
	ADDRESS 6, pseries_bss
	ADDRESS 7, pseries_bss_end
	li 0, 0
2:	cmpld 6, 7
	bge 3f
	std 0, 0(6)
	addi 6, 6, 8
	b 2b
3:	std 0, 0(1)
	mr 3, 5
	bl pseries_main
	nop
4:	b 4b

/* Each register that must survive is kept here: the firmware knows their lower
   halves alone. */
	.globl pseries_firmware
pseries_firmware:
	mflr 0
	std 0, 16(1)
	mfcr 0
	std 0, 8(1)
	stdu 1, -FRAME(1)
	.set n, 13
	.rept 19
	std n, 32 + 8 * (n - 13)(1)
	.set n, n + 1
	.endr
	ADDRESS 6, kept_stack
	std 1, 0(6)
	ADDRESS 6, 5f
	mtlr 6
	mtsrr0 4
	mfmsr 6
	clrldi 6, 6, 1 /* 32 bits */
	rldicr 6, 6, 0, 62 /* big-endian */
	mtsrr1 6
	rfid
	.balign 8
5:	NATIVE
	ADDRESS 6, kept_stack
	ld 1, 0(6)
	ADDRESS 2, .TOC.
	.set n, 13
	.rept 19
	ld n, 32 + 8 * (n - 13)(1)
	.set n, n + 1
	.endr
	addi 1, 1, FRAME
	ld 0, 8(1)
	mtcr 0
	ld 0, 16(1)
	mtlr 0
	blr

/* trap.c lays this down at each vector, with a branch to pseries_entry behind
   it that sets LR: eight words at most. */
	.globl pseries_vector
	.globl pseries_vector_end
pseries_vector:
	mtsprg 2, 3
	mflr 3
	mtsprg 3, 3
pseries_vector_end:

/* LR of before is in SPRG3, and r3 in SPRG2. */
	.globl pseries_entry
pseries_entry:
	mtsprg 1, 4
	mfcr 4
	mflr 3
	clrrdi 3, 3, 5
	cmpdi 3, 0x500
	beq interrupt
	cmpdi 3, 0x900
	bne fatal

/* What a function may change is kept, below what a function may use under its
   stack pointer. */
interrupt:
	stdu 1, -(FRAME + RED_ZONE)(1)
	std 4, 32(1)
	mfsprg 4, 1
	std 4, 40(1)
	mfsprg 4, 2
	std 4, 48(1)
	mfsprg 4, 3
	std 4, 56(1)
	mfctr 4
	std 4, 64(1)
	mfxer 4
	std 4, 72(1)
	mfsrr0 4
	std 4, 80(1)
	mfsrr1 4
	std 4, 88(1)
	std 0, 96(1)
	std 2, 104(1)
	std 5, 112(1)
	std 6, 120(1)
	std 7, 128(1)
	std 8, 136(1)
	std 9, 144(1)
	std 10, 152(1)
	std 11, 160(1)
	std 12, 168(1)
	ADDRESS 2, .TOC.
	ADDRESS 12, pseries_interrupt
	ld 12, 0(12)
	mtctr 12
	bctrl
	/* No reservation outlives an interrupt: the handler may have stored to the
	   same place (Book II, section 1.7.4). */
	addi 5, 1, 96
	ld 6, 96(1)
	stdcx. 6, 0, 5
	ld 4, 88(1)
	cmpwi 3, 0
	bne 6f
	li 5, 0
	ori 5, 5, MSR_EE
	andc 4, 4, 5
6:	mtsrr1 4
	ld 4, 80(1)
	mtsrr0 4
	ld 4, 72(1)
	mtxer 4
	ld 4, 64(1)
	mtctr 4
	ld 4, 56(1)
	mtlr 4
	ld 4, 32(1)
	mtcr 4
	ld 12, 168(1)
	ld 11, 160(1)
	ld 10, 152(1)
	ld 9, 144(1)
	ld 8, 136(1)
	ld 7, 128(1)
	ld 6, 120(1)
	ld 5, 112(1)
	ld 4, 40(1)
	ld 3, 48(1)
	ld 2, 104(1)
	ld 0, 96(1)
	addi 1, 1, FRAME + RED_ZONE
	rfid

/* The stack may be what failed. */
fatal:
	ADDRESS 1, trap_stack_top - 64
	ADDRESS 2, .TOC.
	ADDRESS 13, pseries_tls + TLS_OFFSET
	li 0, 0
	std 0, 0(1)
	mfsrr0 4
	mfdar 5
	bl pseries_trap
	nop

	.section .bss.start, "aw", @nobits
	.balign 16
kept_stack:
	.skip 16
	.skip 0x2000
trap_stack_top:

	.section .note.GNU-stack, "", @progbits
