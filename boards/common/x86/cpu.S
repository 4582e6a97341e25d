/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether the machine can run what a compiler made for it. A start file
 * includes this file where nothing else has run: 32 bits, flat segments, no
 * paging. It goes on below if all is there. If not, it ends the run with a line
 * on COM1. EBX is kept.
 *
 * This is assembly, as compiled code may use what is missing. It uses nothing
 * that an 80386 lacks before it knows better.
 */
#define CPU_FLAGS_ID 0x200000 /* Intel SDM volume 1, section 3.4.3.3 */
#define CPU_PATTERN 0x5eedbed5
#define CPU_EXTENDED 0x80000001
#define CPU_LONG_MODE 0x20000000 /* EDX of that leaf */

/* struct hvm_start_info and its map: Xen public/arch-x86/hvm/start_info.h */
#define INFO_VERSION 4 /* a map from 1 on */
#define INFO_MAP 40
#define INFO_ENTRIES 48
#define ENTRY_AT 0
#define ENTRY_SIZE 8
#define ENTRY_TYPE 16
#define ENTRY_RAM 1
#define ENTRY_BYTES 24

/* as in qemu-x86/qemu.c */
#define CPU_COM1 0x3f8
#define CPU_COM1_LINE_STATUS 0x3fd
#define CPU_COM1_EMPTY 0x20
#define CPU_COM1_POLLS 100000
#define CPU_EXIT 0xf4
#define CPU_EXIT_FAIL 0x11
#define CPU_KEYBOARD 0x64
#define CPU_KEYBOARD_RESET 0xfe

	/* Where there is no memory, a read gives something else. */
	movl $cpu_no_memory, %esi
	movl $CPU_PATTERN, x86_bss_end - 4
	cmpl $CPU_PATTERN, x86_bss_end - 4
	jne cpu_refuse
	/*
	 * Firmware keeps the end of a small memory for itself. All of the image
	 * must lie in one piece of RAM of the map, if there is a map.
	 */
	cmpl $0, INFO_VERSION(%ebx)
	je 2f
	movl INFO_ENTRIES(%ebx), %ecx
	jecxz 2f
	movl INFO_MAP(%ebx), %edi
1:	cmpl $ENTRY_RAM, ENTRY_TYPE(%edi)
	jne 3f
	cmpl $x86_start, ENTRY_AT(%edi)
	ja 3f
	movl ENTRY_AT(%edi), %eax
	addl ENTRY_SIZE(%edi), %eax
	movl ENTRY_AT + 4(%edi), %edx
	adcl ENTRY_SIZE + 4(%edi), %edx
	jnz 2f /* the piece ends above 4 GiB */
	cmpl $x86_bss_end, %eax
	jae 2f
3:	addl $ENTRY_BYTES, %edi
	loop 1b
	jmp cpu_refuse
2:	movl $stack_top, %esp

	/* A CPU with CPUID can change this flag. */
	movl $cpu_no_cpuid, %esi
	pushfl
	popl %eax
	movl %eax, %ecx
	xorl $CPU_FLAGS_ID, %eax
	pushl %eax
	popfl
	pushfl
	popl %eax
	xorl %ecx, %eax
	testl $CPU_FLAGS_ID, %eax
	jz cpu_refuse

	movl %ebx, %ebp
	xorl %eax, %eax
	cpuid
	testl %eax, %eax
	jz cpu_refuse
	movl $1, %eax
	cpuid
	movl $cpu_needs, %edi
1:	movl (%edi), %eax
	movl 4(%edi), %esi
	testl %eax, %eax
	jz 2f
	testl %eax, %edx
	jz cpu_refuse
	addl $8, %edi
	jmp 1b
2:
#ifdef __x86_64__
	/* %esi is the text of the last row */
	movl $(CPU_EXTENDED - 1), %eax
	cpuid
	cmpl $CPU_EXTENDED, %eax
	jb cpu_refuse
	movl $CPU_EXTENDED, %eax
	cpuid
	testl $CPU_LONG_MODE, %edx
	jz cpu_refuse
#endif
	movl %ebp, %ebx
	jmp cpu_good

/* The text at ESI, and exit 1. No stack is needed. */
cpu_refuse:
	movl $CPU_COM1_POLLS, %ecx
3:	movl $CPU_COM1_LINE_STATUS, %edx
	inb %dx, %al
	testb $CPU_COM1_EMPTY, %al
	loopz 3b
	lodsb
	testb %al, %al
	jz 4f
	movl $CPU_COM1, %edx
	outb %al, %dx
	jmp cpu_refuse
4:	movl $CPU_EXIT_FAIL, %eax
	outl %eax, $CPU_EXIT
	movb $CPU_KEYBOARD_RESET, %al
	outb %al, $CPU_KEYBOARD
5:	hlt
	jmp 5b

	.section .rodata.cpu, "a"
	.macro cpu_row bit, name
	.long \bit, 6f
	.pushsection .rodata.cpu_text, "a"
6:	.ascii "start: this CPU has no \name\n[exit 1]\n"
	.byte 0
	.popsection
	.endm
	.balign 4
/* EDX of CPUID leaf 1: Intel SDM volume 2, table 3-11 */
cpu_needs:
	cpu_row 0x10, "TSC"
	cpu_row 0x20, "MSR"
	cpu_row 0x8000, "CMOV"
#ifdef __x86_64__
	cpu_row 0x40, "PAE"
	cpu_row 0x1000000, "FXSR"
	cpu_row 0x2000000, "SSE"
#endif
	cpu_row 0, "long mode"
cpu_no_cpuid:
	.asciz "start: this CPU has no CPUID\n[exit 1]\n"
cpu_no_memory:
	.asciz "start: this machine has too little memory\n[exit 1]\n"
	.previous
cpu_good:
