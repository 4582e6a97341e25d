/* SPDX-License-Identifier: BSD-2-Clause */
/* All memory that the device can reach, and in which order it is read and written. Private to hal/virtio_rng.c. */
#ifndef VIRTIO_RING_H
#define VIRTIO_RING_H

#include "sb_virtio.h"

/* Lays out queue 0 with one descriptor in use, for all of bytes, and enables it. SB_OK; SB_ENODEV: no queue that fits; SB_EIO. */
int sb_virtio_ring_set(struct sb_virtio_rng_state *rng);

/* Request number seen + 1: bytes is cleared and handed over. The device is not notified. */
void sb_virtio_ring_ask(struct sb_virtio_rng_state *rng);

/* How far used_index is beyond seen, after SB_VIRTIO_RNG_POLLS looks at most, and then the answer's id and length, read once. */
uint16_t sb_virtio_ring_poll(struct sb_virtio_rng_state *rng);
void sb_virtio_ring_answer(struct sb_virtio_rng_state *rng, uint32_t *id, uint32_t *length);

/* Clears it all, after a reset that was confirmed. */
void sb_virtio_ring_forget(struct sb_virtio_rng_state *rng);

#endif
