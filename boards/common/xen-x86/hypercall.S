/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * long xen_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c).
 *
 * Xen fills the page with a stub of 32 bytes for each number. A stub takes its
 * arguments in RDI, RSI and RDX and answers in RAX
 * (public/arch-x86/xen-x86_64.h). The page lies in .text because it must be
 * executable and nothing may clear it.
 */
	.section .text.hypercall, "ax"
	.globl xen_hypercall
xen_hypercall:
	movl %edi, %eax
	shll $5, %eax
	leaq xen_hypercall_page(%rip), %r11
	addq %r11, %rax
	movq %rsi, %rdi
	movq %rdx, %rsi
	movq %rcx, %rdx
	jmp *%rax

	.globl xen_hypercall_page
	.balign 4096
xen_hypercall_page:
	.fill 4096, 1, 0x90

	.section .note.GNU-stack, "", @progbits
