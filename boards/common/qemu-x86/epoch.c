/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tells that the machine was cloned: the generation id of QEMU by fw_cfg,
 * and what is named by tables of ACPI, be they QEMU's or those of another
 * hypervisor that enters a PVH image.
 */
#include "qemu_x86.h"
#include "sb_epoch.h"

const char *board_facts;

/*
 * SeaBIOS puts the id at the end of RAM, which on pc is at most 3.5 GiB. So the
 * map reaches it.
 */
static struct sb_epoch epoch_places = { .map = qemu_x86_memory };
static char epoch_facts[SB_EPOCH_FACTS];

void qemu_x86_find_epoch(const struct sb_acpi *acpi, int opened)
{
	uint64_t address;

	if (sb_fw_cfg_address(&qemu_x86_fw_cfg, "etc/vmgenid_addr", &address) == SB_OK)
		sb_epoch_add(&epoch_places, SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, address, 16);
	sb_epoch_acpi(&epoch_places, acpi, opened);
	if (sb_epoch_facts(&epoch_places, epoch_facts) != epoch_facts)
		board_facts = epoch_facts;
}

int qemu_x86_epoch(uint8_t id[16])
{
	return sb_epoch_read(&epoch_places, id);
}
