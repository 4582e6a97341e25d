/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Registers of devices above 4 GiB. A newer SeaBIOS puts 64-bit BARs there as
 * soon as there is RAM above 4 GiB. x86/pvh.S maps only what is below, and
 * leaves a window of one GiB. Each device gets a page of the window.
 */
#include "sb_x86.h"
#include "qemu_x86.h"

#define FAR_FIRST 0x100000000ull /* address of the window */
#define FAR_PAGES 512u
#define FAR_PAGE 0x200000ull
/*
 * present, writable, write-through, uncached, of 2 MiB: Intel SDM volume 3,
 * table 4-18
 */
#define FAR_DEVICE 0x9bu

extern volatile uint64_t x86_page_far[FAR_PAGES]; /* x86/pvh.S */

/*
 * CPUID leaf 80000008h: the bits of a physical address. An entry with more bits
 * would fault.
 */
static unsigned far_bits(void)
{
	uint32_t reg[4];

	sb_x86_cpuid(0x80000008, 0, reg);
	return reg[0] & 63;
}

/*
 * An entry that was empty is in no TLB (section 4.10.2.3), and no entry is ever
 * changed.
 */
void *qemu_x86_map_far(uint64_t address, uint64_t size)
{
	uint64_t offset = address % FAR_PAGE, entry = (address - offset) | FAR_DEVICE;

	if (address >> far_bits() || size > FAR_PAGE - offset)
		return NULL;
	for (unsigned i = 0; i < FAR_PAGES; i++) {
		if (!x86_page_far[i])
			x86_page_far[i] = entry;
		if (x86_page_far[i] == entry)
			return (void *)(uintptr_t)(FAR_FIRST + (uint64_t)i * FAR_PAGE + offset);
	}
	return NULL;
}
