/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a driver with DMA asks of a board: addresses and caches. It assumes
 * neither an identity map nor coherence. The memory itself is static and
 * belongs to the board. It is aligned as the driver's context type says, and it
 * stays at one address for life.
 */
#ifndef SB_DMA_H
#define SB_DMA_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sb_dma {
	/* What a device calls this place. NULL: the pointer itself. */
	uint64_t (*address)(const volatile void *at);
	/* Makes our writes visible to the device. NULL: coherent. */
	void (*to_device)(const volatile void *at, size_t len);
	/* Makes the device's writes visible to us. NULL: coherent. */
	void (*to_cpu)(const volatile void *at, size_t len);
	/*
	 * Nonzero: address() gives what a platform IOMMU expects, so
	 * VIRTIO_F_ACCESS_PLATFORM may be accepted behind one.
	 */
	uint8_t translated;
};

#ifdef __cplusplus
}
#endif
#endif
