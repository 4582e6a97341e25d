/* SPDX-License-Identifier: BSD-2-Clause */
/* Newer SeaBIOS puts 64-bit BARs above 4 GiB as soon as there is RAM, and x86_pvh.S maps what is below: a page of its window for each. */
#include "sb_x86.h"
#include "x86_qemu.h"

#define FAR_FIRST 0x100000000ull /* where the window is seen */
#define FAR_PAGES 512u
#define FAR_PAGE 0x200000ull
#define FAR_DEVICE \
	0x9bu /* present, writable, write-through, uncached, of 2 MiB: Intel SDM volume 3, table 4-18 */

extern volatile uint64_t page_far[FAR_PAGES]; /* x86_pvh.S */

/* CPUID leaf 80000008h: bits of a physical address. One more would be a fault. */
static unsigned far_bits(void)
{
	uint32_t reg[4];

	sb_x86_cpuid(0x80000008, 0, reg);
	return reg[0] & 63;
}

/* An entry that was empty is in no TLB (section 4.10.2.3), and none is ever changed. */
void *board_map_far(uint64_t address, uint64_t size)
{
	uint64_t offset = address % FAR_PAGE, entry = (address - offset) | FAR_DEVICE;
	unsigned i;

	if (address >> far_bits() || size > FAR_PAGE - offset)
		return NULL;
	for (i = 0; i < FAR_PAGES; i++) {
		if (!page_far[i])
			page_far[i] = entry;
		if (page_far[i] == entry)
			return (void *)(uintptr_t)(FAR_FIRST + (uint64_t)i * FAR_PAGE + offset);
	}
	return NULL;
}
