/* SPDX-License-Identifier: BSD-2-Clause */
/* A Unix on x86-64: the kernel's generator and that of the CPU. */
#include "platform.h"
#include "sb_x86.h"

static const struct sb_x86_cpu unix_cpu = { .cpuid = sb_x86_cpuid };

static const struct sb_source unix_sources[] = {
	SB_UNIX_GETRANDOM,
	SB_X86_RDSEED(&unix_cpu),
	SB_X86_RDRAND(&unix_cpu),
};

const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	PLATFORM_UNIX,
	.sources = unix_sources,
	.source_count = sizeof unix_sources / sizeof unix_sources[0],
};
