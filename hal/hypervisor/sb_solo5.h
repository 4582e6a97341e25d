/* SPDX-License-Identifier: BSD-2-Clause */
/* Solo5 as a machine: its yield as the event loop. One object for all of its bindings (hvt, spt, virtio, muen, xen); none of them
   has a source of entropy, so the sources are the CPU's. */
#ifndef SB_SOLO5_H
#define SB_SOLO5_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One wait is one solo5_yield, of half a second at most. */
extern const struct sb_loop sb_solo5_loop;

/* For a program with network devices: called at the end of a wait with the set of handles that have packets, if there are any. It reads
   them, otherwise the next wait ends at once. NULL, as it is at first: nobody. */
extern void (*sb_solo5_ready)(uint64_t handles);

#ifdef __cplusplus
}
#endif
#endif
