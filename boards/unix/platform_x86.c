/* SPDX-License-Identifier: BSD-2-Clause */
/* A Unix on x86-64: the kernel's generator, that of the CPU, and its times. */
#include "platform.h"
#include "sb_cache_timing.h"
#include "sb_x86.h"

/* common: the keystreams of x86 define it too, where they are linked */
struct sb_x86_leaves x86_leaves __attribute__((common));
static const struct sb_x86_cpu unix_cpu = { .cpuid = sb_x86_cpuid, .leaves = &x86_leaves };

static int unix_flushes(void)
{
	return sb_x86_flushes(&unix_cpu);
}

/*
 * Of one CPU at a time: of the process's shared instance, which its lock keeps
 * apart. A table for seedbed_split has a state of its own.
 */
static struct sb_cache_timing_area unix_lines;
static struct sb_cache_timing_state unix_times = { .able = unix_flushes,
						   SB_X86_CACHE_TIMING,
						   .area = &unix_lines };

static const struct sb_source unix_sources[] = {
	SB_UNIX_GETRANDOM, SB_X86_RDSEED(&unix_cpu), SB_X86_RDRAND(&unix_cpu),
	SB_CACHE_TIMING_AS(&unix_times, 85), /* docs/evidence/unix-x86_64 */
};

/*
 * What the user says, and the CPU. A process cannot read SEV_STATUS: on a CPU
 * that has SEV it takes itself for such a guest.
 */
static uint16_t unix_distrust(void)
{
	return sb_unix_distrust() | sb_x86_distrust(&unix_cpu);
}

const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	PLATFORM_UNIX,
	.distrust = unix_distrust,
	.sources = unix_sources,
	.source_count = sizeof unix_sources / sizeof unix_sources[0],
};
