/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the entropy devices of microvm, pc and q35 are. */
#include "qemu_x86.h"

/*
 * The virtio-mmio slots of microvm (QEMU hw/i386/microvm.c): 8, or 24 with a
 * second IOAPIC.
 */
#define RNG_SLOT_FIRST 0xfeb00000u
#define RNG_SLOT_SIZE 0x200u
#define RNG_SLOTS 24

/* PCI by ECAM: entries of ACPI's MCFG, or host bridges of microvm's tree. */
#define RNG_HOSTS 4

#define RNG_TREE_BYTES 0x4000u
/* Devicetree Specification 0.4, section 5.2: where the blob's length is. */
#define RNG_TREE_TOTAL 4u

struct sb_virtio_rng_state qemu_x86_rng[QEMU_X86_RNGS];

static struct sb_virtio_pages rng_pages[QEMU_X86_RNGS];
static struct sb_virtio_pci rng_where[QEMU_X86_RNGS];
static struct sb_pci_ecam rng_host[RNG_HOSTS];
static uint8_t rng_tree[RNG_TREE_BYTES] __attribute__((aligned(4)));
static unsigned rng_found;
static int rng_unseen, rng_iommu;

int qemu_x86_iommu(const struct sb_pci *pci, uint32_t function)
{
	(void)pci;
	(void)function;
	return rng_iommu;
}

static void rng_of(const struct sb_pci *pci)
{
	rng_found += sb_virtio_pci_find(pci, qemu_x86_rng + rng_found, rng_where + rng_found,
					QEMU_X86_RNGS - rng_found);
}

/*
 * Other segments than that of the ports; or all, where there are no ports. The
 * firmware has assigned the addresses.
 */
static void rng_by_mcfg(const struct sb_acpi *acpi, int ports)
{
	int result = SB_OK;

	for (unsigned n = 0; n < RNG_HOSTS && result != SB_ENODEV; n++) {
		result = sb_pci_ecam_mcfg(&rng_host[n], acpi, n, qemu_x86_reach);
		if (ports && !rng_host[n].segment)
			continue;
		rng_unseen |= result == SB_EUNSEEN;
		if (result != SB_OK)
			continue;
		rng_host[n].pci.iommu = qemu_x86_iommu;
		rng_host[n].pci.in = qemu_x86_pci.in;
		rng_host[n].pci.out = qemu_x86_pci.out;
		rng_of(&rng_host[n].pci);
	}
	rng_unseen |= result != SB_ENODEV;
}

/*
 * microvm with pcie=on. QEMU hands its tree over in a file that is longer than
 * the tree, so the length is set to what was read.
 */
static void rng_by_tree(void)
{
	struct sb_fdt tree;
	int result = SB_OK;

	if (sb_fw_cfg_read(&qemu_x86_fw_cfg, "etc/fdt", rng_tree, sizeof rng_tree) != SB_OK)
		return;
	for (unsigned i = 0; i < 4; i++)
		rng_tree[RNG_TREE_TOTAL + i] = (uint8_t)(RNG_TREE_BYTES >> (24 - 8 * i));
	if (sb_fdt_open(&tree, rng_tree, sizeof rng_tree) != SB_OK) {
		rng_unseen = 1;
		return;
	}
	for (unsigned n = 0; n < RNG_HOSTS && result != SB_ENODEV; n++) {
		result = sb_pci_ecam_fdt(&rng_host[n], &tree, n, qemu_x86_reach);
		if (result == SB_OK) {
			result = sb_pci_assign(&rng_host[n], sb_virtio_pci_is_entropy);
			rng_of(&rng_host[n].pci);
		}
		rng_unseen |= result == SB_EUNSEEN;
	}
	rng_unseen |= result != SB_ENODEV;
}

/*
 * On pc and q35 nothing answers at the first slot, and the others are left
 * alone.
 */
void qemu_x86_find_rng(const struct sb_acpi *acpi, int opened)
{
	int ports = qemu_x86_pci_present();

	rng_iommu = sb_acpi_iommu(acpi, opened);
	rng_found = sb_virtio_mmio_find_all(qemu_x86_rng, QEMU_X86_RNGS, RNG_SLOT_FIRST,
					    RNG_SLOT_SIZE, RNG_SLOTS);
	if (ports)
		rng_of(&qemu_x86_pci);
	else
		rng_by_tree();
	if (opened == SB_OK)
		rng_by_mcfg(acpi, ports);
	rng_unseen |= opened == SB_EIO;
	for (unsigned i = 0; i < QEMU_X86_RNGS; i++) {
		qemu_x86_rng[i].pages = &rng_pages[i];
		qemu_x86_rng[i].unseen = (uint8_t)rng_unseen;
	}
}
