/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Solo5 as a machine, with its yield as the event loop. One object serves all
 * of its bindings (hvt, spt, virtio, muen, xen). They have no source of
 * entropy, so the sources are the CPU's.
 */
#ifndef SB_SOLO5_H
#define SB_SOLO5_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One wait is one solo5_yield, of at most half a second. */
extern const struct sb_loop sb_solo5_loop;

/*
 * For a program with network devices. It is called at the end of a wait if any
 * device has packets, with the set of their handles. It must read the packets,
 * or the next wait ends at once. NULL, as it is at first: nothing is called.
 */
extern void (*sb_solo5_ready)(uint64_t handles);

#ifdef __cplusplus
}
#endif
#endif
