/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * probe of the cache timing source on counters by script: when it refuses, and
 * why. test_cache_read.c has what it hands over, test_cache_traces.c what the
 * predictors see.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake_timing.h"

static int probed(void)
{
	return sb_cache_timing.probe(&timing);
}

static int64_t steady(uint32_t n)
{
	(void)n;
	return 100;
}

static void what_the_row_says(void **state)
{
	const struct sb_source row = SB_CACHE_TIMING_AS(&timing, 21);

	(void)state;
	assert_true(row.driver == &sb_cache_timing && row.ctx == &timing && row.credit == 21);
	assert_string_equal(sb_cache_timing.name, "cache-timing");
	assert_int_equal(sb_cache_timing.flags, SB_NOISE | SB_LOCAL | SB_TIMING | SB_LAST);
	assert_int_equal(sb_cache_timing.entropy, 85);
	assert_int_equal(sb_cache_timing.width, 1);
	assert_null(sb_cache_timing.restart);
	assert_null(sb_cache_timing.held);
}

static int yes(void)
{
	return 1;
}

static int no(void)
{
	return 0;
}

static void a_cpu_without_the_flush(void **state)
{
	(void)state;
	fake_timing(fake_noise);
	timing.able = no;
	assert_int_equal(probed(), SB_ENODEV);
	timing.able = yes;
	assert_int_equal(probed(), SB_OK);
	timing.flush = NULL;
	assert_int_equal(probed(), SB_ENODEV);
	timing.flush = fake_flush;
	timing.area = NULL;
	assert_int_equal(probed(), SB_ENODEV);
}

static void no_counter(void **state)
{
	(void)state;
	fake_timing(fake_noise);
	timing.cycle_bits = 0;
	assert_int_equal(probed(), SB_ESTANDS);
	assert_int_equal(clock_.looks, 0);
}

static void a_counter_that_stands(void **state)
{
	(void)state;
	fake_timing(fake_noise);
	clock_.divide = 0;
	assert_int_equal(probed(), SB_ESTANDS);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_PROBE / 2);
}

/* -icount: each sample has as many instructions as the one before. */
static void a_counter_of_instructions(void **state)
{
	(void)state;
	fake_timing(steady);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_EUNCACHED);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_PROBE / 2);
}

/* Plain TCG: the noise is that of the host, and the cache is not ours. */
static void noise_without_a_cache(void **state)
{
	(void)state;
	fake_timing(fake_noise);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_EUNCACHED);
}

static int64_t growing(uint32_t n)
{
	return n;
}

static int64_t shrinking(uint32_t n)
{
	return 100000 - n;
}

static int64_t alternating(uint32_t n)
{
	return n % 2 * 64;
}

static int64_t in_fours(uint32_t n)
{
	return (n % 4 == 1 || n % 4 == 2) * 64;
}

static int64_t in_fours_later(uint32_t n)
{
	return in_fours(n + 1);
}

/* A fixed order of the pairs would take these for a cache. */
static void drifts_and_periods_are_no_cache(void **state)
{
	int64_t (*const of[])(uint32_t) = { growing, shrinking, alternating, in_fours,
					    in_fours_later };

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		fake_timing(of[i]);
		clock_.miss = 0;
		assert_int_equal(probed(), SB_EUNCACHED);
	}
}

/* It is slow where the pairs of 64 samples have their flushed line. */
static int64_t in_the_order_of_the_pairs(uint32_t n)
{
	return ((n & 1) == (0x243f6a88u >> n / 2 % 32 & 1)) * 64 + fake_noise(n) % 32;
}

/* No order is safe from a counter that has the same. Two opposite ones are. */
static void the_order_itself_is_no_cache(void **state)
{
	(void)state;
	fake_timing(in_the_order_of_the_pairs);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_EUNCACHED);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_PROBE);
}

/* Bit n: sample n is. Four pairs of 32 may be lost by that, five may not. */
static uint64_t interrupts;

static int64_t interrupted(uint32_t n)
{
	return n < 64 && interrupts >> n & 1 ? 100000 : fake_noise(n);
}

static void interrupts_while_it_probes(void **state)
{
	(void)state;
	fake_timing(interrupted);
	/* in pairs 0, 1, 2, 4 and 5 the flushed line comes first */
	interrupts = 1u << 1 | 1u << 3 | 1u << 5 | 1u << 9;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 1);
	fake_timing(interrupted);
	interrupts |= 1u << 11;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 2);
	fake_timing(interrupted);
	interrupts >>= 1;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 1);
}

/* A host that traps each look: the effect is smaller than its own noise. */
static int64_t trapped(uint32_t n)
{
	return 3000 + fake_mixed(n) % 600;
}

static void a_trapped_counter(void **state)
{
	(void)state;
	fake_timing(trapped);
	clock_.miss = 100;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 4);
	fake_timing(trapped);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_EUNCACHED);
}

