/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "x86_qemu.h"

/* Configuration mechanism #1: PCI Local Bus Specification 3.0, section 3.2.2.3.2 */
#define MACHINE_PCI_ADDRESS 0xcf8
#define MACHINE_PCI_DATA 0xcfc
#define MACHINE_PCI_ENABLE 0x80000000u

/* Far above what is ours of RAM and below the IOAPIC (Intel 82093AA data sheet, section 2.4): where SeaBIOS puts BARs below 4 GiB. One that says that
   it lies anywhere else there is not mapped. */
#define MACHINE_PCI_FIRST 0xc0000000u
#define MACHINE_PCI_END 0xfec00000u

static uint32_t machine_pci_read(uint32_t function, uint32_t offset)
{
	sb_io_out32(MACHINE_PCI_ADDRESS, MACHINE_PCI_ENABLE | function << 8 | offset);
	return sb_io_in32(MACHINE_PCI_DATA);
}

static void machine_pci_write(uint32_t function, uint32_t offset, uint32_t value)
{
	sb_io_out32(MACHINE_PCI_ADDRESS, MACHINE_PCI_ENABLE | function << 8 | offset);
	sb_io_out32(MACHINE_PCI_DATA, value);
}

static void *machine_pci_map(uint64_t address, uint64_t size)
{
	if (address >> 32)
		return board_map_far(address, size);
	if (address < MACHINE_PCI_FIRST || address >= MACHINE_PCI_END ||
	    size > MACHINE_PCI_END - address)
		return NULL;
	return (void *)(uintptr_t)address;
}

static uint32_t machine_pci_in(uint32_t port, unsigned width)
{
	return width == 1   ? sb_io_in8((uint16_t)port)
	       : width == 2 ? sb_io_in16((uint16_t)port)
			    : sb_io_in32((uint16_t)port);
}

static void machine_pci_out(uint32_t port, unsigned width, uint32_t value)
{
	if (width == 1)
		sb_io_out8((uint16_t)port, (uint8_t)value);
	else if (width == 2)
		sb_io_out16((uint16_t)port, (uint16_t)value);
	else
		sb_io_out32((uint16_t)port, value);
}

/* microvm has nothing at these ports: the address register keeps what is written to it, a port without a device reads all-ones. */
int board_pci_present(void)
{
	sb_io_out32(MACHINE_PCI_ADDRESS, MACHINE_PCI_ENABLE);
	return sb_io_in32(MACHINE_PCI_ADDRESS) == MACHINE_PCI_ENABLE;
}

const struct sb_pci board_pci = {
	.read = machine_pci_read,
	.write = machine_pci_write,
	.map = machine_pci_map,
	.in = machine_pci_in,
	.out = machine_pci_out,
};
