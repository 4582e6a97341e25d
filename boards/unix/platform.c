/* SPDX-License-Identifier: BSD-2-Clause */
/* A Unix whose CPU has no driver here yet: the kernel's generator and clock. */
#include "sb_unix.h"

static const struct sb_source unix_sources[] = { SB_UNIX_GETRANDOM };

const struct sb_hal sb_platform = {
	.cycles = sb_unix_now,
	.cycles_hz = 1000000000,
	.cycle_bits = 64,
	.epoch = sb_unix_epoch,
	.distrust = sb_unix_distrust,
	.enter = sb_unix_enter,
	.leave = sb_unix_leave,
	.loop = &sb_unix_loop,
	.sources = unix_sources,
	.source_count = sizeof(unix_sources) / sizeof(unix_sources[0]),
};
