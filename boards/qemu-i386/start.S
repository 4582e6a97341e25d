/* SPDX-License-Identifier: BSD-2-Clause */
/* From the PVH entry (Xen docs/misc/pvh: 32-bit, paging off, flat segments, EBX = start_info) to main in the same mode. */

#define CR0_PE_ET 0x11 /* Intel SDM volume 3, section 2.5: nothing traps, no paging */
#define CODE 8
#define DATA 16

	.section .note.Xen, "a", @note
	.align 4
	.long 4, 4, 18 /* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.long start

	.section .text.start, "ax"
	.globl start
start:
	cli
	cld
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
	movl $bss_start, %edi
	movl $bss_end, %ecx
	subl %edi, %ecx
	rep stosb

	movl $stack_top, %esp /* 16-byte aligned, as the ABI wants it before a call */
	xorl %ebp, %ebp
	call board_start
1:	hlt
	jmp 1b

/* One stub of 16 bytes for each exception; board_trap in ../x86_trap.c takes (vector, error code, EIP), which is what then lies on the stack. */
	.globl trap_stubs
	.balign 16
trap_stubs:
	.set vector, 0
	.rept 32
	.balign 16
	/* these push an error code: Intel SDM volume 3, table 6-1 */
	.if (vector == 8) | ((vector >= 10) & (vector <= 14)) | (vector == 17) | (vector == 21) | (vector == 29) | (vector == 30)
	.else
	pushl $0
	.endif
	pushl $vector
	jmp trap_enter
	.set vector, vector + 1
	.endr

trap_enter:
	call board_trap /* does not return */

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
