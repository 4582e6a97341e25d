/* SPDX-License-Identifier: BSD-2-Clause */
/* Which functions of PCI are entropy devices. */
#include "sb_virtio_pci.h"

unsigned sb_virtio_pci_find(const struct sb_pci *pci, struct sb_virtio_rng_state *rng,
			    struct sb_virtio_pci *where, unsigned rows)
{
	unsigned found = 0;
	uint32_t function = 0;

	for (; found < rows; found++, function++) {
		function = sb_pci_find(pci, function, sb_virtio_pci_is_entropy);
		if (function == SB_PCI_NOWHERE)
			break;
		rng[found].transport = sb_virtio_pci_open(&where[found], pci, function);
		rng[found].at = &where[found];
		rng[found].iommu = pci->iommu && pci->iommu(pci, function);
	}
	return found;
}
SB_OWN(sb_virtio_pci_find);
