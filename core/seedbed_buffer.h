/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A buffered reader: small reads at a fraction of the cost of seedbed_read. It
 * is opt-in, and linked only if called.
 *
 * It is for TCP sequence numbers, hash seeds and padding. It is not for keys or
 * nonces: its bytes wait in memory before they are handed out. Where the
 * machine has no epoch, two clones repeat what they hold: each byte of at most
 * one buffer. seedbed_reseed after a restore prevents that too.
 *
 * The bytes are keystream, made ahead by one full read of an instance. Each is
 * erased as it is handed out. All are erased, and made anew, where the instance
 * has another key since then, or raised an alarm, or is another one: so they
 * end with a wipe, a reseed, a change of the epoch. The epoch is looked at
 * before and after each read, as seedbed_read does.
 *
 * The results are those of seedbed.h.
 */
#ifndef SEEDBED_BUFFER_H
#define SEEDBED_BUFFER_H

#include "seedbed.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEEDBED_BUFFER_BYTES 512 /* held at most */

/*
 * One buffer, in memory of the caller. It belongs to one CPU or task, and draws
 * from one instance. The memory holds zeros (static storage does) before its
 * first use. A copy of it is no buffer. The members are private.
 */
struct seedbed_buffer {
	/* Its own address; while a call runs: ~ its address. 0: not used yet */
	volatile uintptr_t mark;
	uint32_t batch; /* that of the instance when the bytes were made */
	/* All bytes together, unless a bit turned over in one of the two. */
	uint16_t left, taken;
	uint8_t bytes[4 + SEEDBED_BUFFER_BYTES]; /* four make a batch */
	volatile uint8_t wiped;                  /* while a call ran, which must end it */
};

/*
 * As seedbed_read: all len bytes or none, and zeros on failure. More than 128
 * bytes are read from s itself.
 *
 * It calls s, so tasks that share s lock it as any other call.
 * The instance of seedbed_random is one after the first call of that: SB_EIO
 * before.
 *
 * SB_EAGAIN and SB_EIO are those of seedbed_read. SB_EAGAIN as well: within
 * another call on b or s (an interrupt); nothing changed. SB_EIO as well: b is
 * a copy, was overwritten, or was wiped meanwhile. SB_EINVAL leaves out
 * untouched: NULL, len > PTRDIFF_MAX, or out within *s or *b.
 */
SEEDBED_CHECK int seedbed_buffer_read(struct seedbed_buffer *b, struct seedbed *s, void *out,
				      size_t len);

/*
 * Leaves zeros: a buffer that may be used anew. While a call runs (from an
 * interrupt) it erases the bytes; that call does the rest, and ends in SB_EIO.
 */
void seedbed_buffer_wipe(struct seedbed_buffer *b);

#ifdef __cplusplus
}
#endif
#endif
