/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a driver with DMA asks of a board: addresses and caches. No identity map is assumed, and no coherence. The memory itself is static,
 * owned by the board, aligned as the driver's context type says, and at one address for life.
 */
#ifndef SB_DMA_H
#define SB_DMA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sb_dma {
	uint64_t (*address)(
		const volatile void
			*at); /* what a device calls this place; NULL: the pointer itself */
	void (*to_device)(const volatile void *at,
			  size_t len); /* make our writes visible to it; NULL: coherent */
	void (*to_cpu)(const volatile void *at,
		       size_t len); /* make its writes visible to us; NULL: coherent */
	uint8_t translated; /* nonzero: address() gives what a platform IOMMU expects, so VIRTIO_F_ACCESS_PLATFORM may be accepted */
};

#ifdef __cplusplus
}
#endif
#endif
