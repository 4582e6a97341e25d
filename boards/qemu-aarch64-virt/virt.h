/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef VIRT_H
#define VIRT_H

#include "sb_fdt.h"
#include "sb_virtio_pci.h"

/*
 * rng.c: the entropy devices, of virtio-mmio slots, then of PCI. Two, so that a
 * sound one serves beside a silent one. Without a tree nobody knows where PCI
 * is.
 */
#define VIRT_RNGS 2
extern struct sb_virtio_rng_state virt_rng[VIRT_RNGS];
void virt_find_rng(const struct sb_fdt *tree);

#endif
