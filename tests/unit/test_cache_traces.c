/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Times that look like noise and are none. Each is played with a cache that
 * works, so that probe lets it pass. A test names the predictor that knows it.
 * Without a cache probe refuses each of them.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake_timing.h"
#include "timing.h"

#define ALARM 325u

/* Which predictor: a lag of 1 to 64, or one of these. */
enum predictor {
	NOBODY,
	SLOPE = SB_CACHE_TIMING_LAGS + 1, /* the second difference is 0 */
	BEND,                             /* the third is 0 */
	MARKOV,
	LEVEL
};

#define LAG(n) (n)

static int knows(const struct sb_cache_timing_past *past, unsigned predictor)
{
	return predictor == LEVEL ? past->level >= 29 : past->hits[predictor - 1] >= ALARM;
}

/* Without a cache it is refused, whatever the predictors say. */
static void uncached(int64_t (*time)(uint32_t n))
{
	int result;

	fake_timing(time);
	clock_.miss = 0;
	result = sb_cache_timing.probe(&timing);
	assert_true(result == SB_EUNCACHED || result == SB_ECOARSE);
}

struct trace {
	int64_t (*time)(uint32_t n);
	unsigned by;
};

/* Samples 0 to 510 of a window are handed over. The last one is the alarm. */
static void played(void **state)
{
	const struct trace *trace = *state;
	uint8_t byte;

	uncached(trace->time);
	fake_timing(trace->time);
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	timing.scale = 1 << 24; /* a step would divide out some of them */
	clock_.sample = 0;
	for (unsigned n = 0; n < TIMING_WINDOW - 1; n++)
		assert_int_equal(sb_cache_timing.read(&timing, &byte, 1), 1);
	for (unsigned any = LAG(1); trace->by == NOBODY && any <= LEVEL; any++)
		assert_false(knows(&timing.past, any));
	if (trace->by != NOBODY)
		assert_true(knows(&timing.past, trace->by));
	assert_int_equal(sb_cache_timing.read(&timing, &byte, 1),
			 trace->by == NOBODY ? 1 : SB_EPREDICTABLE);
}

static int64_t constant(uint32_t n)
{
	(void)n;
	return 20;
}

static int64_t dither(uint32_t n)
{
	return 20 + n % 2;
}

static int64_t dither_of_five(uint32_t n)
{
	return "\0\1\0\0\1"[n % 5];
}

/* Steps of a counter with no whole number of ticks. n times a ratio, whole. */
static int64_t floors(uint32_t n, uint64_t ratio)
{
	return (int64_t)((n + 1) * ratio / 1000000 - n * ratio / 1000000);
}

static int64_t sturmian(uint32_t n)
{
	return floors(n, 20618034);
}

static int64_t sturmian_with_outliers(uint32_t n)
{
	return fake_mixed(n) % 16 ? sturmian(n) : 200 + fake_mixed(n) % 1000;
}

static int64_t pattern(uint32_t n, unsigned period)
{
	return fake_mixed(n % period) % 64;
}

static int64_t period_16(uint32_t n)
{
	return pattern(n, 16);
}

static int64_t period_17(uint32_t n)
{
	return pattern(n, 17);
}

static int64_t period_31(uint32_t n)
{
	return pattern(n, 31);
}

static int64_t period_50(uint32_t n)
{
	return pattern(n, 50);
}

static int64_t period_64(uint32_t n)
{
	return pattern(n, 64);
}

static int64_t thue_morse(uint32_t n)
{
	return 20 + __builtin_parity(n);
}

static int64_t ramp(uint32_t n)
{
	return n;
}

static int64_t falling_ramp(uint32_t n)
{
	return 100000 - 3 * (int64_t)n;
}

/* 2, 2, 3, 2, 3 .. more each time */
static int64_t uneven_ramp(uint32_t n)
{
	return (int64_t)(n * 2618034ull / 1000000);
}

static int64_t parabola(uint32_t n)
{
	return (int64_t)n * (n + 1) / 2;
}

/* Each second sample takes back what the one before was longer. */
static int64_t pairs(uint32_t n)
{
	int64_t longer = fake_mixed(n / 2) % 64;

	return n % 2 ? 63 - longer : longer;
}

/* What nothing here knows. docs/timing.md says so. */
static int64_t period_97(uint32_t n)
{
	return pattern(n, 97);
}

/* A machine that computes its times, and how long a line takes that is not in
   the cache that it only pretends to have. */
static int64_t generator(uint32_t n)
{
	static uint32_t lcg;

	(void)n;
	lcg = lcg * 1664525 + 1013904223;
	return lcg >> 24;
}

/* clang-format off */
#define TRACE(name, by) { #name "_by_" #by, played, NULL, NULL, &(struct trace){ name, by } }
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		TRACE(constant, LAG(1)),
		TRACE(dither, LAG(2)),
		TRACE(dither_of_five, LAG(5)),
		TRACE(sturmian, LAG(3)),
		TRACE(sturmian_with_outliers, LAG(5)),
		TRACE(period_16, LAG(16)),
		TRACE(period_17, LAG(17)),
		TRACE(period_31, LAG(31)),
		TRACE(period_50, LAG(50)),
		TRACE(period_64, LAG(64)),
		TRACE(thue_morse, LEVEL),
		TRACE(pairs, LEVEL),
		TRACE(ramp, SLOPE),
		TRACE(falling_ramp, SLOPE),
		TRACE(uneven_ramp, MARKOV),
		TRACE(parabola, BEND),
		TRACE(fake_noise, NOBODY),
		TRACE(period_97, NOBODY),
		TRACE(generator, NOBODY),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
