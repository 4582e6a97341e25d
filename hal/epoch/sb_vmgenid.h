/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The VM generation id ("Virtual Machine Generation ID", Microsoft 2012): 16
 * bytes in guest memory. The hypervisor rewrites them before a restored or
 * cloned guest runs on. QEMU's device does not change them on a roll-back
 * within one process (loadvm).
 */
#ifndef SB_VMGENID_H
#define SB_VMGENID_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The id exists, and the board cannot reach its address. */
#define SB_VMGENID_BEYOND ((const volatile uint8_t *)1)

/*
 * Reads the id; for sb_hal.epoch. `guid` is the place where the board found it.
 * NULL gives SB_ENODEV. SB_VMGENID_BEYOND gives SB_EIO: an id that cannot be
 * read must not be taken for a machine without one.
 */
int sb_vmgenid_read(const volatile uint8_t *guid, uint8_t id[16]);

#ifdef __cplusplus
}
#endif
#endif
