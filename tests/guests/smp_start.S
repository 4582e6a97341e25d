/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the start-up IPI to smp_main in long mode (Intel SDM volume 3, section
 * 9.4.4: real mode, CS:IP = page:0). This code is copied to SMP_PAGE. The first
 * CPU has left its CR0, CR3, CR4 and GDT in smp_state, and a stack for the next
 * CPU in smp_stack.
 */

#define SMP_PAGE 0x8000
#define MSR_EFER 0xc0000080
#define EFER_LME 0x100
#define AT(label) (SMP_PAGE + label - smp_page)

	.text
	.globl smp_page, smp_page_end, smp_state, smp_stack
	.code16
smp_page:
	cli
	cld
	xorw %ax, %ax
	movw %ax, %ds
	lgdtl AT(smp_gdt)
	movl AT(smp_cr4), %eax
	movl %eax, %cr4
	movl AT(smp_cr3), %eax
	movl %eax, %cr3
	movl $MSR_EFER, %ecx
	rdmsr
	orl $EFER_LME, %eax
	wrmsr
	movl AT(smp_cr0), %eax
	movl %eax, %cr0
	ljmpl $8, $AT(smp_64)

	.code64
smp_64:
	movl $16, %eax
	movl %eax, %ds
	movl %eax, %es
	movl %eax, %ss
	xorl %esp, %esp
1:	pause /* CPUs that start together take turns at the stack */
	xchgq AT(smp_stack), %rsp
	testq %rsp, %rsp
	jz 1b
	lidt AT(smp_idt)
	xorl %ebp, %ebp
	movq $smp_main, %rax
	call *%rax
2:	hlt
	jmp 2b

	.balign 8
smp_stack:
	.quad 0
smp_state:
smp_cr0:
	.long 0
smp_cr3:
	.long 0
smp_cr4:
	.long 0
smp_gdt:
	.skip 10
smp_idt:
	.skip 10
smp_page_end:

	.section .note.GNU-stack, "", @progbits
