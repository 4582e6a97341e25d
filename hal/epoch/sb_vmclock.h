/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counters of a VMClock (Linux include/uapi/linux/vmclock-abi.h; UAPI.13,
 * "VMClock", version 1.0 of 2025-12). It is a page in guest memory that the
 * hypervisor writes, even while the guest runs.
 *
 * vm_generation_counter is another one after a restore. It says that the
 * machine is a copy, and not which: all clones of one snapshot may have the
 * same. Its flag is bit 8 and its offset 0x68, as in Linux and in all that
 * write it. (UAPI.13 prints bit 7 and 0x64. It leaves out a flag of Linux and
 * counts the field before as 4 bytes.)
 *
 * Where the flag is clear, disruption_marker is taken. It changes on a restore
 * too, but also when a machine moves to another host. That costs a reseed. A
 * machine that is forked on its host may leave it alone.
 */
#ifndef SB_VMCLOCK_H
#define SB_VMCLOCK_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The reads of a structure that is being written, before it is given up: some
   milliseconds. */
#define SB_VMCLOCK_POLLS 100000u

/* Its bytes up to the flags. */
#define SB_VMCLOCK_BYTES 32u

/*
 * The counter with a tag beside it, so that the 16 bytes are never all zero.
 * `page` is where the structure is. `len` is what the machine says of its size,
 * of which all is mapped. SB_OK; SB_EUNFIT: it is no structure that we know (a
 * wrong magic, size, version or alignment). SB_EIO: it was being written all
 * the time.
 */
int sb_vmclock_read(const volatile void *page, uint64_t len, uint8_t id[16]);

#ifdef __cplusplus
}
#endif
#endif
