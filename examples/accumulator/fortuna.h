/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An accumulator that a dependent may keep for itself, after Fortuna (Ferguson,
 * Schneier, Kohno, Cryptography Engineering, chapter 9), with BearSSL's SHA-256
 * and ChaCha20. A consumer of seedbed feeds it raw entropy. It draws from
 * seedbed's own generator only to catch up with a clone that it missed while it
 * was not attached.
 *
 * Results are those of seedbed.h. A refusal leaves the output as it was.
 */
#ifndef FORTUNA_H
#define FORTUNA_H

#include "bearssl.h"
#include "seedbed.h"

#define FORTUNA_POOLS 32
/* bytes in the first pool before a reseed: section 9.5.5 */
#define FORTUNA_POOL_MIN 64
/*
 * credited bits in all pools before the first output, and again after a clone
 */
#define FORTUNA_FIRST_BITS 256
#define FORTUNA_REQUEST_MAX 1048576 /* bytes: section 9.4.4 */

/*
 * Zero it before the first attach. It must not move while attached. You may
 * read taken, reseeds, told and generation.
 */
struct fortuna {
	struct seedbed_consumer consumer;
	br_sha256_context pool[FORTUNA_POOLS];
	uint8_t key[32], turn[SEEDBED_SOURCES_MAX + 1];
	/* In 1/256 bit a byte: how seedbed judges each source. 0 for events. */
	uint16_t credit[SEEDBED_SOURCES_MAX + 1];
	uint8_t started, attached, seeded;
	/* 1/256 bits in the pools; bytes in the first one */
	uint32_t bits, first;
	/* of seedbed_status, as far as this accumulator knows */
	uint32_t generation;
	uint32_t taken;         /* bytes */
	uint32_t reseeds, told; /* so far; epoch changes that it was told */
};

/* From now on s feeds f, or feeds it no longer. SB_EINVAL: it is so already. */
SEEDBED_CHECK int fortuna_attach(struct fortuna *f, struct seedbed *s);
SEEDBED_CHECK int fortuna_detach(struct fortuna *f, struct seedbed *s);

/*
 * Runs one round of seedbed_gather, which looks at the epoch and feeds the
 * pools. Then it fills out with len bytes. f may be attached or not. SB_EAGAIN:
 * the pools have too little, or the machine was cloned; ask again. Other
 * results are those of seedbed_gather.
 */
SEEDBED_CHECK int fortuna_read(struct fortuna *f, struct seedbed *s, void *out, size_t len);

#endif
