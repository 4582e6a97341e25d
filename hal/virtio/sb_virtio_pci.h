/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over PCI, VIRTIO 1.2 section 4.1. A board has a row of its table for
 * each device that it is willing to use:
 *
 *	static struct sb_virtio_rng_state rng[2];
 *	static struct sb_virtio_pci where[2];
 *	found = sb_virtio_pci_find(&pci, rng, where, 2);
 *	... rng[i].pages for legacy devices ...
 */
#ifndef SB_VIRTIO_PCI_H
#define SB_VIRTIO_PCI_H

#include "sb_pci.h"
#include "sb_virtio.h"

#ifdef __cplusplus
extern "C" {
#endif

/* sb_virtio_rng_state.at points at one of these, for both transports.
   sb_virtio_pci_open fills it in. Private. */
struct sb_virtio_pci {
	const struct sb_pci *pci;
	uint32_t function;
	struct sb_pci_bar bar[SB_PCI_BARS];
	uintptr_t common;
	uint64_t notify, notify_size; /* notify: its place as the CPU sees it */
	uint32_t notify_step;
	uint16_t notify_offset; /* of queue 0, in steps */
};

/* For sb_pci_find: an entropy device, modern or transitional. */
int sb_virtio_pci_is_entropy(const struct sb_pci *pci, uint32_t function);

/*
 * Lets the function decode its addresses and master the bus. Returns the modern
 * transport if the device offers it within the CPU's reach, else the legacy one
 * if the device has it, else NULL. MSI-X stays off, as it is after reset.
 */
const struct sb_virtio_transport *sb_virtio_pci_open(struct sb_virtio_pci *at,
						     const struct sb_pci *pci, uint32_t function);

/*
 * Finds up to `rows` entropy devices in their order, and puts each with its
 * transport and its IOMMU into a state. Returns how many it found. One whose
 * registers are out of reach counts too, and its probe says SB_EUNFIT.
 */
unsigned sb_virtio_pci_find(const struct sb_pci *pci, struct sb_virtio_rng_state *rng,
			    struct sb_virtio_pci *where, unsigned rows);

/* By capabilities, section 4.1.4. */
extern const struct sb_virtio_transport sb_virtio_pci_modern;

/* By I/O ports, section 4.1.4.10. */
extern const struct sb_virtio_transport sb_virtio_pci_legacy;

#ifdef __cplusplus
}
#endif
#endif
