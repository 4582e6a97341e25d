/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the PVH entry to x86_main in long mode. The entry is 32-bit, with paging
 * off and flat segments; EBX points to start_info (Xen docs/misc/pvh).
 */

/* Intel SDM volume 3, section 2.5. EM is clear, so SSE does not trap. */
#define CR0_PE_MP_WP_PG 0x80010003
#define CR4_PAE_OSFXSR_OSXMMEXCPT 0x620
#define MSR_EFER 0xc0000080
#define EFER_LME 0x100
#define PAGE_TABLE 0x03  /* present, writable */
#define PAGE_RAM 0x83    /* 2 MiB page */
#define PAGE_DEVICE 0x9b /* the same, uncached, write-through */
#define CODE64 8
#define DATA 16
#define TASK 24
#define TASK_SIZE 104

	.section .note.Xen, "a", @note
	.align 4
	.long 4, 4, 18 /* XEN_ELFNOTE_PHYS32_ENTRY */
	.asciz "Xen"
	.long x86_start

	.section .head.text, "ax"
	.code32
	.globl x86_start
x86_start:
	cli
	cld
#include "cpu.S"
	movl $CR4_PAE_OSFXSR_OSXMMEXCPT, %eax
	movl %eax, %cr4
	movl $page_map_4, %eax
	movl %eax, %cr3
	movl $MSR_EFER, %ecx
	rdmsr
	orl $EFER_LME, %eax
	wrmsr
	movl $CR0_PE_MP_WP_PG, %eax
	movl %eax, %cr0
	lgdt segments_pointer
	ljmp $CODE64, $start_64

	.code64
start_64:
	movl $DATA, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %eax, %eax
	movl %eax, %fs
	movl %eax, %gs

	movl $x86_bss, %edi
	movl $x86_bss_end, %ecx
	subl %edi, %ecx
	rep stosb

	movl $task, %eax
	movw %ax, segments_task + 2
	shrl $16, %eax
	movb %al, segments_task + 4
	movb %ah, segments_task + 7
	movl $TASK, %eax
	ltr %ax

	/* the ABI wants 16-byte alignment before a call */
	movl $stack_top, %esp
	xorl %ebp, %ebp
	movl %ebx, %edi /* start_info is the argument of x86_main */
	call x86_main
1:	hlt
	jmp 1b

#define TRAP_ENTRY
#include "exceptions.S"

	.section .data.start, "aw"
	.balign 8
segments:
	.quad 0
	.quad 0x00af9b000000ffff /* CODE64 */
	.quad 0x00cf93000000ffff /* DATA */
segments_task: /* an available 64-bit TSS. The code above adds its address. */
	.quad 0x0000890000000000 + TASK_SIZE - 1, 0
segments_pointer:
	.word . - segments - 1
	.long segments

/*
 * Intel SDM volume 3, figure 8-11. Where an exception cannot be pushed, the
 * double fault has IST1 for its stack.
 */
	.balign 8
task:
	.skip 36
	.quad x86_trap_stack
	.skip TASK_SIZE - 36 - 8

/* The first 4 GiB, one to one. The last of them holds devices. */
	.balign 4096
page_map_4:
	.quad page_pointers + PAGE_TABLE
	.fill 511, 8, 0
page_pointers:
	.quad page_directories + 0x0000 + PAGE_TABLE
	.quad page_directories + 0x1000 + PAGE_TABLE
	.quad page_directories + 0x2000 + PAGE_TABLE
	.quad page_directories + 0x3000 + PAGE_TABLE
	.quad x86_page_far + PAGE_TABLE
	.fill 507, 8, 0
page_directories:
	.set page, 0
	.rept 1536
	.quad page + PAGE_RAM
	.set page, page + 0x200000
	.endr
	.rept 512
	.quad page + PAGE_DEVICE
	.set page, page + 0x200000
	.endr
/* The GiB above. A board may fill it in (qemu-x86_64/map_far.c). */
	.globl x86_page_far
x86_page_far:
	.fill 512, 8, 0

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
