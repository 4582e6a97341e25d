/* SPDX-License-Identifier: BSD-2-Clause */
/* One CPU with interrupts masked, so there is no enter and no leave. */
#include "malta.h"

/* The seed counts in full, as virtio-rng does: it comes from the host's own
   generator, anew in each boot and reset. */
static const struct sb_source malta_sources[] = {
	SB_VIRTIO_RNG(&gt64120_rng[0]),
	SB_VIRTIO_RNG_2(&gt64120_rng[1]),
	SB_SEED_HOST_AS(&malta_seed, 2048),
};

const struct sb_hal sb_platform = {
	.cycles = sb_mips_count,
	.cycle_bits = 32,
	.loop = &wfi_loop,
	.sources = malta_sources,
	.source_count = sizeof malta_sources / sizeof malta_sources[0],
};
