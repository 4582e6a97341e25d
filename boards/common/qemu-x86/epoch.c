/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tells that the machine was cloned: the generation id of QEMU by fw_cfg,
 * and what is named by tables of ACPI, be they QEMU's or those of another
 * hypervisor that enters a PVH image.
 */
#include "io.h"
#include "qemu_x86.h"
#include "sb_epoch.h"
#include "sb_fw_cfg.h"

#define EPOCH_FW_CFG_SELECT 0x510 /* QEMU docs/specs/fw_cfg, x86 */
#define EPOCH_FW_CFG_DATA 0x511
#define EPOCH_START_MAGIC 0x336ec578u

const char *board_facts;

/*
 * The first 4 GiB are mapped. SeaBIOS puts the id at the end of RAM, which on
 * pc is at most 3.5 GiB.
 */
static const uint8_t *epoch_map(uint64_t address, uint32_t size)
{
	return address <= UINT32_MAX && size <= UINT32_MAX - address
		       ? (const uint8_t *)(uintptr_t)address
		       : NULL;
}

static struct sb_epoch epoch_places = { .map = epoch_map };
static char epoch_facts[SB_EPOCH_FACTS];

static void epoch_fw_cfg_select(uint16_t key)
{
	sb_io_out16(EPOCH_FW_CFG_SELECT, key);
}

static uint8_t epoch_fw_cfg_next(void)
{
	return sb_io_in8(EPOCH_FW_CFG_DATA);
}

static int epoch_open(struct sb_acpi *acpi, const struct qemu_x86_start *start)
{
	return start && start->magic == EPOCH_START_MAGIC && start->rsdp
		       ? sb_acpi_open(acpi, epoch_map, start->rsdp)
		       : sb_acpi_search(acpi, epoch_map);
}

void qemu_x86_find_epoch(const struct qemu_x86_start *start)
{
	static const struct sb_fw_cfg cfg = { .select = epoch_fw_cfg_select,
					      .next = epoch_fw_cfg_next };
	struct sb_acpi acpi;
	uint64_t address;
	int opened;

	if (sb_fw_cfg_address(&cfg, "etc/vmgenid_addr", &address) == SB_OK)
		sb_epoch_add(&epoch_places, SB_EPOCH_VMGENID, SB_EPOCH_FW_CFG, address, 16);
	opened = epoch_open(&acpi, start);
	sb_epoch_acpi(&epoch_places, &acpi, opened);
	if (sb_epoch_facts(&epoch_places, epoch_facts) != epoch_facts)
		board_facts = epoch_facts;
}

int qemu_x86_epoch(uint8_t id[16])
{
	return sb_epoch_read(&epoch_places, id);
}
