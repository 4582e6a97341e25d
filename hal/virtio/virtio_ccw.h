/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Channel programs, and what both transports over channel I/O have in common.
 * Private to hal/virtio/virtio_ccw*.c.
 */
#ifndef VIRTIO_CCW_H
#define VIRTIO_CCW_H

#include "sb_virtio_ccw.h"

/* VIRTIO 1.2 section 4.3.1.1, and the one basic command that we need. */
#define CCW_SENSE_ID 0xe4
#define CCW_SET_QUEUE 0x13
#define CCW_RESET 0x33
#define CCW_READ_FEATURES 0x12
#define CCW_WRITE_FEATURES 0x11
#define CCW_WRITE_STATUS 0x31
#define CCW_READ_QUEUE 0x32
#define CCW_SET_REVISION 0x83
#define CCW_READ_STATUS 0x72

enum ccw_life {
	CCW_READY,
	CCW_FAILED, /* asked nothing until a reset or a search */
	CCW_LOST    /* so for good: it may still write to the block */
};

/* The block's fields are big-endian on every machine. */
static inline void ccw_put16(uint8_t *to, uint32_t value)
{
	to[0] = (uint8_t)(value >> 8);
	to[1] = (uint8_t)value;
}

static inline void ccw_put32(uint8_t *to, uint32_t value)
{
	ccw_put16(to, value >> 16);
	ccw_put16(to + 2, value);
}

static inline void ccw_put64(uint8_t *to, uint64_t value)
{
	ccw_put32(to, (uint32_t)(value >> 32));
	ccw_put32(to + 4, (uint32_t)value);
}

static inline uint32_t ccw_get16(const uint8_t *from)
{
	return (uint32_t)from[0] << 8 | from[1];
}

static inline uint32_t ccw_get32(const uint8_t *from)
{
	return ccw_get16(from) << 16 | ccw_get16(from + 2);
}

/* The block's data, all zeros. What the last command left is not sent. */
static inline uint8_t *ccw_blank(struct sb_virtio_ccw *at)
{
	for (size_t i = 0; i < sizeof at->block.data; i++)
		at->block.data[i] = 0;
	return at->block.data;
}

/* Nonzero: command and data are where a channel program can name them. */
int sb_virtio_ccw_reaches(const struct sb_virtio_ccw *at);

/*
 * Runs one command with the first `len` bytes of the block's data, and waits
 * for its end. Returns SB_OK if the device took or gave each of these bytes.
 * Otherwise SB_EIO: a condition code, a unit check, bytes left over, or no end.
 * With no end the program is cleared, and life is no longer CCW_READY.
 */
int sb_virtio_ccw_run(struct sb_virtio_ccw *at, uint8_t command, uint16_t len);

/* Enables or disables the subchannel. Nonzero: it is done. */
#define CCW_ENABLED 0x80u /* of the PMCW */
#define CCW_DISABLED 0u
int sb_virtio_ccw_enable(struct sb_virtio_ccw *at, uint32_t flags);

/* Enables the subchannel anew, so that no revision is set. Nonzero: a virtio
   device of this kind is behind it. */
int sb_virtio_ccw_open(struct sb_virtio_ccw *at, uint32_t kind);

/* Sets the revision, after sb_virtio_ccw_open. As sb_virtio_ccw_run. */
int sb_virtio_ccw_revise(struct sb_virtio_ccw *at, uint8_t revision);

/* Functions of both transports: sb_virtio.h. */
uint8_t sb_virtio_ccw_status(void *ctx);
void sb_virtio_ccw_set_status(void *ctx, uint8_t status);
uint32_t sb_virtio_ccw_offered(void *ctx, uint32_t word);
void sb_virtio_ccw_accept(void *ctx, uint32_t word, uint32_t bits);
uint32_t sb_virtio_ccw_queue_size(void *ctx);
void sb_virtio_ccw_notify(void *ctx);

#endif
