/* SPDX-License-Identifier: BSD-2-Clause */
#include "timing.h"

/*
 * Bit n: the flushed line comes second in pair n. These are digits of pi: no
 * drift and no period of the counter looks like an effect of the cache.
 */
#define CONTRAST_ORDER 0x243f6a88u
#define CONTRAST_APART 128u

static void contrast_insert(uint32_t *ticks, unsigned n, uint32_t tick)
{
	for (; n && ticks[n - 1] > tick; n--)
		ticks[n] = ticks[n - 1];
	ticks[n] = tick;
}

/*
 * No branch depends on the order. Where the two calls came from two places, an
 * emulator and a CPU that predicts branches took other times for them.
 */
unsigned sb_timing_contrast(struct sb_cache_timing_state *t, uint32_t ticks[TIMING_TICKS],
			    uint32_t turned)
{
	unsigned slower = 0;

	for (unsigned n = 0; n < TIMING_PAIRS; n++) {
		unsigned second = (CONTRAST_ORDER ^ turned) >> n & 1;
		unsigned apart = second * CONTRAST_APART;
		uint32_t pair[2];

		pair[0] = sb_timing_load(t, apart);
		pair[1] = sb_timing_load(t, CONTRAST_APART - apart);
		slower += pair[second] > pair[!second];
		contrast_insert(ticks, 2 * n, pair[0]);
		contrast_insert(ticks, 2 * n + 1, pair[1]);
	}
	return slower;
}
SB_OWN(sb_timing_contrast);
