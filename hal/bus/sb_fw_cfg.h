/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that QEMU hands to firmware (QEMU docs/specs/fw_cfg). The board gives
 * access to the device: two ports on x86, MMIO on Arm.
 */
#ifndef SB_FW_CFG_H
#define SB_FW_CFG_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_fw_cfg {
	/* Selects an item, and rewinds it to its first byte. */
	void (*select)(uint16_t key);
	/* The next byte of the item. Any value will do where there is no
	   device. */
	uint8_t (*next)(void);
};

/* The most directory entries that are looked at. QEMU's default is 32. */
#define SB_FW_CFG_FILES_MAX 256

/*
 * Reads the first `len` bytes of a file. Returns SB_OK, or SB_ENODEV if there
 * is no fw_cfg device, no such file, or a shorter one. Then buf is undefined.
 */
int sb_fw_cfg_read(const struct sb_fw_cfg *cfg, const char *name, uint8_t *buf, size_t len);

/*
 * Reads a file that holds an address: 64 bits, little-endian. The file
 * "etc/vmgenid_addr" has the guest-physical address of the generation id
 * (QEMU docs/specs/vmgenid). Returns SB_OK, or SB_ENODEV if there is no such
 * file or the address is 0, because the firmware has not allocated it yet. The
 * address may be any. The board must know how far its map reaches.
 */
int sb_fw_cfg_address(const struct sb_fw_cfg *cfg, const char *name, uint64_t *address);

#ifdef __cplusplus
}
#endif
#endif
