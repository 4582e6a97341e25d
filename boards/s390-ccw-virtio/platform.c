/* SPDX-License-Identifier: BSD-2-Clause */
/* One CPU with interruptions off, so there is no enter and no leave. */
#include "s390_ccw.h"

static const struct sb_s390x_cpu ccw_cpu = { .facilities = sb_s390x_facilities,
					     .ultravisor = sb_s390x_ultravisor };

static const struct sb_source ccw_sources[] = {
	SB_S390X_PRNO(&ccw_cpu),
	SB_VIRTIO_RNG(&ccw_rng[0]),
	SB_VIRTIO_RNG_2(&ccw_rng[1]),
};

static uint16_t ccw_distrust(void)
{
	return sb_s390x_distrust(&ccw_cpu);
}

const struct sb_hal sb_platform = {
	.cycles = sb_s390x_stckf,
	.cycles_hz = SB_S390X_STCKF_HZ,
	.cycle_bits = 64,
	.distrust = ccw_distrust,
	.loop = &wfi_loop,
	.sources = ccw_sources,
	.source_count = sizeof ccw_sources / sizeof ccw_sources[0],
};
