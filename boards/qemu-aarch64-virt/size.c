/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `make size` measures: the CPU's instructions and nothing else.
 *
 * row: arm64
 * compiler: aarch64-linux-gnu-gcc -mstrict-align
 *	-fno-asynchronous-unwind-tables
 * budget: text 9216 state 768 stack 1024
 */
#include "sb_aarch64.h"

static struct sb_aarch64_cpu size_cpu = { sb_aarch64_isar0 };
#define SIZE_CYCLES sb_aarch64_cntvct
#define SIZE_SOURCES SB_AARCH64_RNDRRS(&size_cpu), SB_AARCH64_RNDR(&size_cpu)
