/* SPDX-License-Identifier: BSD-2-Clause */
#include "timing.h"

#define CACHE_TIMING_SLOWER 31u /* of TIMING_PAIRS */
#define CACHE_TIMING_FINE 8u

/* The stores are seen, though the program may end here. */
static void cache_timing_wipe(void *ctx)
{
	struct sb_cache_timing_state *t = ctx;

	t->past = (struct sb_cache_timing_past){ { 0 }, { 0 }, { 0 }, 0, 0, 0, 0 };
	t->backward = 0;
	__asm__ volatile("" : : "r"(t) : "memory");
}

/*
 * Memory that nobody has written may be one page of zeros at many addresses.
 * Then lines are the same line.
 */
static void cache_timing_fill(struct sb_cache_timing_state *t)
{
	volatile uint8_t *area = t->area;

	for (size_t i = 0; i < sizeof t->area; i += SB_CACHE_TIMING_LINE)
		area[i] = 1;
}

/* SB_OK, or why no number of loads shows a cache. */
static int cache_timing_loads(struct sb_cache_timing_state *t, uint32_t ticks[TIMING_TICKS])
{
	uint32_t least = UINT32_MAX;

	for (t->loads = 1; t->loads <= SB_CACHE_TIMING_LOADS; t->loads *= 2) {
		if (sb_timing_contrast(t, ticks) >= CACHE_TIMING_SLOWER)
			return SB_OK;
		for (unsigned i = 0; i < TIMING_TICKS; i++)
			if (ticks[i] && ticks[i] < least)
				least = ticks[i];
	}
	if (least == UINT32_MAX)
		return SB_ESTANDS;
	return ticks[0] / CACHE_TIMING_FINE < least ? SB_ECOARSE : SB_EUNCACHED;
}

static int cache_timing_probe(void *ctx)
{
	struct sb_cache_timing_state *t = ctx;
	uint32_t ticks[TIMING_TICKS];
	int result;

	if (!t->flush || (t->able && !t->able()))
		return SB_ENODEV;
	if (!t->cycle_bits)
		return SB_ESTANDS;
	cache_timing_wipe(t);
	cache_timing_fill(t);
	result = cache_timing_loads(t, ticks);
	t->scale = sb_timing_scale(ticks);
	return result;
}

static int cache_timing_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_cache_timing_state *t = ctx;
	size_t n = 0;

	while (n < len) {
		uint32_t ticks = sb_timing_sample(t, 0);

		if (ticks == UINT32_MAX) {
			if (t->backward++)
				return SB_EIO;
			continue;
		}
		buf[n] = (uint8_t)(((uint64_t)ticks * t->scale + TIMING_FULL / 2) / TIMING_FULL);
		if (sb_timing_predict(&t->past, buf[n++]))
			return SB_EPREDICTABLE;
		if (!t->past.at)
			t->backward = 0;
	}
	return (int)n;
}

const struct sb_driver sb_cache_timing = {
	.name = "cache-timing",
	.entropy = 85,
	.width = 1,
	.flags = SB_NOISE | SB_LOCAL | SB_TIMING | SB_LAST,
	.probe = cache_timing_probe,
	.read = cache_timing_read,
	.stop = cache_timing_wipe,
};
SB_DRIVER(sb_cache_timing);
