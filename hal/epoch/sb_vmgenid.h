/* SPDX-License-Identifier: BSD-2-Clause */
/* The VM generation id ("Virtual Machine Generation ID", Microsoft 2012): 16 bytes in guest memory that the hypervisor rewrites before a
   restored or cloned guest runs on. QEMU's device does not change it on a roll-back within one process (loadvm). */
#ifndef SB_VMGENID_H
#define SB_VMGENID_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For sb_hal.epoch. guid: where the board found it; NULL: SB_ENODEV; SB_VMGENID_BEYOND: there is one, where the board cannot reach it. SB_EIO: an epoch
   that cannot be read must not pass for none. */
#define SB_VMGENID_BEYOND ((const volatile uint8_t *)1)
int sb_vmgenid_read(const volatile uint8_t *guid, uint8_t id[16]);

#ifdef __cplusplus
}
#endif
#endif
