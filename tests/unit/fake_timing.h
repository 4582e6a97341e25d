/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A counter by script under the cache timing source, and a cache that works or
 * does not. It sees each call of the driver, and no load: which lines those are
 * it knows by the driver's rule, that each is five times the one before, and 1.
 */
#ifndef FAKE_TIMING_H
#define FAKE_TIMING_H

#include "sb_cache_timing.h"

#define FAKE_HIT 20u

static struct {
	/* The time of sample n beyond its loads. */
	int64_t (*time)(uint32_t n);
	unsigned miss;   /* by how much a load that misses is longer; 0: no cache */
	unsigned divide; /* of that time make one tick; 0: the counter stands */
	uint64_t now;
	uint32_t sample; /* the next one */
	unsigned looks, flushes, fences, missed;
	int fenced; /* since the last sample */
	uint8_t line, seen[SB_CACHE_TIMING_LINES];
} clock_;

static struct sb_cache_timing_state timing;
static struct sb_cache_timing_area timing_area;

static uint64_t fake_cycles(void)
{
	if (clock_.looks++ % 2 == 0) {
		assert_true(clock_.fenced);
		clock_.now += 1000;
		clock_.line = timing.line;
		clock_.flushes = clock_.fences = clock_.missed = 0;
	} else {
		clock_.fenced = 0;
		clock_.now += (uint64_t)clock_.time(clock_.sample++) +
			      (uint64_t)timing.loads * FAKE_HIT +
			      (uint64_t)clock_.missed * clock_.miss;
	}
	return clock_.divide ? clock_.now / clock_.divide : 0;
}

static void fake_flush(const volatile void *at)
{
	size_t offset = (size_t)((const volatile uint8_t *)at - timing_area.bytes);

	assert_true(offset < sizeof timing_area && offset % SB_CACHE_TIMING_LINE == 0);
	assert_int_equal(clock_.fences, 2 * clock_.flushes);
	clock_.flushes++;
	clock_.seen[offset / SB_CACHE_TIMING_LINE]++;
	clock_.missed += offset / SB_CACHE_TIMING_LINE == clock_.line;
	clock_.line = (uint8_t)(5 * clock_.line + 1);
}

static void fake_fence(void)
{
	clock_.fences++;
	clock_.fenced = 1;
}

/* A machine with that noise, whose flush works and whose counter is fine. */
static void fake_timing(int64_t (*time)(uint32_t n))
{
	memset(&clock_, 0, sizeof clock_);
	clock_.time = time;
	clock_.miss = 4096;
	clock_.divide = 1;
	memset(&timing, 0, sizeof timing);
	timing.cycles = fake_cycles;
	timing.cycle_bits = 64;
	timing.flush = fake_flush;
	timing.fence = fake_fence;
	timing.area = &timing_area;
	memset(&timing_area, 0, sizeof timing_area);
}

static uint32_t fake_mixed(uint32_t n)
{
	n = (n + 1) * 0x9e3779b1u;
	n = (n ^ n >> 15) * 0x85ebca77u;
	n = (n ^ n >> 13) * 0xc2b2ae3du;
	return n ^ n >> 16;
}

/* What a CPU does: no two samples have to do with each other. */
static int64_t fake_noise(uint32_t n)
{
	return fake_mixed(n) % 64;
}

#endif
