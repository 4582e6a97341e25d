/* SPDX-License-Identifier: BSD-2-Clause */
/* One CPU with interrupts masked, so there is no enter and no leave. */
#include "loongarch_virt.h"

/* The seed counts in full, as virtio-rng does: it comes from the host's own
   generator. */
static const struct sb_source virt_sources[] = {
	SB_VIRTIO_RNG(&virt_rng[0]),
	SB_VIRTIO_RNG_2(&virt_rng[1]),
	SB_SEED_HOST_AS(&virt_seed, 2048),
};

const struct sb_hal sb_platform = {
	.cycles = sb_loongarch_rdtime,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = virt_sources,
	.source_count = sizeof virt_sources / sizeof virt_sources[0],
};
