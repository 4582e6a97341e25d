/* SPDX-License-Identifier: BSD-2-Clause */
/* All but the name is in ../x86_pvh.S. */
	.section .rodata.name, "a"
	.globl board_name
board_name:
	.asciz "qemu-x86_64"

	.section .note.GNU-stack, "", @progbits
