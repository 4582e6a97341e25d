/* SPDX-License-Identifier: BSD-2-Clause */
/* RAM, and registers of devices above it. QEMU's virt has its ECAM there. */
#include "aarch64.h"

#define REACH_GIB 0x40000000u
#define REACH_RAM_END 256u /* in GiB, as all below */
#define REACH_END 512u
/* as MAP_DEVICE in map.h: UXN, PXN, AF, attribute 0 */
#define REACH_DEVICE 0x0060000000000401u

extern volatile uint64_t aarch64_page_table[REACH_END]; /* map_high.S */

/*
 * An entry that was invalid is in no TLB, and no entry is ever changed (Arm
 * ARM, DDI 0487, section D8.13).
 */
void *aarch64_reach(uint64_t address, uint64_t size)
{
	uint64_t first = address / REACH_GIB, last = (address + size - 1) / REACH_GIB;

	if (!size || address + size < address || last >= REACH_END ||
	    (last && first < REACH_RAM_END))
		return NULL;
	for (uint64_t i = first; i <= last; i++)
		if (!aarch64_page_table[i])
			aarch64_page_table[i] = i * REACH_GIB | REACH_DEVICE;
	__asm__ volatile("dsb sy; isb" : : : "memory");
	return (void *)(uintptr_t)address;
}

int aarch64_is_ram(uint64_t address)
{
	return address / REACH_GIB && address / REACH_GIB < REACH_RAM_END &&
	       aarch64_is_memory(address);
}
