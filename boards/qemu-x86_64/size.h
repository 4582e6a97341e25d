/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for x86-64: the CPU's two instructions. Budgets are
   bytes at -Os (docs/design.md). */
#include "sb_x86.h"

#define SIZE_NAME "x86-64"
#define SIZE_TEXT 8192
#define SIZE_LEAN 7680
#define SIZE_WITHOUT "events table"
#define SIZE_STATE 768
#define SIZE_STACK 1024
#define SIZE_HAL ""
#define SIZE_CYCLES sb_x86_tsc
#define SIZE_SOURCES SB_X86_RDSEED(&size_cpu), SB_X86_RDRAND(&size_cpu)

static struct sb_x86_cpu size_cpu = { .cpuid = sb_x86_cpuid };
