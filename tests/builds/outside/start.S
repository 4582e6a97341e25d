/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the PVH entry (32-bit, paging off) to C at the top of the address space.
 * Nothing lies there at its physical address.
 */
#define RAM 0xffffffff80000000

	.section .note.Xen, "a", @note
	.long 4, 4, 18 /* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.long kernel_entry - RAM

	.text
	.code32
	.globl kernel_entry
kernel_entry:
	cli
	movl $0x20, %eax /* CR4.PAE */
	movl %eax, %cr4
	movl $page_map - RAM, %eax
	movl %eax, %cr3
	movl $0xc0000080, %ecx /* EFER.LME */
	rdmsr
	orl $0x100, %eax
	wrmsr
	movl $0x80010001, %eax /* CR0: PG, WP, PE */
	movl %eax, %cr0
	lgdt segments_low - RAM
	ljmp $8, $entry_low - RAM

	.code64
entry_low:
	movabsq $entry_high, %rax
	jmp *%rax
entry_high:
	lgdt segments_high
	movq $0, page_map /* only these few instructions needed the identity map */
	movq %cr3, %rax
	movq %rax, %cr3
	movl $16, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	movq $kernel_bss, %rdi
	movq $kernel_bss_end, %rcx
	subq %rdi, %rcx
	xorl %eax, %eax
	rep stosb
	movq $kernel_stack, %rsp
	call kernel_main

	.globl kernel_vector
kernel_vector:
	.irp reg, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
	pushq %\reg
	.endr
	cld
	call kernel_tick
	.irp reg, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax
	popq %\reg
	.endr
	iretq

	.section .rodata.start, "a"
	.balign 8
segments:
	.quad 0, 0x00af9b000000ffff, 0x00cf93000000ffff
segments_low:
	.word 23
	.long segments - RAM
segments_high:
	.word 23
	.quad segments

/*
 * RAM: the first GiB at 0xffffffff80000000. Devices: the fourth GiB at
 * 0xffffffff40000000, uncached.
 */
	.section .data.start, "aw"
	.balign 4096
page_map:
	.quad page_low - RAM + 3
	.fill 510, 8, 0
	.quad page_upper - RAM + 3
page_low:
	.quad page_ram - RAM + 3
	.fill 511, 8, 0
page_upper:
	.fill 509, 8, 0
	.quad page_devices - RAM + 3, page_ram - RAM + 3, 0
page_ram:
	.set page, 0
	.rept 512
	.quad page + 0x83
	.set page, page + 0x200000
	.endr
page_devices:
	.rept 512
	.quad page + 0x80000000 + 0x9b /* page is now 1 GiB */
	.set page, page + 0x200000
	.endr

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x10000
kernel_stack:
	.section .note.GNU-stack, "", @progbits
