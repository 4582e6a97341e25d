/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where Xen starts a PV domain. The CPU is in 64 bits and ring 3, and the image
 * is mapped as the notes of this file ask. RSI points to start_info
 * (public/arch-x86/xen-x86_64.h, public/elfnote.h).
 */

#define ELFNOTE_ENTRY 1
#define ELFNOTE_HYPERCALL_PAGE 2
#define ELFNOTE_VIRT_BASE 3
#define ELFNOTE_PADDR_OFFSET 4
#define ELFNOTE_XEN_VERSION 5
#define ELFNOTE_LOADER 8
#define ELFNOTE_PAE_MODE 9

	.macro note_number type value
	.balign 4
	.long 4, 8, \type
	.asciz "Xen"
	.quad \value
	.endm

	.macro note_text type text
	.balign 4
	.long 4, 1f - 0f, \type
	.asciz "Xen"
0:	.asciz "\text"
1:	.balign 4
	.endm

	.section .note.Xen, "a", @note
	note_number ELFNOTE_ENTRY x86_start
	note_number ELFNOTE_HYPERCALL_PAGE xen_hypercall_page
	note_number ELFNOTE_VIRT_BASE 0
	note_number ELFNOTE_PADDR_OFFSET 0
	note_text ELFNOTE_XEN_VERSION "xen-3.0"
	note_text ELFNOTE_LOADER "generic"
	note_text ELFNOTE_PAE_MODE "yes"

	.section .head.text, "ax"
	.globl x86_start
x86_start:
	cld
	/* the ABI wants 16-byte alignment before a call */
	leaq stack_top(%rip), %rsp
	xorl %ebp, %ebp
	movq %rsi, %rdi
	call pv_main
	ud2

/* Xen pushes these two above the frame of the CPU. */
#define TRAP_ENTRY popq %rcx; popq %r11
#include "exceptions.S"

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
