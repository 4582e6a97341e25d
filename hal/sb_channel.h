/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Channel I/O as a driver needs it (z/Architecture Principles of Operation,
 * SA22-7832-13, chapters 13 to 17). arch/s390x has the instructions, a test has
 * a fake. This is for sb_virtio_ccw.h.
 */
#ifndef SB_CHANNEL_H
#define SB_CHANNEL_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A subchannel's name, the subsystem-identification word: set 0 to 3, number 0
   to 65535. */
#define SB_CHANNEL_SUBCHANNEL(set, number) (0x10000u | (uint32_t)(set) << 17 | (uint32_t)(number))
#define SB_CHANNEL_SETS 4u
#define SB_CHANNEL_NUMBERS 65536u /* of a set */

/* Bytes of the blocks that the instructions take. Each lies on a multiple of 4.
   Their fields are big-endian. */
#define SB_CHANNEL_SCHIB 52
#define SB_CHANNEL_ORB 32
#define SB_CHANNEL_IRB 96

/*
 * Each of the first five returns the instruction's condition code, 0 to 3. For
 * all of them 3 says that there is no such subchannel. None waits. `schib`,
 * `orb` and `irb` are places in memory, not of the registers.
 */
struct sb_channel {
	int (*store)(uint32_t subchannel, void *schib);        /* STSCH */
	int (*modify)(uint32_t subchannel, const void *schib); /* MSCH */
	int (*start)(uint32_t subchannel, const void *orb);    /* SSCH */
	int (*test)(uint32_t subchannel, void *irb);           /* TSCH */
	int (*clear)(uint32_t subchannel);                     /* CSCH */
	/* Tells the host that a queue of a virtio device has a new request:
	   DIAGNOSE 0x500, subcode 3 (VIRTIO 1.2, section 4.3.3.2). */
	void (*notify)(uint32_t subchannel, uint32_t queue);
	/* Turns on all sets of subchannels (CHSC, set domain attributes), and
	   returns how many there are then, 1 to 4. NULL: set 0 alone. */
	unsigned (*sets)(void);
};

#ifdef __cplusplus
}
#endif
#endif
