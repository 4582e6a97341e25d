/* SPDX-License-Identifier: BSD-2-Clause */
/* Generation ids and VMClocks of a device tree, such as Firecracker's. */
#include "aarch64.h"
#include "sb_epoch.h"

/* map_high.S has these as RAM. How much of it there is, a tree need not tell:
   Firecracker's leaves out the memory that the id is in. */
#define EPOCH_RAM 0x40000000u
#define EPOCH_RAM_END 0x4000000000u

static const uint8_t *epoch_map(uint64_t address, uint32_t size)
{
	return address >= EPOCH_RAM && address <= EPOCH_RAM_END - size &&
			       aarch64_is_memory(address) && aarch64_is_memory(address + size - 1)
		       ? (const uint8_t *)(uintptr_t)address
		       : NULL;
}

static struct sb_epoch epoch_places = { .map = epoch_map };
static char epoch_facts[SB_EPOCH_FACTS];

void aarch64_find_epoch(const struct sb_fdt *tree)
{
	sb_epoch_tree(&epoch_places, tree);
	if (sb_epoch_facts(&epoch_places, epoch_facts) != epoch_facts)
		board_facts = epoch_facts;
}

int aarch64_epoch(uint8_t id[16])
{
	return sb_epoch_read(&epoch_places, id);
}
