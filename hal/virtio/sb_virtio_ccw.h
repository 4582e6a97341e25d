/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio over channel I/O, VIRTIO 1.2 section 4.3. A board has a row of its
 * table for each device that it is willing to use:
 *
 *	static struct sb_virtio_rng_state rng[2];
 *	static struct sb_virtio_ccw where[2];
 *	found = sb_virtio_ccw_find(&sb_s390x_channel, rng, where, 2);
 *	... rng[i].pages for legacy devices, before the search or after it ...
 *
 * A driver neither takes nor needs an interruption: it polls. The board keeps
 * I/O interruptions off.
 */
#ifndef SB_VIRTIO_CCW_H
#define SB_VIRTIO_CCW_H

#include "sb_channel.h"
#include "sb_virtio.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Looks at a subchannel until its channel program has ended. On QEMU it has
   ended when SSCH has. */
#define SB_VIRTIO_CCW_POLLS 100000u
/* The search ends where so many subchannels did not answer. */
#define SB_VIRTIO_CCW_SILENT 8u

/* The memory of one channel program: a command, its data, what starts it and
   what tells of its end. Of these the device writes `data` alone. */
struct sb_virtio_ccw_block {
	uint8_t command[8];
	uint8_t data[32];
	uint8_t orb[SB_CHANNEL_ORB];
	uint8_t irb[SB_CHANNEL_IRB];
	uint8_t schib[SB_CHANNEL_SCHIB];
} __attribute__((aligned(64)));

/*
 * sb_virtio_rng_state.at points at one of these, for both transports. It is
 * static memory below 2 GiB, for a command and its data must be there.
 * sb_virtio_ccw_find fills it in. Private.
 */
struct sb_virtio_ccw {
	const struct sb_channel *channel;
	const struct sb_dma *dma; /* NULL: identity map and coherent */
	uint32_t subchannel;
	uint8_t revision; /* of the transport; 0: legacy */
	uint8_t status;   /* the last one that the device took */
	uint8_t life;
	struct sb_virtio_ccw_block block;
};

/*
 * Finds up to `rows` entropy devices in the order of their sets and numbers,
 * and puts each with its transport into a state. rng[i].dma counts for where[i]
 * too. Returns how many it found.
 *
 * Each subchannel that it looks into is enabled for that. It is disabled again
 * if there is no entropy device behind it. A device of no revision that we know
 * counts too, and its probe says SB_EUNFIT.
 *
 * It sets `unseen` of all rows where it could not look at each place: `where`
 * lies above 2 GiB, or too many subchannels did not answer, or one of them kept
 * its memory.
 */
unsigned sb_virtio_ccw_find(const struct sb_channel *channel, struct sb_virtio_rng_state *rng,
			    struct sb_virtio_ccw *where, unsigned rows);

/* Revision 2, or else 1. Of revision 1 nobody can ask the status, so it is the
   last one that the device took without a unit check. */
extern const struct sb_virtio_transport sb_virtio_ccw;

/* Revision 0: the ring is in the guest's byte order, and begins a page. */
extern const struct sb_virtio_transport sb_virtio_ccw_legacy;

#ifdef __cplusplus
}
#endif
#endif
