/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of a board's virtio-mmio slots has an entropy device. */
#include "virtio_mmio.h"

unsigned sb_virtio_mmio_find_all(struct sb_virtio_rng_state *rng, unsigned rows, uintptr_t first,
				 size_t step, unsigned count)
{
	unsigned found = 0;

	for (; found < rows && count && sb_io_read32(first) == MMIO_MAGIC_VALUE;
	     count--, first += step) {
		void *at = (void *)first;
		const struct sb_virtio_transport *transport = &sb_virtio_mmio;

		if (transport->find(at, SB_VIRTIO_ENTROPY) != SB_OK)
			transport = &sb_virtio_mmio_legacy;
		if (transport->find(at, SB_VIRTIO_ENTROPY) == SB_OK) {
			rng[found].transport = transport;
			rng[found++].at = at;
		}
	}
	return found;
}
SB_OWN(sb_virtio_mmio_find_all);

int sb_virtio_mmio_find(struct sb_virtio_rng_state *rng, uintptr_t first, size_t step,
			unsigned count)
{
	return sb_virtio_mmio_find_all(rng, 1, first, step, count) ? SB_OK : SB_ENODEV;
}
SB_OWN(sb_virtio_mmio_find);
