/* SPDX-License-Identifier: BSD-2-Clause */
#include "map.h"

/*
 * The first 256 GiB, one to one. QEMU's virt and Xen's guests have devices in
 * the first GiB and RAM above it (QEMU hw/arm/virt.c; Xen public/arch-arm.h).
 * Behind that reach.c maps devices, GiB by GiB.
 */
	.section .data.start, "aw"
	.balign 4096
	.globl aarch64_page_table
aarch64_page_table:
	.quad MAP_DEVICE
	.set block, 1
	.rept 255
	.quad block * MAP_GIB + MAP_RAM
	.set block, block + 1
	.endr
	.fill 256, 8, 0

	.section .note.GNU-stack, "", @progbits
