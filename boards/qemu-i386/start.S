/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the PVH entry to x86_main in the same mode: 32-bit, with paging off and
 * flat segments (Xen docs/misc/pvh). The entry passes start_info in EBX.
 */

/* Intel SDM volume 3, section 2.5: nothing traps, no paging */
#define CR0_PE_ET 0x11
#define CODE 8
#define DATA 16

	.section .note.Xen, "a", @note
	.align 4
	.long 4, 4, 18 /* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.long x86_start

	.section .head.text, "ax"
	.globl x86_start
x86_start:
	cli
	cld
#include "cpu.S"
	movl $CR0_PE_ET, %eax
	movl %eax, %cr0
	lgdt segments_pointer /* the loader's own table may be gone */
	ljmp $CODE, $1f
1:	movl $DATA, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %fs
	movl %eax, %gs
	movl %eax, %ss

	xorl %eax, %eax
	movl $x86_bss, %edi
	movl $x86_bss_end, %ecx
	subl %edi, %ecx
	rep stosb

	/* the ABI wants 16-byte alignment before a call */
	movl $stack_top, %esp
	xorl %ebp, %ebp
	subl $12, %esp
	pushl %ebx /* start_info is the argument of x86_main */
	call x86_main
1:	hlt
	jmp 1b

#define TRAP_ENTRY
#include "exceptions.S"

	.section .rodata.start, "a"
	.balign 8
segments:
	.quad 0
	.quad 0x00cf9b000000ffff /* CODE */
	.quad 0x00cf93000000ffff /* DATA */
segments_pointer:
	.word . - segments - 1
	.long segments

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
