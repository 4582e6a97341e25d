/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The places in memory where a hypervisor says that the machine is a copy:
 * generation ids and VMClocks. The board collects them once, from fw_cfg, from
 * ACPI and from the device tree. All of them enter the epoch.
 */
#ifndef SB_EPOCH_H
#define SB_EPOCH_H

#include "sb_acpi.h"
#include "sb_aml.h"
#include "sb_fdt.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_EPOCH_PLACES_MAX 4
/* Devices of a kind that are looked at, in a table or tree. */
#define SB_EPOCH_DEVICES_MAX 4
/* Bytes of AML that are looked at. More is not understood. */
#define SB_EPOCH_AML_MAX 0x200000u
/* Bytes of sb_epoch_facts, with its final zero. */
#define SB_EPOCH_FACTS 128

enum sb_epoch_kind { SB_EPOCH_VMGENID, SB_EPOCH_VMCLOCK };

/* Who said where it is. */
enum sb_epoch_way { SB_EPOCH_FW_CFG = 1, SB_EPOCH_ACPI = 2, SB_EPOCH_TREE = 4 };

struct sb_epoch_place {
	const volatile uint8_t *at;
	uint64_t address, size;
	uint8_t kind; /* enum sb_epoch_kind */
	uint8_t ways; /* enum sb_epoch_way */
};

/* The board fills in `map`, which gives NULL where an address is beyond its
   reach. The rest is private. */
struct sb_epoch {
	sb_acpi_map *map;
	struct sb_epoch_place place[SB_EPOCH_PLACES_MAX];
	uint8_t count;
	/* enum sb_epoch_way: of a place out of reach; of what is there and is
	   not understood */
	uint8_t beyond, unclear;
};

/*
 * A place that the board found by itself. A place that was found before is the
 * same one. With more than SB_EPOCH_PLACES_MAX the machine is not understood.
 */
void sb_epoch_add(struct sb_epoch *epoch, enum sb_epoch_kind kind, enum sb_epoch_way way,
		  uint64_t address, uint64_t size);

/*
 * Looks through the DSDT and each SSDT. `opened` is what sb_acpi_open or
 * sb_acpi_search returned; SB_EIO is not understood.
 *
 * There is no interpreter of AML. The forms that QEMU, Firecracker, Cloud
 * Hypervisor, Hyper-V, Xen, bhyve and libkrun emit are recognised. A device in
 * another form is not understood, and neither is a broken table.
 */
void sb_epoch_acpi(struct sb_epoch *epoch, const struct sb_acpi *acpi, int opened);

/*
 * Looks for nodes that are compatible with "microsoft,vmgenid" and
 * "amazon,vmclock" (Linux Documentation/devicetree/bindings, rng and ptp).
 * Their reg is one range of 2 + 2, 2 + 1 or 1 + 1 cells.
 */
void sb_epoch_tree(struct sb_epoch *epoch, const struct sb_fdt *tree);

/*
 * For sb_hal.epoch. One generation id is the epoch, as it stands. Of several
 * places the 16 bytes are added by exclusive or, those of place i turned by i
 * bytes. So a change of one is a change of the epoch.
 *
 * SB_ENODEV: the machine has no such place. SB_EUNFIT: it has one that is not
 * understood, and no other. SB_EIO: a place is out of reach, or cannot be read:
 * that must not be taken for a machine without one.
 */
int sb_epoch_read(const struct sb_epoch *epoch, uint8_t id[16]);

/*
 * Writes what was found at `to`, for board_facts: "epoch=vmgenid(acpi)".
 * Nothing where nothing was found. Returns the address of the final zero.
 */
char *sb_epoch_facts(const struct sb_epoch *epoch, char *to);

/*
 * The address that a device with a generation id has in its ADDR, within the
 * AML of its table. SB_OK; SB_ENODEV: firmware has left no address there;
 * SB_EIO: not understood.
 */
int sb_vmgenid_aml(const struct sb_aml *table, const struct sb_aml *device, sb_acpi_map *map,
		   uint64_t *address);

#ifdef __cplusplus
}
#endif
#endif
