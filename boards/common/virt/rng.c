/* SPDX-License-Identifier: BSD-2-Clause */
#include "virt.h"

#define RNG_HOSTS 2 /* virt has one */

struct sb_virtio_rng_state virt_rng[VIRT_RNGS];

static struct sb_virtio_pages rng_pages[VIRT_RNGS];
static struct sb_virtio_pci rng_where[VIRT_RNGS];
static struct sb_pci_ecam rng_host[RNG_HOSTS];
static unsigned rng_found;

/* Nonzero: there is PCI that could not be looked at. */
static int rng_of_pci(const struct sb_fdt *tree)
{
	int result = SB_OK, unseen = 0;

	for (unsigned n = 0; n < RNG_HOSTS && result != SB_ENODEV; n++) {
		result = sb_pci_ecam_fdt(&rng_host[n], tree, n, virt_places.reach);
		if (result == SB_OK) {
			result = sb_pci_assign(&rng_host[n], sb_virtio_pci_is_entropy);
			rng_found +=
				sb_virtio_pci_find(&rng_host[n].pci, virt_rng + rng_found,
						   rng_where + rng_found, VIRT_RNGS - rng_found);
		}
		unseen |= result == SB_EUNSEEN;
	}
	return unseen | (result != SB_ENODEV);
}

void virt_find_rng(const struct sb_fdt *tree)
{
	int unseen;

	rng_found = sb_virtio_mmio_find_all(virt_rng, VIRT_RNGS, virt_places.slots,
					    virt_places.slot_size, virt_places.slot_count);
	unseen = tree ? rng_of_pci(tree) : 1;
	for (unsigned i = 0; i < VIRT_RNGS; i++) {
		virt_rng[i].pages = &rng_pages[i];
		virt_rng[i].unseen = (uint8_t)unseen;
	}
}
