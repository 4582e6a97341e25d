/* SPDX-License-Identifier: BSD-2-Clause */
/* long board_hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c). Xen fills the page with a stub of 32 bytes for each number: arguments
   in RDI, RSI, RDX, the answer in RAX (public/arch-x86/xen-x86_64.h). It lies in .text because nothing may clear it and it must be executable. */
	.section .text.hypercall, "ax"
	.globl board_hypercall
board_hypercall:
	movl %edi, %eax
	shll $5, %eax
	leaq board_hypercall_page(%rip), %r11
	addq %r11, %rax
	movq %rsi, %rdi
	movq %rdx, %rsi
	movq %rcx, %rdx
	jmp *%rax

	.globl board_hypercall_page
	.balign 4096
board_hypercall_page:
	.fill 4096, 1, 0x90

	.section .note.GNU-stack, "", @progbits
