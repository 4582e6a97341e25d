/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_pci.h"

#define PCI_FUNCTIONS 8u
#define PCI_BUS 256u /* functions of a bus */
#define PCI_BUSES 256u
/* PCI 3.0 section 6.2.1. MANY: the device has more functions than the first. */
#define PCI_HEADER_MANY 0x800000u
#define PCI_HEADER_TYPE 0x7f0000u
#define PCI_HEADER_BRIDGE 0x010000u
/* PCI-to-PCI Bridge Architecture 1.2, section 3.2.5: numbers of buses, as
   primary | secondary << 8 | subordinate << 16. */
#define PCI_BRIDGE_BUSES 0x18

/* Section 6.2.5.1. */
#define PCI_BAR_PORT 1u
#define PCI_BAR_PORT_FLAGS 3u
#define PCI_BAR_TYPE 6u
#define PCI_BAR_64 4u
#define PCI_BAR_MEMORY_FLAGS 15u

static int pci_nobody(const struct sb_pci *pci, uint32_t function)
{
	uint32_t vendor = pci->read(function, SB_PCI_ID) & 0xffff;

	return vendor == 0xffff || vendor == 0;
}

/* The bound is the largest possible machine: 256 buses of 256 functions. A bus
   is looked at only if a bridge leads to it. */
uint32_t sb_pci_find(const struct sb_pci *pci, uint32_t from,
		     int (*wanted)(const struct sb_pci *pci, uint32_t function))
{
	uint32_t end = PCI_BUS;

	for (uint32_t function = 0; function < end; function++) {
		if (pci_nobody(pci, function)) {
			/* a device without the first function has no others */
			if (function % PCI_FUNCTIONS == 0)
				function += PCI_FUNCTIONS - 1;
			continue;
		}
		if (function >= from && wanted(pci, function))
			return function;

		uint32_t header = pci->read(function, SB_PCI_HEADER);

		if ((header & PCI_HEADER_TYPE) == PCI_HEADER_BRIDGE) {
			uint32_t last =
				pci->read(function, PCI_BRIDGE_BUSES) >> 16 & (PCI_BUSES - 1);

			if (end < (last + 1) * PCI_BUS)
				end = (last + 1) * PCI_BUS;
		}
		if (function % PCI_FUNCTIONS == 0 && !(header & PCI_HEADER_MANY))
			function += PCI_FUNCTIONS - 1;
	}
	return SB_PCI_NOWHERE;
}
SB_OWN(sb_pci_find);

/* The bits of a register that can be written. Its value stays as it was. */
static uint32_t pci_bar_mask(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	uint32_t value = pci->read(function, offset), mask;

	pci->write(function, offset, 0xffffffffu);
	mask = pci->read(function, offset);
	pci->write(function, offset, value);
	return mask;
}

/* Reads one address. Returns the number of registers that it takes: 1 or 2. */
static unsigned pci_bar(const struct sb_pci *pci, uint32_t function, uint32_t offset, int last,
			struct sb_pci_bar *bar)
{
	uint32_t low = pci->read(function, offset),
		 flags = low & PCI_BAR_PORT ? PCI_BAR_PORT_FLAGS : PCI_BAR_MEMORY_FLAGS;
	uint64_t fixed = 0xffffffff00000000u; /* bits outside of the address */
	int wide = !(low & PCI_BAR_PORT) && (low & PCI_BAR_TYPE) == PCI_BAR_64 && !last;

	bar->port = low & PCI_BAR_PORT;
	bar->address = low & ~flags;
	/* the upper 16 bits of a port may be hardwired to 0 */
	if (bar->port)
		fixed = 0xffffffffffff0000u;
	if (wide) {
		bar->address |= (uint64_t)pci->read(function, offset + 4) << 32;
		fixed = (uint64_t)pci_bar_mask(pci, function, offset + 4) << 32;
	}
	bar->size = ~((fixed | pci_bar_mask(pci, function, offset)) & ~(uint64_t)flags) + 1;
	/* It is absent or not assigned. Or its size is not a power of two at a
	   multiple of itself, which an honest device has. */
	if (!bar->address || bar->size & (bar->size - 1) || bar->address & (bar->size - 1))
		bar->size = 0;
	return wide ? 2 : 1;
}

void sb_pci_bars(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar bar[SB_PCI_BARS])
{
	/* without the status half: writing 1 there clears a bit */
	uint32_t command = pci->read(function, SB_PCI_COMMAND) & 0xffff;
	unsigned i = 0;

	pci->write(function, SB_PCI_COMMAND,
		   command & ~(SB_PCI_COMMAND_IO | SB_PCI_COMMAND_MEMORY));
	while (i < SB_PCI_BARS) {
		unsigned taken =
			pci_bar(pci, function, SB_PCI_BAR0 + 4 * i, i + 1 == SB_PCI_BARS, &bar[i]);

		if (taken == 2)
			bar[i + 1] = (struct sb_pci_bar){ 0, 0, 0 };
		i += taken;
	}
	pci->write(function, SB_PCI_COMMAND, command);
}
SB_OWN(sb_pci_bars);
