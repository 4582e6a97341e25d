/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

#define RNG_STRIDE ((size_t)65536)
/* Reads served from one seed before the fast sources are asked again. */
#define RNG_READS_MAX 65536u

/*
 * Fast key erasure. The pass that makes an output also replaces the key, by
 * bytes of its keystream that no caller sees. A long output changes keys on the
 * way. That also keeps every stream far below its 2^32 blocks.
 */
void sb_rng_output(struct seedbed *s, const uint32_t nonce[3], uint8_t *out, size_t len)
{
	do {
		size_t n = len < RNG_STRIDE ? len : RNG_STRIDE;

		sb_stream(s->key, nonce, out, n, s->way);
		out += n;
		len -= n;
	} while (len);
}
SB_OWN(sb_rng_output);

static int rng_serve(struct seedbed *s, uint8_t *out, size_t len)
{
	uint32_t nonce[3];

	if (s->served >= RNG_READS_MAX)
		sb_fast_round(s);
	sb_fast_word(s, nonce + 1);
	if (s->alarmed) {
		(void)sb_gather_settle(s);
	} else {
		nonce[0] = (uint32_t)s->cycles();
		sb_rng_output(s, nonce, out, len);
		s->served++;
	}
	return s->alarmed ? SB_EAGAIN : SB_OK;
}

static int rng_refuse(const struct seedbed *s)
{
	if (s->reason == SEEDBED_STALLED || s->reason == SEEDBED_NO_SOURCE ||
	    s->reason == SEEDBED_TOO_FEW)
		return SB_EIO;
	return SB_EAGAIN;
}

/*
 * A clone may be made between any two instructions here. The second try, or the
 * caller, throws away what was drawn before it. An instance that starts over
 * recovers by reads alone, if it has a fast source.
 *
 * noinline: its frame must be dead when the stack is wiped.
 */
__attribute__((noinline)) int sb_rng_read(struct seedbed *s, uint8_t *out, size_t len)
{
	int epoch = sb_gather_epoch(s);

	for (int tries = 0; tries < 2 && epoch != SB_EIO; tries++) {
		int result;

		if (!sb_serving(s) && !s->first)
			sb_fast_round(s);
		if (!sb_serving(s))
			return rng_refuse(s);
		result = rng_serve(s, out, len);
		if (result != SB_OK)
			return result;
		epoch = sb_gather_epoch(s);
		if (epoch == SB_OK)
			return SB_OK;
	}
	return SB_EAGAIN;
}
SB_OWN(sb_rng_read);

int seedbed_read(struct seedbed *s, void *out, size_t len)
{
	int result;

	if (!sb_outside(s, out, len))
		return SB_EINVAL;
	result = sb_enter(s);
	if (result == SB_OK)
		result = sb_leave(s, sb_rng_read(s, out, len));
	if (result != SB_OK)
		memset(out, 0, len);
	return result;
}
SB_OWN(seedbed_read);
