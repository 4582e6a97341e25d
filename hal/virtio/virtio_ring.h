/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * All memory that the device can reach, and the order in which it is read and
 * written. Private to hal/virtio/virtio_rng.c.
 */
#ifndef VIRTIO_RING_H
#define VIRTIO_RING_H

#include "sb_virtio.h"

/*
 * Lays out queue 0 for all descriptors of the device, and enables it. One
 * descriptor is in use, and it holds all of `bytes`. Returns SB_OK, SB_EUNFIT
 * if the queue does not fit into its memory, or SB_EIO.
 */
int sb_virtio_ring_set(struct sb_virtio_rng_state *rng);

/* Makes request number seen + 1: clears `bytes` and hands it over. It does not
   notify the device. */
void sb_virtio_ring_ask(struct sb_virtio_rng_state *rng);

/* Returns how far used_index is beyond `seen`, after at most
   SB_VIRTIO_RNG_POLLS looks. */
uint16_t sb_virtio_ring_poll(struct sb_virtio_rng_state *rng);

/* Reads the id and the length of the answer, each once. */
void sb_virtio_ring_answer(struct sb_virtio_rng_state *rng, uint32_t *id, uint32_t *length);

/* Clears all of it, after a confirmed reset. */
void sb_virtio_ring_forget(struct sb_virtio_rng_state *rng);

#endif
