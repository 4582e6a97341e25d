/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PCI behind Galileo's GT-64120 (data sheet revision 1.4), as the boot loader
 * leaves it (QEMU hw/mips/malta.c): its registers moved to 0x1be00000, a window
 * where addresses of PCI's memory are the CPU's, and one of I/O space.
 */
#include "io.h"
#include "gt64120.h"
#include "sb_mips.h"
#include "sb_pci_ecam.h"

#define GT_AT (MIPS_KSEG1 + 0x1be00000u)
#define GT_COMMAND (GT_AT + 0xc00)
#define GT_COMMAND_SWAP 1u /* MByteSwap */
#define GT_ADDRESS (GT_AT + 0xcf8)
#define GT_ADDRESS_ENABLE 0x80000000u
#define GT_DATA (GT_AT + 0xcfc)

#define GT_MEMORY 0x10000000u
#define GT_MEMORY_SIZE 0x07e00000u
#define GT_PORTS_SIZE 0x200000u
#define GT_PORTS_FIRST 0x1000u /* below are those of the PIIX4: PC/AT's */

/* The bridge itself is the first device. It is no device for us, and QEMU 7.2
   has its registers in another byte order than those of all others. */
#define GT_ITSELF SB_PCI_FUNCTION(0, 1, 0)

/*
 * Its own registers are little-endian. The data register is PCI's, and passes
 * through the swap that the loader chose for PCI. Without it the bytes arrive
 * in the order of the CPU (table 16, "32-bit PCI Transaction Endianness").
 */
static uint32_t gt_order(uint32_t data)
{
	return sb_io_read32(GT_COMMAND) & GT_COMMAND_SWAP ? data : __builtin_bswap32(data);
}

static uint32_t gt_read(const struct sb_pci *pci, uint32_t function, uint32_t offset)
{
	(void)pci;
	if (function < GT_ITSELF)
		return SB_PCI_NOWHERE;
	sb_io_write32(GT_ADDRESS, GT_ADDRESS_ENABLE | function << 8 | offset);
	return gt_order(sb_io_read32(GT_DATA));
}

static void gt_write(const struct sb_pci *pci, uint32_t function, uint32_t offset, uint32_t value)
{
	(void)pci;
	if (function < GT_ITSELF)
		return;
	sb_io_write32(GT_ADDRESS, GT_ADDRESS_ENABLE | function << 8 | offset);
	sb_io_write32(GT_DATA, gt_order(value));
}

static void *gt_map(const struct sb_pci *pci, uint64_t address, uint64_t size)
{
	(void)pci;
	if (address < GT_MEMORY || size > GT_MEMORY_SIZE ||
	    address - GT_MEMORY > GT_MEMORY_SIZE - size)
		return NULL;
	return (void *)(uintptr_t)(MIPS_KSEG1 + (uint32_t)address);
}

static uint32_t gt_in(const struct sb_pci *pci, uint32_t port, unsigned width)
{
	uintptr_t at = GT64120_PORTS + port % GT_PORTS_SIZE;

	(void)pci;
	return width == 1 ? sb_io_read8(at) : width == 2 ? sb_io_read16(at) : sb_io_read32(at);
}

static void gt_out(const struct sb_pci *pci, uint32_t port, unsigned width, uint32_t value)
{
	uintptr_t at = GT64120_PORTS + port % GT_PORTS_SIZE;

	(void)pci;
	if (width == 1)
		sb_io_write8(at, (uint8_t)value);
	else if (width == 2)
		sb_io_write16(at, (uint16_t)value);
	else
		sb_io_write32(at, value);
}

/* For sb_pci_assign. Its configuration space is not ECAM: the functions above
   know where it is. */
static const struct sb_pci_ecam gt_host = {
	.pci = { .read = gt_read,
		 .write = gt_write,
		 .map = gt_map,
		 .in = gt_in,
		 .out = gt_out,
		 .last = 255 },
	.windows = 2,
	.window = { { GT_MEMORY, GT_MEMORY, GT_MEMORY_SIZE, SB_PCI_SPACE_32 },
		    { GT_PORTS_FIRST, 0, GT_PORTS_SIZE - GT_PORTS_FIRST, SB_PCI_SPACE_PORT } },
};

/* A device sees RAM from 0 on (SCS[1:0] BAR), and no cache of the CPU. */
static uint64_t gt_address(const volatile void *at)
{
	return (uintptr_t)at % MIPS_PHYSICAL;
}

static void gt_flush(const volatile void *at, size_t len)
{
	sb_mips_flush(at, len, sb_mips_line());
}

static const struct sb_dma gt_dma = { .address = gt_address,
				      .to_device = gt_flush,
				      .to_cpu = gt_flush };

struct sb_virtio_rng_state gt64120_rng[GT64120_RNGS];

static struct sb_virtio_pages gt_pages[GT64120_RNGS];
static struct sb_virtio_pci gt_where[GT64120_RNGS];

void gt64120_find_rng(void)
{
	int result = sb_pci_assign(&gt_host, sb_virtio_pci_is_entropy);

	(void)sb_virtio_pci_find(&gt_host.pci, gt64120_rng, gt_where, GT64120_RNGS);
	for (unsigned i = 0; i < GT64120_RNGS; i++) {
		gt64120_rng[i].dma = &gt_dma;
		gt64120_rng[i].pages = &gt_pages[i];
		gt64120_rng[i].unseen = result != SB_OK;
	}
}
