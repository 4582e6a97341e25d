/* SPDX-License-Identifier: BSD-2-Clause */
/* The step of a counter, out of 64 times. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "timing.h"

#define FIT 48u /* the times that are looked at */

static uint32_t ticks[TIMING_TICKS];

static int shorter(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Ticks in a step, as it was found, in 1/1000. */
static unsigned found(void)
{
	qsort(ticks, TIMING_TICKS, sizeof *ticks, shorter);
	return (unsigned)(TIMING_FULL * 1000ull / sb_timing_scale(ticks));
}

/*
 * Times of `least` steps and up to `more` more, begun anywhere in a step.
 * Returns the mean step of those that are looked at, in 24.8 fixed point.
 */
static uint32_t times(unsigned step, unsigned least, unsigned more)
{
	static uint32_t steps[TIMING_TICKS];
	uint64_t at = 12345, sum = 0, count = 0;

	for (uint64_t i = 0; i < TIMING_TICKS; i++) {
		uint64_t from = at * step / 1000;

		steps[i] = (uint32_t)(least + i * 37 % 64 * more / 64);
		at += steps[i];
		ticks[i] = (uint32_t)(at * step / 1000 - from);
		at += i * 1031;
	}
	qsort(ticks, TIMING_TICKS, sizeof *ticks, shorter);
	qsort(steps, TIMING_TICKS, sizeof *steps, shorter);
	for (unsigned i = 0; i < FIT; i++) {
		sum += ticks[i];
		count += steps[i];
	}
	return (uint32_t)(sum * 256 / count);
}

static void is_found(unsigned step, unsigned least, unsigned more)
{
	uint32_t mean = times(step, least, more);

	assert_in_range(mean, step * 256ull / 1003, step * 256ull / 997);
	assert_int_equal(sb_timing_scale(ticks), UINT32_MAX / mean);
}

/* From few steps to many, and with many times between and few. */
static void is_found_in_any(unsigned step)
{
	is_found(step, 2, 6);
	is_found(step, 2, 30);
	is_found(step, 2, 80);
	is_found(step, 20, 6);
	is_found(step, 20, 30);
	is_found(step, 20, 80);
	is_found(step, 50, 30);
	is_found(step, 50, 80);
}

static void whole_steps(void **state)
{
	static const unsigned step[] = { 8, 9, 10, 24, 25, 100, 125, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof step / sizeof *step; i++)
		is_found_in_any(step[i] * 1000);
}

/* 24.454: a TSC of 2445.4 MHz that moves at 100 MHz. 41.667: 24 MHz in ns. */
static void broken_steps(void **state)
{
	static const unsigned step[] = { 12500, 24454, 41667, 52083, 333333, 1000500 };

	(void)state;
	for (size_t i = 0; i < sizeof step / sizeof *step; i++)
		is_found_in_any(step[i]);
}

/* A step that is a little wrong does as well, where all times fit to it. */
static void far_from_nothing(void **state)
{
	(void)state;
	(void)times(24454, 50, 6);
	assert_in_range(found(), 24000, 25000);
}

/* The greatest common divisor of these is 1. */
static void the_one_that_was_seen(void **state)
{
	static const uint32_t seen[] = { 49, 73, 74, 98, 122, 123 };

	(void)state;
	for (size_t i = 0; i < TIMING_TICKS; i++)
		ticks[i] = seen[i * 6 / TIMING_TICKS];
	assert_in_range(found(), 24300, 24600);
}

static void interrupts_say_nothing(void **state)
{
	(void)state;
	(void)times(24454, 20, 30);
	for (size_t i = 0; i < TIMING_TICKS; i += 4)
		ticks[i] += 100000 + (uint32_t)i * 7777;
	assert_in_range(found(), 24400, 24500);
}

/* A step is taken as one tick where it is short, or where there is none. */
static void one_tick(void **state)
{
	(void)state;
	for (unsigned step = 1000; step < 8000; step += 500) {
		(void)times(step, 50, 80);
		assert_int_equal(found(), 1000);
	}
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = 200 + i * 7 + i * i % 5;
	assert_int_equal(found(), 1000);
}

/* How long a step is, cannot be seen where all take as many. */
static void always_as_many(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = 1000;
	assert_int_equal(found(), 1000);
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = 1000 + i % 2;
	assert_int_equal(found(), 1000);
	memset(ticks, 0, sizeof ticks);
	assert_int_equal(found(), 1000);
}

/* Most times are of no step: a counter of less than a step a sample. */
static void times_of_nothing(void **state)
{
	(void)state;
	memset(ticks, 0, sizeof ticks);
	for (unsigned i = 0; i < 20; i++)
		ticks[i] = 1000;
	assert_in_range(found(), 999 * 1000, 1001 * 1000);
}

/* 7 of 8 of the times that are looked at must fit. */
static void so_many_must_fit(void **state)
{
	(void)state;
	for (unsigned wrong = 5; wrong <= 7; wrong++) {
		for (unsigned i = 0; i < TIMING_TICKS; i++)
			ticks[i] = 100 * (10 + i);
		for (unsigned i = 0; i < wrong; i++)
			ticks[40 - i * 4] += 3;
		assert_int_equal(found() / 1000, wrong == 7 ? 1 : 100);
	}
}

/* Times from number FIT on are not looked at, whatever they are. */
static void interrupts_close_by(void **state)
{
	static const uint32_t other[] = { 2, (1 << 24) + 17 - 47 * 24 };

	(void)state;
	for (size_t j = 0; j < sizeof other / sizeof *other; j++) {
		for (unsigned i = 0; i < TIMING_TICKS; i++)
			ticks[i] = 24 * (10 + i);
		for (unsigned i = FIT; i < TIMING_TICKS; i++)
			ticks[i] = ticks[FIT - 1] + other[j];
		assert_in_range(found(), 23990, 24010);
	}
}

/* The smallest difference is not the last. */
static void a_gap_at_the_end(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = 24 * (10 + i + (i >= FIT - 1 ? 50 : 0));
	assert_in_range(found(), 23990, 24010);
}

/* Two ticks apart is more than one step of them. */
static void two_ticks_are_a_step(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = 10 * (10 + i);
	assert_in_range(found(), 9990, 10010);
	ticks[20] = ticks[19] + 2;
	assert_int_equal(found(), 1000);
}

/* Sums of longer times would not fit in 32 bits. */
static void the_longest(void **state)
{
	(void)state;
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = i < FIT ? 0x3ffff - 73 * (i % 4 + 1) : 0x7fffffff;
	ticks[0] = 0x3ffff;
	assert_in_range(found(), 72900, 73100);
	ticks[FIT - 1] = 0x3ffff + 73;
	assert_int_equal(found(), 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_steps),
		cmocka_unit_test(broken_steps),
		cmocka_unit_test(far_from_nothing),
		cmocka_unit_test(the_one_that_was_seen),
		cmocka_unit_test(interrupts_say_nothing),
		cmocka_unit_test(one_tick),
		cmocka_unit_test(always_as_many),
		cmocka_unit_test(times_of_nothing),
		cmocka_unit_test(so_many_must_fit),
		cmocka_unit_test(interrupts_close_by),
		cmocka_unit_test(a_gap_at_the_end),
		cmocka_unit_test(two_ticks_are_a_step),
		cmocka_unit_test(the_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
