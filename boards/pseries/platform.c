/* SPDX-License-Identifier: BSD-2-Clause */
/* One CPU with interrupts off, so there is no enter and no leave. */
#include "pseries.h"

static const struct sb_source pseries_sources[] = {
	SB_POWER_DARN(&pseries_cpu),
	SB_PAPR_RANDOM(&pseries_papr),
};

static uint16_t pseries_distrust(void)
{
	return sb_power_distrust(&pseries_cpu);
}

const struct sb_hal sb_platform = {
	.cycles = sb_power_timebase,
	.cycle_bits = 64,
	.distrust = pseries_distrust,
	.loop = &wfi_loop,
	.sources = pseries_sources,
	.source_count = sizeof pseries_sources / sizeof pseries_sources[0],
};
