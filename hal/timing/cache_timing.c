/* SPDX-License-Identifier: BSD-2-Clause */
#include "timing.h"

#define CACHE_TIMING_SLOWER 28u /* of TIMING_PAIRS, in each of two orders */
#define CACHE_TIMING_FINE 8u    /* steps */

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
	volatile uint8_t *area = t->area->bytes;

	for (size_t i = 0; i < sizeof t->area->bytes; i += SB_CACHE_TIMING_LINE)
		area[i] = 1;
}

static uint32_t cache_timing_steps(const struct sb_cache_timing_state *t, uint32_t ticks)
{
	return (uint32_t)(((uint64_t)ticks * t->scale + TIMING_FULL / 2) / TIMING_FULL);
}

static int cache_timing_shows(struct sb_cache_timing_state *t, uint32_t ticks[TIMING_TICKS],
			      uint32_t turned)
{
	return sb_timing_contrast(t, ticks, turned) >= CACHE_TIMING_SLOWER;
}

/* SB_OK, or why no number of loads shows a cache. */
static int cache_timing_loads(struct sb_cache_timing_state *t)
{
	uint32_t ticks[TIMING_TICKS], moved = 0;

	for (unsigned loads = 1; loads <= SB_CACHE_TIMING_LOADS; loads *= 2) {
		unsigned most = t->loads_most ? t->loads_most : loads;
		int shows;

		t->loads = (uint8_t)(loads < most ? loads : most);
		shows = cache_timing_shows(t, ticks, 0);
		/* twice backwards */
		if (ticks[TIMING_TICKS - 2] == UINT32_MAX)
			return SB_EIO;
		t->scale = sb_timing_scale(ticks);
		/* a counter may go along with one order by chance */
		if (shows && cache_timing_shows(t, ticks, UINT32_MAX))
			return SB_OK;
		moved |= ticks[TIMING_TICKS - 1];
	}
	if (!moved)
		return SB_ESTANDS;
	return cache_timing_steps(t, ticks[0]) < CACHE_TIMING_FINE ? SB_ECOARSE : SB_EUNCACHED;
}

static int cache_timing_probe(void *ctx)
{
	struct sb_cache_timing_state *t = ctx;

	if (!t->flush || !t->area || (t->able && !t->able()))
		return SB_ENODEV;
	if (!t->cycle_bits)
		return SB_ESTANDS;
	cache_timing_wipe(t);
	cache_timing_fill(t);
	return cache_timing_loads(t);
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
		buf[n] = (uint8_t)cache_timing_steps(t, ticks);
		if (sb_timing_predict(&t->past, buf[n++]))
			return SB_EPREDICTABLE;
		if (!t->past.at)
			t->backward = 0;
	}
	return (int)n;
}

const struct sb_driver sb_cache_timing = {
	.name = "cache-timing",
	SB_ASSESSED(85, 1),
	.flags = SB_NOISE | SB_LOCAL | SB_TIMING | SB_LAST,
	.probe = cache_timing_probe,
	.read = cache_timing_read,
	.stop = cache_timing_wipe,
};
SB_DRIVER(sb_cache_timing);
