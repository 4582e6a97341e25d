/* SPDX-License-Identifier: BSD-2-Clause */
/* Files that QEMU hands to firmware (QEMU docs/specs/fw_cfg). The board gives the way to the device: two ports on x86, MMIO on Arm. */
#ifndef SB_FW_CFG_H
#define SB_FW_CFG_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_fw_cfg {
	void (*select)(uint16_t key); /* rewinds to the first byte of that item */
	uint8_t (*next)(void);        /* its next byte; anything where there is no device */
};

#define SB_FW_CFG_FILES_MAX 256 /* directory entries looked at; QEMU's default is 32 */

/* The first len bytes of a file. SB_OK; SB_ENODEV: no fw_cfg here, no such file, or a shorter one (buf is then undefined). */
int sb_fw_cfg_read(const struct sb_fw_cfg *cfg, const char *name, uint8_t *buf, size_t len);

#ifdef __cplusplus
}
#endif
#endif
