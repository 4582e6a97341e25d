/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over PCI, VIRTIO 1.2 section 4.1. The board finds the function, and
 * sb_virtio_pci_open picks the transport:
 *
 *	static struct sb_virtio_pci where;
 *	function = sb_pci_find(&pci, 0, sb_virtio_pci_is_entropy);
 *	if (function != SB_PCI_NOWHERE)
 *		rng.transport = sb_virtio_pci_open(&where, &pci, function);
 *	... rng.at = &where, and rng.pages for a legacy device ...
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

/* By capabilities, section 4.1.4. */
extern const struct sb_virtio_transport sb_virtio_pci_modern;

/* By I/O ports, section 4.1.4.10. */
extern const struct sb_virtio_transport sb_virtio_pci_legacy;

#ifdef __cplusplus
}
#endif
#endif
