/* SPDX-License-Identifier: BSD-2-Clause */
/* A Linux on 64-bit Arm: the kernel's generator, and that of the CPU. */
#include "linux.h"
#include "sb_aarch64.h"
#include "sb_unix.h"

static const struct sb_aarch64_cpu unix_cpu = { .isar0 = linux_isar0 };

static const struct sb_source unix_sources[] = {
	SB_UNIX_GETRANDOM,
	SB_AARCH64_RNDRRS(&unix_cpu),
	SB_AARCH64_RNDR(&unix_cpu),
};

/* Linux lets a process read the virtual counter. */
const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.epoch = sb_unix_epoch,
	.enter = sb_unix_enter,
	.leave = sb_unix_leave,
	.loop = &sb_unix_loop,
	.distrust = sb_unix_distrust,
	.sources = unix_sources,
	.source_count = sizeof unix_sources / sizeof unix_sources[0],
};
