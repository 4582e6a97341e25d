/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of a board's virtio-mmio slots has an entropy device. */
#include "virtio_mmio.h"

int sb_virtio_mmio_find(struct sb_virtio_rng_state *rng, uintptr_t first, size_t step,
			unsigned count)
{
	for (; count && sb_io_read32(first) == MMIO_MAGIC_VALUE; count--, first += step) {
		void *at = (void *)first;
		const struct sb_virtio_transport *transport = &sb_virtio_mmio;

		if (transport->find(at, SB_VIRTIO_ENTROPY) != SB_OK)
			transport = &sb_virtio_mmio_legacy;
		if (transport->find(at, SB_VIRTIO_ENTROPY) == SB_OK) {
			rng->transport = transport;
			rng->at = at;
			return SB_OK;
		}
	}
	return SB_ENODEV;
}
SB_OWN(sb_virtio_mmio_find);
