/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_pci_ecam.h"

#define ECAM_BUS 0x100000u /* bytes of a bus */
#define ECAM_FUNCTION 0x1000u

/* Devicetree, PCI Bus Binding to IEEE 1275: the first of three cells. */
#define ECAM_SPACE(cell) ((cell) >> 24 & 3)
#define ECAM_RANGE_CELLS 7u /* 3 of PCI, 2 of the CPU, 2 of the size */
#define ECAM_MAP_CELLS 4u   /* iommu-map: first function, whose, as what, count */

/* MCFG: a header and 8 bytes, then entries. */
#define ECAM_MCFG_FIRST (SB_ACPI_HEADER + 8)
#define ECAM_MCFG_ENTRY 16u

/* The way by void: on Arm the whole has a larger alignment than its part. */
static const struct sb_pci_ecam *ecam_of(const struct sb_pci *pci)
{
	return (const void *)pci;
}

static uintptr_t ecam_at(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	const struct sb_pci_ecam *ecam = ecam_of(pci);

	if (function < SB_PCI_FUNCTION(pci->first, 0, 0) ||
	    function >= SB_PCI_FUNCTION(pci->last + 1u, 0, 0))
		return 0;
	return ecam->config + (function - SB_PCI_FUNCTION(pci->first, 0, 0)) * ECAM_FUNCTION +
	       offset;
}

static uint32_t ecam_read(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	uintptr_t at = ecam_at(pci, function, offset);

	return at ? sb_io_read32(at) : 0xffffffffu;
}

static void ecam_write(const struct sb_pci *pci, uint32_t function, uint32_t offset, uint32_t value)
{
	uintptr_t at = ecam_at(pci, function, offset);

	if (at)
		sb_io_write32(at, value);
}

static int ecam_within(uint64_t address, uint64_t size, uint64_t from, uint64_t bytes)
{
	return address >= from && size <= bytes && address - from <= bytes - size;
}

static void *ecam_map(const struct sb_pci *pci, uint64_t address, uint64_t size)
{
	const struct sb_pci_ecam *ecam = ecam_of(pci);

	for (unsigned i = 0; i < ecam->windows; i++) {
		const struct sb_pci_window *window = &ecam->window[i];

		if (window->space != SB_PCI_SPACE_PORT &&
		    ecam_within(address, size, window->pci, window->size))
			return ecam->reach(window->cpu + (address - window->pci), size);
	}
	return ecam->windows ? NULL : ecam->reach(address, size);
}

/* A device says which port: one beside the window is nowhere. */
static uintptr_t ecam_port(const struct sb_pci *pci, uint32_t port, unsigned width)
{
	const struct sb_pci_ecam *ecam = ecam_of(pci);
	const struct sb_pci_window *window = &ecam->window[ecam->io];

	if (!ecam_within(port, width, window->pci, window->size))
		return 0;
	return ecam->ports + (uintptr_t)(port - window->pci);
}

static uint32_t ecam_in(const struct sb_pci *pci, uint32_t port, unsigned width)
{
	uintptr_t at = ecam_port(pci, port, width);

	if (!at)
		return 0xffffffffu;
	return width == 1 ? sb_io_read8(at) : width == 2 ? sb_io_read16(at) : sb_io_read32(at);
}

static void ecam_out(const struct sb_pci *pci, uint32_t port, unsigned width, uint32_t value)
{
	uintptr_t at = ecam_port(pci, port, width);

	if (!at)
		return;
	if (width == 1)
		sb_io_write8(at, (uint8_t)value);
	else if (width == 2)
		sb_io_write16(at, (uint16_t)value);
	else
		sb_io_write32(at, value);
}

/* Linux Documentation/devicetree/bindings/pci/pci-iommu. */
static int ecam_iommu(const struct sb_pci *pci, uint32_t function)
{
	const struct sb_fdt_value *map = &ecam_of(pci)->iommu_map;

	for (uint32_t i = 0; map->at && i < map->len / 4; i += ECAM_MAP_CELLS)
		if (function - sb_fdt_cell(map, i) < sb_fdt_cell(map, i + 3))
			return 1;
	return 0;
}

