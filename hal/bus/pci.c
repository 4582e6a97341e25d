/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_pci.h"

/* Section 6.2.5.1. */
#define PCI_BAR_PORT 1u
#define PCI_BAR_PORT_FLAGS 3u
#define PCI_BAR_TYPE 6u
#define PCI_BAR_64 4u
#define PCI_BAR_MEMORY_FLAGS 15u

int sb_pci_nobody(const struct sb_pci *pci, uint32_t function)
{
	uint32_t vendor = pci->read(pci, function, SB_PCI_ID) & 0xffff;

	return vendor == 0xffff || vendor == 0;
}
SB_OWN(sb_pci_nobody);

uint32_t sb_pci_next(const struct sb_pci *pci, uint32_t function, int nobody)
{
	if (function % SB_PCI_FUNCTIONS == 0 &&
	    (nobody || !(pci->read(pci, function, SB_PCI_HEADER) & SB_PCI_HEADER_MANY)))
		return function + SB_PCI_FUNCTIONS;
	return function + 1;
}
SB_OWN(sb_pci_next);

uint32_t sb_pci_find(const struct sb_pci *pci, uint32_t from,
		     int (*wanted)(const struct sb_pci *pci, uint32_t function))
{
	uint32_t function = SB_PCI_FUNCTION(pci->first, 0, 0);

	/* from the first function of its device on: it tells of others */
	if (function < from)
		function = from - from % SB_PCI_FUNCTIONS;
	while (function < SB_PCI_FUNCTION(pci->last + 1u, 0, 0)) {
		int nobody = sb_pci_nobody(pci, function);

		if (!nobody && function >= from && wanted(pci, function))
			return function;
		function = sb_pci_next(pci, function, nobody);
	}
	return SB_PCI_NOWHERE;
}
SB_OWN(sb_pci_find);

/* The bits of a register that can be written. Its value stays as it was. */
static uint32_t pci_bar_mask(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	uint32_t value = pci->read(pci, function, offset), mask;

	pci->write(pci, function, offset, 0xffffffffu);
	mask = pci->read(pci, function, offset);
	pci->write(pci, function, offset, value);
	return mask;
}

/* Reads one address. Returns the number of registers that it takes: 1 or 2. */
static unsigned pci_bar(const struct sb_pci *pci, uint32_t function, uint32_t offset, int last,
			struct sb_pci_bar *bar)
{
	uint32_t low = pci->read(pci, function, offset),
		 flags = low & PCI_BAR_PORT ? PCI_BAR_PORT_FLAGS : PCI_BAR_MEMORY_FLAGS;
	uint32_t mask = pci_bar_mask(pci, function, offset) & ~flags;
	uint64_t fixed = 0xffffffff00000000u; /* bits outside of the address */
	int wide = !(low & PCI_BAR_PORT) && (low & PCI_BAR_TYPE) == PCI_BAR_64 && !last;

	bar->port = low & PCI_BAR_PORT;
	bar->address = low & ~flags;
	/* the upper 16 bits of a port may be hardwired to 0 */
	if (bar->port)
		fixed = 0xffffffffffff0000u;
	if (wide) {
		bar->address |= (uint64_t)pci->read(pci, function, offset + 4) << 32;
		fixed = (uint64_t)pci_bar_mask(pci, function, offset + 4) << 32;
	}
	bar->size = ~(fixed | mask) + 1;
	/* It is absent. Or its size is not a power of two at a multiple of
	   itself, which an honest device has. */
	if ((!mask && (!wide || !fixed)) || bar->size & (bar->size - 1) ||
	    bar->address & (bar->size - 1))
		bar->size = 0;
	bar->wide = (uint8_t)wide;
	return wide ? 2 : 1;
}

void sb_pci_measure(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar *bar,
		    unsigned count)
{
	/* without the status half: writing 1 there clears a bit */
	uint32_t command = pci->read(pci, function, SB_PCI_COMMAND) & 0xffff;
	unsigned i = 0;

	pci->write(pci, function, SB_PCI_COMMAND,
		   command & ~(SB_PCI_COMMAND_IO | SB_PCI_COMMAND_MEMORY));
	while (i < count) {
		unsigned taken =
			pci_bar(pci, function, SB_PCI_BAR0 + 4 * i, i + 1 == count, &bar[i]);

		if (taken == 2)
			bar[i + 1] = (struct sb_pci_bar){ 0, 0, 0, 0 };
		i += taken;
	}
	pci->write(pci, function, SB_PCI_COMMAND, command);
}
SB_OWN(sb_pci_measure);

void sb_pci_bars(const struct sb_pci *pci, uint32_t function, struct sb_pci_bar bar[SB_PCI_BARS])
{
	sb_pci_measure(pci, function, bar, SB_PCI_BARS);
	for (unsigned i = 0; i < SB_PCI_BARS; i++)
		if (!bar[i].address)
			bar[i].size = 0;
}
SB_OWN(sb_pci_bars);
