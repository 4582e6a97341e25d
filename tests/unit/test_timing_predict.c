/* SPDX-License-Identifier: BSD-2-Clause */
/* What each predictor counts. test_cache_traces.c has the traces they know. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "timing.h"

#define ALARM 325u
#define PREDICTORS (SB_CACHE_TIMING_LAGS + 3)

enum { SLOPE = SB_CACHE_TIMING_LAGS, BEND, MARKOV };

static struct sb_cache_timing_past past;

static void feed(const uint8_t *samples, size_t count)
{
	memset(&past, 0, sizeof past);
	while (count--)
		assert_int_equal(sb_timing_predict(&past, *samples++), 0);
}

static void a_hit_is_one(void **state)
{
	uint8_t threes[100];

	(void)state;
	memset(threes, 3, sizeof threes);
	feed(threes, sizeof threes);
	for (unsigned lag = 1; lag <= SB_CACHE_TIMING_LAGS; lag++)
		assert_int_equal(past.hits[lag - 1], 100 - lag);
	assert_int_equal(past.hits[SLOPE], 98);
	assert_int_equal(past.hits[BEND], 97);
	/* not the 3 after nothing, and once not 0 after it */
	assert_int_equal(past.hits[MARKOV], 98);
	assert_int_equal(past.sum, 4 * 3);
}

static void a_neighbour_is_no_hit(void **state)
{
	static const uint8_t samples[] = { 8, 9, 8, 9, 8, 9, 8, 9, 8, 9 };

	(void)state;
	feed(samples, sizeof samples);
	assert_int_equal(past.hits[0], 0);
	assert_int_equal(past.hits[1], 8);
	assert_int_equal(past.hits[2], 0);
	assert_int_equal(past.hits[3], 6);
}

static void slope_and_bend(void **state)
{
	static const uint8_t line[] = { 250, 253, 0, 3, 6, 9, 12 };
	static const uint8_t bend[] = { 1, 2, 5, 10, 17, 26, 37 };

	(void)state;
	feed(line, sizeof line);
	assert_int_equal(past.hits[SLOPE], 5);
	assert_int_equal(past.hits[BEND], 4);
	feed(bend, sizeof bend);
	assert_int_equal(past.hits[SLOPE], 1); /* 0, 1, 2 */
	assert_int_equal(past.hits[BEND], 4);
}

/* The context: the low 2 bits of the last three changes. */
static void contexts(void **state)
{
	static const uint8_t samples[] = { 10, 11, 13, 16, 26 };
	static const uint8_t threes[] = { 10, 13, 16, 19, 26 };
	static const uint8_t again[] = { 10, 11, 13, 16, 26, 27, 29, 32, 42 };

	(void)state;
	feed(samples, sizeof samples);
	assert_int_equal(past.next[3 | 2 << 2 | 1 << 4], 10);
	feed(threes, sizeof threes);
	assert_int_equal(past.next[63], 7);
	feed(again, sizeof again - 1);
	assert_int_equal(past.hits[MARKOV], 1); /* 3 after 2, 1 and 10 */
	assert_int_equal(sb_timing_predict(&past, again[sizeof again - 1]), 0);
	assert_int_equal(past.hits[MARKOV], 2);
}

/* Blocks of 16 samples with these sums. */
static void levels(const uint8_t *sums, size_t count, unsigned level)
{
	memset(&past, 0, sizeof past);
	for (size_t i = 0; i < 16 * count; i++)
		(void)sb_timing_predict(&past, i % 16 == 5 ? sums[i / 16] : 0);
	assert_int_equal(past.level, level);
}

static void sums_of_a_level(void **state)
{
	static const uint8_t near[] = { 160, 161, 160, 160 }, far[] = { 160, 162, 160, 163, 160 };
	static const uint8_t none[] = { 0 }, some[] = { 0, 0 };

	(void)state;
	levels(near, sizeof near, 3);
	levels(far, sizeof far, 0);
	levels(none, sizeof none, 0);
	levels(some, sizeof some, 1);
}

/* A window that ends with a sample that nobody knew. */
static int ends(unsigned predictor, unsigned right)
{
	memset(&past, 0, sizeof past);
	past.at = TIMING_WINDOW - 1;
	past.before = 1000;
	if (predictor == PREDICTORS)
		past.level = (uint16_t)right;
	else
		past.hits[predictor] = (uint16_t)right;
	return sb_timing_predict(&past, 77);
}

static void so_many_times_right(void **state)
{
	(void)state;
	for (unsigned predictor = 0; predictor < PREDICTORS; predictor++) {
		assert_false(ends(predictor, ALARM - 1));
		assert_true(ends(predictor, ALARM));
		assert_true(ends(predictor, TIMING_WINDOW));
	}
	assert_false(ends(PREDICTORS, 28));
	assert_true(ends(PREDICTORS, 29));
	assert_true(ends(PREDICTORS, 31));
}

/* Alarms are of a window: the next one begins without hits. */
static void the_next_window(void **state)
{
	(void)state;
	memset(&past, 0, sizeof past);
	for (unsigned n = 0; n < 2 * TIMING_WINDOW; n++)
		assert_int_equal(sb_timing_predict(&past, 3), n % TIMING_WINDOW == 511);
	for (unsigned n = 0; n < 2 * TIMING_WINDOW; n++)
		assert_int_equal(sb_timing_predict(&past, (uint8_t)(n * n * n * 41 >> 7)), 0);
	assert_int_equal(past.level, 0);
	for (unsigned i = 0; i < PREDICTORS; i++)
		assert_int_equal(past.hits[i], 0);
}

/* All of them one short of an alarm. */
static void none_is_enough(void **state)
{
	(void)state;
	memset(&past, 0, sizeof past);
	past.at = TIMING_WINDOW - 1;
	past.before = 1000;
	past.level = 28;
	for (unsigned i = 0; i < PREDICTORS; i++)
		past.hits[i] = ALARM - 1;
	assert_int_equal(sb_timing_predict(&past, 77), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_hit_is_one),    cmocka_unit_test(a_neighbour_is_no_hit),
		cmocka_unit_test(slope_and_bend),  cmocka_unit_test(contexts),
		cmocka_unit_test(sums_of_a_level), cmocka_unit_test(so_many_times_right),
		cmocka_unit_test(the_next_window), cmocka_unit_test(none_is_enough),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
