/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding a PCI function and its base address registers (PCI Local Bus
 * Specification 3.0, chapter 6). This is for boards: drivers never scan. What
 * no firmware assigned, sb_pci_ecam.h assigns.
 */
#ifndef SB_PCI_H
#define SB_PCI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A host bridge, or several that have one configuration space: two ports on
   x86, a window in memory elsewhere (sb_pci_ecam.h). */
struct sb_pci {
	/* Reads 32 bits of a function's first 256 bytes. `offset` is a multiple
	   of 4. The result is all-ones where there is no function. */
	uint32_t (*read)(const struct sb_pci *pci, uint32_t function, uint32_t offset);
	void (*write)(const struct sb_pci *pci, uint32_t function, uint32_t offset, uint32_t value);
	/* Returns the place where the CPU sees `size` bytes of PCI memory
	   space, or NULL if they are out of its reach. The host gives the
	   address: the board must not let it point at RAM. */
	void *(*map)(const struct sb_pci *pci, uint64_t address, uint64_t size);
	/* I/O space. `width` is 1, 2 or 4 bytes. Both are NULL if there is no
	   I/O space. */
	uint32_t (*in)(const struct sb_pci *pci, uint32_t port, unsigned width);
	void (*out)(const struct sb_pci *pci, uint32_t port, unsigned width, uint32_t value);
	/* Nonzero: what this function reads and writes in memory goes through
	   an IOMMU, or nobody knows. NULL: there is no IOMMU. */
	int (*iommu)(const struct sb_pci *pci, uint32_t function);
	uint8_t first, last; /* numbers of buses that there may be */
};

#define SB_PCI_FUNCTION(bus, device, function) \
	((uint32_t)(bus) << 8 | (uint32_t)(device) << 3 | (uint32_t)(function))
#define SB_PCI_NOWHERE 0xffffffffu
#define SB_PCI_FUNCTIONS 8u /* of a device */

#define SB_PCI_ID 0x00      /* vendor | device << 16 */
#define SB_PCI_COMMAND 0x04 /* command | status << 16 */
#define SB_PCI_COMMAND_IO 1u
#define SB_PCI_COMMAND_MEMORY 2u
#define SB_PCI_COMMAND_MASTER 4u
#define SB_PCI_COMMAND_NO_INTERRUPT 0x400u
#define SB_PCI_STATUS_CAPABILITIES 0x100000u
#define SB_PCI_HEADER 0x0c /* header type << 16 */
/* MANY: the device has more functions than the first. */
#define SB_PCI_HEADER_MANY 0x800000u
#define SB_PCI_HEADER_TYPE 0x7f0000u
#define SB_PCI_HEADER_BRIDGE 0x010000u
#define SB_PCI_BAR0 0x10
#define SB_PCI_BARS 6
#define SB_PCI_SUBSYSTEM 0x2c /* vendor | device << 16 */
#define SB_PCI_CAPABILITIES 0x34

struct sb_pci_bar {
	/* Size 0: this register is absent, or not assigned, or it is the upper
	   half of the one before. */
	uint64_t address, size;
	uint8_t port; /* nonzero: in I/O space */
	uint8_t wide; /* nonzero: two registers, 64 bits */
};

/* Nonzero: there is no such function. */
int sb_pci_nobody(const struct sb_pci *pci, uint32_t function);

/* The function behind this one that may be there: a device that has no first
   function has no others. `nobody` is what sb_pci_nobody said. */
uint32_t sb_pci_next(const struct sb_pci *pci, uint32_t function, int nobody);

/*
 * Finds the first function, numbered `from` or higher, for which wanted()
 * returns nonzero. It looks at each bus from `first` to `last`, whether a
 * bridge leads to it or not: a machine may have several roots. Of an empty slot
 * one register is read: 8192 where 256 buses are empty. `from` is 0 at first.
 * Returns SB_PCI_NOWHERE if there is no such function.
 */
uint32_t sb_pci_find(const struct sb_pci *pci, uint32_t from,
		     int (*wanted)(const struct sb_pci *pci, uint32_t function));

/* Reads and measures all base address registers of a function. The function
   decodes no address meanwhile. */
void sb_pci_bars(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar bar[SB_PCI_BARS]);

/* The same for `count` of its registers; and one that has no address yet has
   its size. */
void sb_pci_measure(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar *bar,
		    unsigned count);

#ifdef __cplusplus
}
#endif
#endif
