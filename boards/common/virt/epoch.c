/* SPDX-License-Identifier: BSD-2-Clause */
/* Generation ids and VMClocks of a device tree, such as Firecracker's. */
#include "board.h"
#include "sb_epoch.h"
#include "virt.h"

static const uint8_t *epoch_map(uint64_t address, uint32_t size)
{
	return virt_places.is_ram(address) && virt_places.is_ram(address + size - 1)
		       ? (const uint8_t *)(uintptr_t)address
		       : NULL;
}

static struct sb_epoch epoch_places = { .map = epoch_map };
static char epoch_facts[SB_EPOCH_FACTS];

void virt_find_epoch(const struct sb_fdt *tree)
{
	sb_epoch_tree(&epoch_places, tree);
	if (sb_epoch_facts(&epoch_places, epoch_facts) != epoch_facts)
		board_facts = epoch_facts;
}

int virt_epoch(uint8_t id[16])
{
	return sb_epoch_read(&epoch_places, id);
}
