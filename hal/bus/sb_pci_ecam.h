/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI whose configuration space is a window in memory: ECAM (PCI Express Base
 * Specification 5.0, section 7.2.2). A device tree or ACPI tells where it is.
 * What it tells is not trusted: it is bounded, and the board maps each address.
 *
 * Where no firmware did it, sb_pci_assign numbers the buses and assigns
 * addresses.
 */
#ifndef SB_PCI_ECAM_H
#define SB_PCI_ECAM_H

#include "sb_acpi.h"
#include "sb_fdt.h"
#include "sb_pci.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The place where the CPU reaches `size` bytes of devices at a physical
   address, uncached. NULL: out of reach, or it is no place for a device. */
typedef void *sb_pci_reach(uint64_t address, uint64_t size);

/* A part of the address space of PCI, and where the CPU has it. */
struct sb_pci_window {
	uint64_t pci, cpu, size;
	uint8_t space; /* 0: unused; or SB_PCI_SPACE_ */
};
#define SB_PCI_SPACE_PORT 1
#define SB_PCI_SPACE_32 2
#define SB_PCI_SPACE_64 3
#define SB_PCI_WINDOWS 4

/* One host bridge. &ecam->pci is what the functions of sb_pci.h take. */
struct sb_pci_ecam {
	struct sb_pci pci; /* the first member */
	uintptr_t config;  /* of bus pci.first */
	uintptr_t ports;   /* where the CPU has window `io`; 0: no I/O space */
	sb_pci_reach *reach;
	uint16_t segment;
	uint8_t windows; /* 0: PCI's addresses are the CPU's */
	uint8_t io;
	struct sb_pci_window window[SB_PCI_WINDOWS];
	struct sb_fdt_value iommu_map;
};

/*
 * Fills in host bridge number `n` of a device tree, "pci-host-ecam-generic"
 * (Linux Documentation/devicetree/bindings/pci/host-generic-pci). The tree must
 * stay until the devices are found. SB_OK; SB_ENODEV: there is none;
 * SB_EUNSEEN: it is there, and is not understood or out of reach.
 */
int sb_pci_ecam_fdt(struct sb_pci_ecam *ecam, const struct sb_fdt *fdt, unsigned n,
		    sb_pci_reach *reach);

/*
 * The same for entry number `n` of ACPI's MCFG (PCI Firmware Specification 3.2,
 * section 4.1.2). A firmware that gives it has assigned all addresses.
 */
int sb_pci_ecam_mcfg(struct sb_pci_ecam *ecam, const struct sb_acpi *acpi, unsigned n,
		     sb_pci_reach *reach);

/*
 * Whether ACPI tells of an IOMMU: DMAR (Intel), IVRS (AMD) or VIOT (virtio).
 * Nonzero: yes, or its tables were not understood. `opened` is what
 * sb_acpi_open or sb_acpi_search said.
 */
int sb_acpi_iommu(const struct sb_acpi *acpi, int opened);

/*
 * Numbers the buses behind bridges, and assigns addresses to the functions that
 * wanted() names, out of the windows of the host bridge. It does nothing where
 * a bridge has a number or a function an address: a firmware was here. Other
 * functions get none. Each bus is scanned twice at most. SB_OK; SB_EUNSEEN: a
 * bridge was left without a number.
 */
int sb_pci_assign(const struct sb_pci_ecam *ecam,
		  int (*wanted)(const struct sb_pci *pci, uint32_t function));

/* Bridges within bridges: those that are deeper get no number. */
#define SB_PCI_DEPTH_MAX 64

#ifdef __cplusplus
}
#endif
#endif
