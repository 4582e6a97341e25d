/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An accumulator as a dependent may keep one for itself, after Fortuna (Ferguson, Schneier, Kohno, Cryptography Engineering, chapter 9),
 * with BearSSL's SHA-256 and ChaCha20. It is fed raw entropy by a consumer of seedbed and never draws from seedbed's own generator, but for
 * what it missed while it was not attached.
 *
 * Results are those of seedbed.h. A refusal leaves the output as it was.
 */
#ifndef FORTUNA_H
#define FORTUNA_H

#include "bearssl.h"
#include "seedbed.h"

#define FORTUNA_POOLS 32
#define FORTUNA_POOL_MIN 64 /* bytes in the first pool before a reseed: section 9.5.5 */
#define FORTUNA_FIRST_BITS \
	256 /* credited bits in all pools before the first output, and again after a clone */
#define FORTUNA_REQUEST_MAX 1048576 /* bytes: section 9.4.4 */

/* Zeroed before the first attach; it must stay where it is while attached. To be looked at: taken, reseeds, told, generation. */
struct fortuna {
	struct seedbed_consumer consumer;
	br_sha256_context pool[FORTUNA_POOLS];
	uint8_t key[32], turn[SEEDBED_SOURCES_MAX + 1];
	uint16_t credit[SEEDBED_SOURCES_MAX +
			1]; /* 1/256 bit a byte: seedbed's judgement of each source, events 0 */
	uint8_t started, attached, seeded;
	uint32_t bits, first;   /* 1/256 bits in the pools; bytes in the first one */
	uint32_t generation;    /* of seedbed_status, as far as this accumulator knows */
	uint32_t taken;         /* bytes */
	uint32_t reseeds, told; /* so far; epoch changes that the consumer heard of */
};

/* To be fed by s from now on, or no longer. SB_EINVAL: it is already. */
SEEDBED_CHECK int fortuna_attach(struct fortuna *f, struct seedbed *s);
SEEDBED_CHECK int fortuna_detach(struct fortuna *f, struct seedbed *s);

/* One round of seedbed_gather, which looks at the epoch and feeds the pools; then len bytes. Attached or not. SB_EAGAIN: too little was
   heard, or the machine was cloned; ask again. Other results are those of seedbed_gather. */
SEEDBED_CHECK int fortuna_read(struct fortuna *f, struct seedbed *s, void *out, size_t len);

#endif