static void coarse_counters(void **state)
{
	static const struct {
		unsigned divide, loads;
	} of[] = { { 100, 1 }, { 1000, 2 }, { 4000, 8 }, { 8000, 16 } };

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		fake_timing(fake_noise);
		clock_.miss = 500;
		clock_.divide = of[i].divide;
		assert_int_equal(probed(), SB_OK);
		assert_int_equal(timing.loads, of[i].loads);
	}
	fake_timing(fake_noise);
	clock_.miss = 500;
	clock_.divide = 40000;
	assert_int_equal(probed(), SB_ECOARSE);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_PROBE / 2);
}

/* 8 steps of 100 ticks, whatever the loads; in one sample of 32 fewer. */
static uint32_t short_one;

static int64_t eight_steps(uint32_t n)
{
	return (n == short_one ? 700 : 800) - (int64_t)(timing.loads * FAKE_HIT);
}

static void the_shortest_is_too_short(void **state)
{
	(void)state;
	fake_timing(eight_steps);
	clock_.miss = 0;
	clock_.divide = 100;
	short_one = UINT32_MAX;
	assert_int_equal(probed(), SB_EUNCACHED);
	fake_timing(eight_steps);
	clock_.miss = 0;
	clock_.divide = 100;
	short_one = 64 * 5 + 7;
	assert_int_equal(probed(), SB_ECOARSE);
}

/* It moved once, long ago. */
static int64_t nothing_more(uint32_t n)
{
	return (n == 3) - (int64_t)(timing.loads * FAKE_HIT);
}

static void a_counter_that_moved_once(void **state)
{
	(void)state;
	fake_timing(nothing_more);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_ECOARSE);
}

/* Of another class than the recordings: another try, and never more loads. */
static void more_loads_than_were_recorded(void **state)
{
	(void)state;
	fake_timing(fake_noise);
	timing.loads_most = 2;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 1);
	fake_timing(fake_noise);
	timing.loads_most = 2;
	clock_.miss = 500;
	clock_.divide = 1000;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 2);
	fake_timing(fake_noise);
	timing.loads_most = 1;
	clock_.miss = 500;
	clock_.divide = 1000;
	assert_int_equal(probed(), SB_ECOARSE);
	assert_int_equal(timing.loads, 1);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_PROBE / 2);
	fake_timing(interrupted);
	interrupts = 1u << 1 | 1u << 3 | 1u << 5 | 1u << 9 | 1u << 11;
	timing.loads_most = 1;
	assert_int_equal(probed(), SB_OK);
	assert_int_equal(timing.loads, 1);
}

/* Each line is flushed, none twice before all were, and each was written. */
static void every_line(void **state)
{
	unsigned lines = 0;

	(void)state;
	fake_timing(fake_noise);
	clock_.miss = 0;
	assert_int_equal(probed(), SB_EUNCACHED);
	for (unsigned i = 0; i < SB_CACHE_TIMING_LINES; i++) {
		assert_int_not_equal(timing_area.bytes[i * SB_CACHE_TIMING_LINE], 0);
		lines += clock_.seen[i];
	}
	assert_int_equal(lines, 64 * 63);
	for (unsigned i = 0; i < SB_CACHE_TIMING_LINES; i++)
		assert_in_range(clock_.seen[i], 8, 24);
}

static int64_t once_back(uint32_t n)
{
	return n == 5 ? -1000000 : fake_noise(n);
}

static int64_t twice_back(uint32_t n)
{
	return n == 5 || n == 63 ? -1000000 : fake_noise(n);
}

static int64_t thrice_back(uint32_t n)
{
	return n == 0 || n == 64 || n == 128 ? -1000000
	       : n == 1 || n == 65           ? 100000
					     : fake_noise(n);
}

static void a_counter_that_goes_backwards(void **state)
{
	(void)state;
	fake_timing(once_back);
	assert_int_equal(probed(), SB_OK);
	fake_timing(twice_back);
	assert_int_equal(probed(), SB_EIO);
	/* once for each number of loads is none of its faults */
	fake_timing(thrice_back);
	assert_int_equal(probed(), SB_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_row_says),
		cmocka_unit_test(a_cpu_without_the_flush),
		cmocka_unit_test(no_counter),
		cmocka_unit_test(a_counter_that_stands),
		cmocka_unit_test(a_counter_of_instructions),
		cmocka_unit_test(noise_without_a_cache),
		cmocka_unit_test(drifts_and_periods_are_no_cache),
		cmocka_unit_test(the_order_itself_is_no_cache),
		cmocka_unit_test(interrupts_while_it_probes),
		cmocka_unit_test(a_trapped_counter),
		cmocka_unit_test(coarse_counters),
		cmocka_unit_test(the_shortest_is_too_short),
		cmocka_unit_test(a_counter_that_moved_once),
		cmocka_unit_test(more_loads_than_were_recorded),
		cmocka_unit_test(every_line),
		cmocka_unit_test(a_counter_that_goes_backwards),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
