/* SPDX-License-Identifier: BSD-2-Clause */
/* A Unix whose CPU has no driver here: the kernel's generator and clock. */
#include "platform.h"

static const struct sb_source unix_sources[] = { SB_UNIX_GETRANDOM };

const struct sb_hal sb_platform = {
	.cycles = sb_unix_now,
	.cycles_hz = 1000000000,
	PLATFORM_UNIX,
	.distrust = sb_unix_distrust,
	.sources = unix_sources,
	.source_count = sizeof unix_sources / sizeof unix_sources[0],
};
