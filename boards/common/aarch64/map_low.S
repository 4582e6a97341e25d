/* SPDX-License-Identifier: BSD-2-Clause */
#include "map.h"

/*
 * The first 4 GiB, one to one, for a machine whose RAM lies at 0. The last 16
 * MiB of the first GiB and all above it are devices. So it is on BCM2837, and
 * Versal has its devices higher.
 */
	.section .data.start, "aw"
	.balign 4096
	.globl aarch64_page_table
aarch64_page_table:
	.quad low_table - aarch64_page_table + MAP_TABLE /* start.S adds the rest */
	.set block, 1
	.rept 3
	.quad block * MAP_GIB + MAP_DEVICE
	.set block, block + 1
	.endr
	.fill 508, 8, 0
low_table:
	.set block, 0
	.rept 504
	.quad block * MAP_2_MIB + MAP_RAM
	.set block, block + 1
	.endr
	.rept 8
	.quad block * MAP_2_MIB + MAP_DEVICE
	.set block, block + 1
	.endr

	.section .note.GNU-stack, "", @progbits
