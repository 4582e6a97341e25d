/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for BearSSL: one HMAC_DRBG (SHA-256) for each operation: a key
 * generation, a signature, the secrets of a handshake.
 *
 * The generate() of BearSSL cannot report a failure. So everything that can
 * fail does so in start, before the operation begins. BearSSL cannot notice
 * either that the machine was cloned while it worked. So finish says whether
 * the result may be kept:
 *
 *	if (seedbed_bearssl_start(&b, s) == SB_OK) {
 *		made = br_ec_keygen(seedbed_bearssl_prng(&b), ...);
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

/*
 * Lies in the caller's memory and must not move from start to finish. The
 * members are private.
 */
struct seedbed_bearssl {
	br_hmac_drbg_context drbg;
	struct seedbed *s;
	uint32_t generation;
};

/*
 * Seeds b from s. A failure is that of seedbed_read, or SB_EINVAL for a NULL
 * pointer. b is all zeros then, and there is no generator to call.
 */
SEEDBED_CHECK int seedbed_bearssl_start(struct seedbed_bearssl *b, struct seedbed *s);

/*
 * The rng_ctx of BearSSL. Call it only between a start that succeeded and
 * finish.
 */
const br_prng_class **seedbed_bearssl_prng(struct seedbed_bearssl *b);

/*
 * Looks whether, since start, the machine was cloned or s was told to start
 * over. Wipes b in any case. SB_OK: keep the result. SB_EAGAIN: the same secret
 * may exist twice, or s is busy and cannot tell. Wipe the secret and start
 * again. Other results are those of seedbed_gather.
 */
SEEDBED_CHECK int seedbed_bearssl_finish(struct seedbed_bearssl *b);

/* Writes zeros that no compiler leaves out, over secrets made on the way. */
void seedbed_bearssl_wipe(void *at, size_t len);

#ifdef __cplusplus
}
#endif
#endif
