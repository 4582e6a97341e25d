/* SPDX-License-Identifier: BSD-2-Clause */
#include "seedbed_bearssl.h"

/*
 * NIST SP 800-90A Rev. 1: 256 bits of entropy for security strength 256
 * (section 10.1 table 2), and a nonce of half that (section 8.6.7).
 */
#define BEARSSL_SEED_BYTES (32 + 16)

void seedbed_bearssl_wipe(void *at, size_t len)
{
	volatile unsigned char *p = at;

	while (len--)
		*p++ = 0;
}
SB_OWN(seedbed_bearssl_wipe);

int seedbed_bearssl_start(struct seedbed_bearssl *b, struct seedbed *s)
{
	uint8_t seed[BEARSSL_SEED_BYTES];
	uint32_t generation;
	int result;

	if (!b || !s)
		return SB_EINVAL;
	seedbed_bearssl_wipe(b, sizeof *b);
	/*
	 * Before the read. A clone that falls between the two costs one
	 * repetition. The other order would overlook the clone and give away
	 * the key.
	 */
	generation = seedbed_status(s).generation;
	result = seedbed_read(s, seed, sizeof seed);
	if (result == SB_OK) {
		br_hmac_drbg_init(&b->drbg, &br_sha256_vtable, seed, sizeof seed);
		b->s = s;
		b->generation = generation;
	}
	seedbed_bearssl_wipe(seed, sizeof seed);
	return result;
}
SB_OWN(seedbed_bearssl_start);

const br_prng_class **seedbed_bearssl_prng(struct seedbed_bearssl *b)
{
	return &b->drbg.vtable;
}
SB_OWN(seedbed_bearssl_prng);

int seedbed_bearssl_finish(struct seedbed_bearssl *b)
{
	int result = SB_EINVAL;

	if (b && b->s) {
		/* the first thing that it does is to look at the epoch */
		result = seedbed_gather(b->s);
		if (result == SB_OK && seedbed_status(b->s).generation != b->generation)
			result = SB_EAGAIN;
	}
	if (b)
		seedbed_bearssl_wipe(b, sizeof *b);
	return result;
}
SB_OWN(seedbed_bearssl_finish);
