/* SPDX-License-Identifier: BSD-2-Clause */
/* Where Xen starts a PV domain: in 64 bits and ring 3, everything linked mapped as this file's notes ask, RSI = start_info
   (public/arch-x86/xen-x86_64.h, public/elfnote.h). */

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
	note_number ELFNOTE_ENTRY start
	note_number ELFNOTE_HYPERCALL_PAGE board_hypercall_page
	note_number ELFNOTE_VIRT_BASE 0
	note_number ELFNOTE_PADDR_OFFSET 0
	note_text ELFNOTE_XEN_VERSION "xen-3.0"
	note_text ELFNOTE_LOADER "generic"
	note_text ELFNOTE_PAE_MODE "yes"

	.section .text.start, "ax"
	.globl start
start:
	cld
	leaq stack_top(%rip), %rsp /* 16-byte aligned, as the ABI wants it before a call */
	xorl %ebp, %ebp
	movq %rsi, %rdi
	call board_start
	ud2

/* What Xen pushes above a CPU's frame. */
#define TRAP_ENTRY popq %rcx; popq %r11
#include "exceptions.S"

	.section .bss.stack, "aw", @nobits
	.balign 16
	.skip 0x20000
stack_top:

	.section .note.GNU-stack, "", @progbits