static int ecam_open(struct sb_pci_ecam *ecam, uint64_t config, uint32_t first, uint32_t last,
		     sb_pci_reach *reach)
{
	void *at;

	if (first > last || last > 255)
		return SB_EUNSEEN;
	at = reach(config, (uint64_t)(last - first + 1) * ECAM_BUS);
	if (!at)
		return SB_EUNSEEN;
	ecam->config = (uintptr_t)at;
	ecam->reach = reach;
	ecam->pci = (struct sb_pci){ .read = ecam_read,
				     .write = ecam_write,
				     .map = ecam_map,
				     .iommu = ecam_iommu,
				     .first = (uint8_t)first,
				     .last = (uint8_t)last };
	return SB_OK;
}

/* The first range of ports is I/O space. It need not begin at port 0. */
static void ecam_ranges(struct sb_pci_ecam *ecam, const struct sb_fdt_value *ranges)
{
	uint32_t cells = ranges->len / 4;

	for (uint32_t i = 0; i + ECAM_RANGE_CELLS <= cells && ecam->windows < SB_PCI_WINDOWS;
	     i += ECAM_RANGE_CELLS) {
		struct sb_pci_window *window = &ecam->window[ecam->windows];
		void *ports = NULL;

		window->space = ECAM_SPACE(sb_fdt_cell(ranges, i));
		window->pci = sb_fdt_cells(ranges, i + 1);
		window->cpu = sb_fdt_cells(ranges, i + 3);
		window->size = sb_fdt_cells(ranges, i + 5);
		if (!window->space || window->size > UINT64_MAX - window->pci ||
		    window->size > UINT64_MAX - window->cpu)
			continue;
		ecam->windows++;
		if (window->space == SB_PCI_SPACE_PORT && !ecam->ports)
			ports = ecam->reach(window->cpu, window->size);
		if (!ports)
			continue;
		ecam->ports = (uintptr_t)ports;
		ecam->io = (uint8_t)(window - ecam->window);
		ecam->pci.in = ecam_in;
		ecam->pci.out = ecam_out;
	}
}

int sb_pci_ecam_fdt(struct sb_pci_ecam *ecam, const struct sb_fdt *fdt, unsigned n,
		    sb_pci_reach *reach)
{
	static const char *const name[] = { "reg", "ranges", "bus-range", "iommu-map" };
	struct sb_fdt_value value[4];
	uint32_t first, last;
	int result;

	if (sb_fdt_find_all(fdt, "pci-host-ecam-generic", n, name, value, 4) != SB_OK)
		return SB_ENODEV;
	*ecam = (struct sb_pci_ecam){ .iommu_map = value[3] };
	first = value[2].at ? sb_fdt_cell(&value[2], 0) : 0;
	last = value[2].at ? sb_fdt_cell(&value[2], 1) : 255;
	if (value[0].len != 16 || !value[1].at || value[1].len % (4 * ECAM_RANGE_CELLS) ||
	    sb_fdt_cells(&value[0], 2) < (uint64_t)(last - first + 1) * ECAM_BUS)
		return SB_EUNSEEN;
	result = ecam_open(ecam, sb_fdt_cells(&value[0], 0), first, last, reach);
	if (result == SB_OK)
		ecam_ranges(ecam, &value[1]);
	return result;
}
SB_OWN(sb_pci_ecam_fdt);

int sb_pci_ecam_mcfg(struct sb_pci_ecam *ecam, const struct sb_acpi *acpi, unsigned n,
		     sb_pci_reach *reach)
{
	uint32_t at = ECAM_MCFG_FIRST + n * ECAM_MCFG_ENTRY, word;
	struct sb_acpi_table mcfg;
	int result = sb_acpi_find(acpi, "MCFG", 0, &mcfg);

	if (result != SB_OK)
		return result == SB_ENODEV ? SB_ENODEV : SB_EUNSEEN;
	if (n > SB_ACPI_BYTES_MAX / ECAM_MCFG_ENTRY || at + ECAM_MCFG_ENTRY > mcfg.len)
		return SB_ENODEV;
	word = sb_acpi_32(&mcfg, at + 8); /* segment, first bus, last bus */
	*ecam = (struct sb_pci_ecam){ .segment = (uint16_t)word };
	/* the address is that of bus 0, whatever the first bus is */
	return ecam_open(ecam, sb_acpi_64(&mcfg, at) + (uint64_t)(word >> 16 & 0xff) * ECAM_BUS,
			 word >> 16 & 0xff, word >> 24, reach);
}
SB_OWN(sb_pci_ecam_mcfg);
