/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `make size` measures: the CPU's instructions and nothing else.
 *
 * row: x86-64
 * compiler: x86_64-linux-gnu-gcc -mno-red-zone -fcf-protection=none
 *	-fno-asynchronous-unwind-tables
 * budget: text 8192 state 768 stack 1024
 */
#include "sb_x86.h"

static struct sb_x86_cpu size_cpu = { sb_x86_cpuid };
#define SIZE_CYCLES sb_x86_tsc
#define SIZE_SOURCES SB_X86_RDSEED(&size_cpu), SB_X86_RDRAND(&size_cpu)
