/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machines, of whatever ISA: where their entropy devices are. The
 * slots of virtio-mmio are looked at first, then PCI.
 */
#ifndef VIRT_H
#define VIRT_H

#include "sb_fdt.h"
#include "sb_pci_ecam.h"
#include "sb_smccc_trng.h"
#include "sb_virtio_pci.h"

/* Each board defines this. */
extern const struct virt_places {
	uintptr_t slots, slot_size; /* of virtio-mmio */
	unsigned slot_count;
	sb_pci_reach *reach; /* for ECAM and BARs */
	/* for epoch.c: nonzero if a byte of RAM is there */
	int (*is_ram)(uint64_t address);
} virt_places;

/* Two, so that a sound one serves beside a silent one. */
#define VIRT_RNGS 2
extern struct sb_virtio_rng_state virt_rng[VIRT_RNGS];

/* Without a tree (NULL) nobody knows where PCI is. */
void virt_find_rng(const struct sb_fdt *tree);

/*
 * epoch.c, for a board that lists it: finds in the tree what tells that the
 * machine was cloned, and says so in board_facts; for sb_hal.epoch.
 */
void virt_find_epoch(const struct sb_fdt *tree);
int virt_epoch(uint8_t id[16]);

/*
 * firmware.c, for a board of Arm that lists it: the context of SB_SMCCC_TRNG
 * and SB_SMCCC_TRNG_HVC by the tree. Who answers, by his own word, goes behind
 * what is in board_facts.
 */
extern struct sb_smccc virt_firmware;
void virt_find_firmware(const struct sb_fdt *tree, sb_smccc_call *smc, sb_smccc_call *hvc);

#endif
