/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "qemu_x86.h"

/*
 * PCI by ports, configuration mechanism #1: PCI Local Bus Specification 3.0,
 * section 3.2.2.3.2.
 */
#define PCI_PORTS_ADDRESS 0xcf8
#define PCI_PORTS_DATA 0xcfc
#define PCI_PORTS_ENABLE 0x80000000u

/*
 * SeaBIOS puts BARs below 4 GiB here: far above our RAM and below the IOAPIC
 * (Intel 82093AA data sheet, section 2.4). A BAR below 4 GiB that names another
 * address is not mapped.
 */
#define PCI_PORTS_FIRST 0xc0000000u
#define PCI_PORTS_END 0xfec00000u

static uint32_t pci_ports_read(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	(void)pci;
	sb_io_out32(PCI_PORTS_ADDRESS, PCI_PORTS_ENABLE | function << 8 | offset);
	return sb_io_in32(PCI_PORTS_DATA);
}

static void pci_ports_write(const struct sb_pci *pci, uint32_t function, uint32_t offset,
			    uint32_t value)
{
	(void)pci;
	sb_io_out32(PCI_PORTS_ADDRESS, PCI_PORTS_ENABLE | function << 8 | offset);
	sb_io_out32(PCI_PORTS_DATA, value);
}

void *qemu_x86_reach(uint64_t address, uint64_t size)
{
	if (address >> 32)
		return qemu_x86_map_far(address, size);
	if (address < PCI_PORTS_FIRST || address >= PCI_PORTS_END || size > PCI_PORTS_END - address)
		return NULL;
	return (void *)(uintptr_t)address;
}

static void *pci_ports_map(const struct sb_pci *pci, uint64_t address, uint64_t size)
{
	(void)pci;
	return qemu_x86_reach(address, size);
}

static uint32_t pci_ports_in(const struct sb_pci *pci, uint32_t port, unsigned width)
{
	(void)pci;
	return width == 1   ? sb_io_in8((uint16_t)port)
	       : width == 2 ? sb_io_in16((uint16_t)port)
			    : sb_io_in32((uint16_t)port);
}

static void pci_ports_out(const struct sb_pci *pci, uint32_t port, unsigned width, uint32_t value)
{
	(void)pci;
	if (width == 1)
		sb_io_out8((uint16_t)port, (uint8_t)value);
	else if (width == 2)
		sb_io_out16((uint16_t)port, (uint16_t)value);
	else
		sb_io_out32((uint16_t)port, value);
}

/*
 * microvm has nothing at these ports. The address register of PCI keeps what is
 * written to it. A port without a device reads all-ones.
 */
int qemu_x86_pci_present(void)
{
	sb_io_out32(PCI_PORTS_ADDRESS, PCI_PORTS_ENABLE);
	return sb_io_in32(PCI_PORTS_ADDRESS) == PCI_PORTS_ENABLE;
}

const struct sb_pci qemu_x86_pci = {
	.read = pci_ports_read,
	.write = pci_ports_write,
	.map = pci_ports_map,
	.in = pci_ports_in,
	.out = pci_ports_out,
	.iommu = qemu_x86_iommu,
	.last = 255,
};
