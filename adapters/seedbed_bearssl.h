/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for BearSSL: one HMAC_DRBG (SHA-256) an operation (a key generation, a signature, a handshake's secrets).
 *
 * BearSSL's generate() cannot report failure, so whatever can fail does so in start, before the operation begins. And BearSSL cannot
 * notice that the machine was cloned while it worked, so finish says whether the result may be kept:
 *
 *	if (seedbed_bearssl_start(&b, s) == SB_OK) {
 *		made = br_ec_keygen(seedbed_bearssl_prng(&b), impl, &key, buffer, curve);
 *		if (seedbed_bearssl_finish(&b) != SB_OK)
 *			... throw the key away and make it again
 *	}
 */
#ifndef SEEDBED_BEARSSL_H
#define SEEDBED_BEARSSL_H

#include "bearssl.h"
#include "seedbed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* In the caller's memory, which must stay where it is from start to finish. The members are private. */
struct seedbed_bearssl {
	br_hmac_drbg_context drbg;
	struct seedbed *s;
	uint32_t generation;
};

/* Seeds b from s. On failure (that of seedbed_read; SB_EINVAL: a NULL pointer) b is all zeros: no generator to call. */
SEEDBED_CHECK int seedbed_bearssl_start(struct seedbed_bearssl *b, struct seedbed *s);

/* What BearSSL calls an rng_ctx. Only between a start that succeeded and finish. */
const br_prng_class **seedbed_bearssl_prng(struct seedbed_bearssl *b);

/* Looks whether the machine was cloned, or s told to start over, since start; wipes b in any case. SB_OK: keep the result. SB_EAGAIN: the
   same secret may exist twice (or s is busy, so nobody can tell): wipe it and start again. Any other: that of seedbed_gather. */
SEEDBED_CHECK int seedbed_bearssl_finish(struct seedbed_bearssl *b);

/* Zeros that no compiler leaves out, for the secrets made on the way. */
void seedbed_bearssl_wipe(void *at, size_t len);

#ifdef __cplusplus
}
#endif
#endif
