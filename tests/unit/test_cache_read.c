/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the cache timing source hands over, on counters by script: raw times, in
 * steps of the counter, bounded, and wiped afterwards.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake_timing.h"

static uint8_t buf[64];

static int got(size_t len)
{
	memset(buf, 0xee, sizeof buf);
	return sb_cache_timing.read(&timing, buf, len);
}

static void begin(int64_t (*time)(uint32_t n))
{
	fake_timing(time);
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	clock_.sample = clock_.looks = 0;
	memset(clock_.seen, 0, sizeof clock_.seen);
}

static uint8_t raw(uint32_t n)
{
	return (uint8_t)(fake_noise(n) + FAKE_HIT + clock_.miss);
}

static void a_byte_is_a_time(void **state)
{
	(void)state;
	begin(fake_noise);
	assert_int_equal(got(64), 64);
	for (uint32_t n = 0; n < 64; n++)
		assert_int_equal(buf[n], raw(n));
	assert_int_equal(got(1), 1);
	assert_int_equal(buf[0], raw(64));
	assert_int_equal(buf[1], 0xee);
	assert_int_equal(clock_.looks, 2 * 65);
}

/* No line comes twice in 256, and no two neighbours are as far apart. */
static void lines_without_a_stride(void **state)
{
	uint8_t before = 0, stride = 0;

	(void)state;
	begin(fake_noise);
	for (unsigned n = 0; n < SB_CACHE_TIMING_LINES; n++) {
		uint8_t line = timing.line;

		assert_int_equal(got(1), 1);
		assert_int_equal(clock_.seen[line], 1);
		if (n > 1)
			assert_int_not_equal((uint8_t)(line - before), stride);
		stride = (uint8_t)(line - before);
		before = line;
	}
}

/* Between two looks: flush, fence, load, fence, for each load. */
static void what_a_sample_does(void **state)
{
	(void)state;
	for (unsigned loads = 1; loads <= 32; loads *= 2) {
		begin(fake_noise);
		timing.loads = (uint8_t)loads;
		assert_int_equal(got(1), 1);
		assert_int_equal(clock_.flushes, loads);
		assert_int_equal(clock_.fences, 2 * loads);
		assert_int_equal(clock_.missed, loads);
	}
}

/* A step of 24.454 ticks: samples are steps, whatever the phase. */
static unsigned steps(uint32_t n)
{
	return 40 + fake_mixed(n) % 4;
}

static int64_t stepped(uint32_t n)
{
	static uint64_t at;
	uint64_t from = at * 24454 / 1000;

	at += steps(n);
	return (int64_t)(at * 24454 / 1000 - from) - FAKE_HIT;
}

static void a_step_is_divided_out(void **state)
{
	(void)state;
	fake_timing(stepped);
	clock_.miss = 24454 * 10 / 1000;
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	assert_in_range(timing.scale, 16777216 / 24.48, 16777216 / 24.43);
	clock_.sample = 0;
	assert_int_equal(got(64), 64);
	for (uint32_t n = 0; n < 64; n++)
		assert_int_equal(buf[n], steps(n) + 10);
}

static void half_a_step_is_the_next(void **state)
{
	(void)state;
	begin(fake_noise);
	timing.scale = (1 << 24) / 10;
	clock_.miss = 80; /* 100 to 163 ticks */
	assert_int_equal(got(64), 64);
	for (uint32_t n = 0; n < 64; n++)
		assert_int_equal(buf[n], (100 + fake_noise(n)) / 10 + (fake_noise(n) % 10 > 5));
}

/* The counter wraps within a sample; what lies above its bits is anything. */
static uint64_t above(void)
{
	uint64_t now = fake_cycles();

	return (now & ((1ull << timing.cycle_bits) - 1)) | (uint64_t)fake_mixed((uint32_t)now)
								   << timing.cycle_bits;
}

static void wraps(uint8_t bits)
{
	begin(fake_noise);
	timing.cycles = above;
	timing.cycle_bits = bits;
	for (unsigned before = 0; before < 5000; before += 500) {
		clock_.sample = 0;
		clock_.now = (1ull << bits) - before;
		assert_int_equal(got(8), 8);
		for (uint32_t n = 0; n < 8; n++)
			assert_int_equal(buf[n], raw(n));
	}
}

static void wraps_at_24_bits(void **state)
{
	(void)state;
	wraps(24);
}

static void wraps_at_31_and_32_bits(void **state)
{
	(void)state;
	wraps(31);
	wraps(32);
}

/* The halves of a 64-bit counter. */
static void wraps_at_the_32nd_of_64_bits(void **state)
{
	(void)state;
	begin(fake_noise);
	clock_.now = (1ull << 32) - 3000;
	assert_int_equal(got(8), 8);
	for (uint32_t n = 0; n < 8; n++)
		assert_int_equal(buf[n], raw(n));
}

static uint32_t back[3];

static int64_t backwards(uint32_t n)
{
	return n == back[0] || n == back[1] || n == back[2] ? -100000 : fake_noise(n);
}

static void backwards_once(void **state)
{
	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	back[0] = 3;
	assert_int_equal(got(64), 64);
	for (uint32_t n = 0; n < 64; n++)
		assert_int_equal(buf[n], raw(n + (n >= 3)));
	assert_int_equal(clock_.looks, 2 * 65);
}

static void backwards_twice_in_a_window(void **state)
{
	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	back[0] = 3;
	back[1] = 512; /* the last of the window: one was dropped */
	for (unsigned i = 0; i < 7; i++)
		assert_int_equal(got(64), 64);
	assert_int_equal(got(64), SB_EIO);
}

static void backwards_once_in_each_window(void **state)
{
	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	back[0] = 3;
	back[1] = 513;
	for (unsigned i = 0; i < 9; i++)
		assert_int_equal(got(64), 64);
	assert_int_equal(clock_.looks, 2 * (9 * 64 + 2));
}

/* The most looks of a read: one is dropped on each side of a window's end. */
static void most_looks_of_a_read(void **state)
{
	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	assert_int_equal(got(32), 32);
	for (unsigned i = 0; i < 7; i++)
		assert_int_equal(got(64), 64);
	back[0] = 490;
	back[1] = 514;
	clock_.looks = 0;
	assert_int_equal(got(64), 64);
	assert_int_equal(clock_.looks, SB_CACHE_TIMING_LOOKS_OF_READ);
}

/* A task that waited for half the range of the counter counts as backwards. */
static int64_t preempted(uint32_t n)
{
	return n == back[0] ? (1 << 23) - 5000 : n == back[1] ? 1 << 23 : fake_noise(n);
}

static void half_a_wrap(void **state)
{
	(void)state;
	back[0] = back[1] = UINT32_MAX;
	fake_timing(preempted);
	timing.cycle_bits = 24;
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	clock_.sample = clock_.looks = 0;
	back[0] = 3;
	assert_int_equal(got(8), 8);
	assert_int_equal(clock_.looks, 2 * 8);
	clock_.sample = clock_.looks = 0;
	back[0] = UINT32_MAX;
	back[1] = 3;
	assert_int_equal(got(8), 8);
	assert_int_equal(clock_.looks, 2 * 9);
}

static int64_t preempted_for_long(uint32_t n)
{
	return n == back[0] ? (1u << 31) - 5000 : n == back[1] ? 1u << 31 : fake_noise(n);
}

static void half_of_32_bits(void **state)
{
	(void)state;
	back[0] = back[1] = UINT32_MAX;
	begin(preempted_for_long);
	back[0] = 3;
	assert_int_equal(got(8), 8);
	assert_int_equal(clock_.looks, 2 * 8);
	clock_.sample = clock_.looks = 0;
	back[0] = UINT32_MAX;
	back[1] = 3;
	assert_int_equal(got(8), 8);
	assert_int_equal(clock_.looks, 2 * 9);
}

static void stop_wipes(void **state)
{
	static struct sb_cache_timing_past nothing;

	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	back[0] = 3;
	assert_int_equal(got(64), 64);
	assert_int_equal(timing.backward, 1);
	assert_memory_not_equal(&timing.past, &nothing, sizeof nothing);
	sb_cache_timing.stop(&timing);
	assert_memory_equal(&timing.past, &nothing, sizeof nothing);
	assert_int_equal(timing.backward, 0);
	assert_true(timing.cycles == fake_cycles && timing.cycle_bits == 64 &&
		    timing.flush == fake_flush && timing.fence == fake_fence);
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	assert_int_equal(got(64), 64);
}

/* A probe starts over, though nobody stopped it. */
static void probe_wipes(void **state)
{
	(void)state;
	back[0] = back[1] = back[2] = UINT32_MAX;
	begin(backwards);
	back[0] = 3;
	assert_int_equal(got(64), 64);
	assert_int_equal(sb_cache_timing.probe(&timing), SB_OK);
	assert_int_equal(timing.past.at, 0);
	assert_int_equal(timing.backward, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_byte_is_a_time),
		cmocka_unit_test(lines_without_a_stride),
		cmocka_unit_test(what_a_sample_does),
		cmocka_unit_test(a_step_is_divided_out),
		cmocka_unit_test(half_a_step_is_the_next),
		cmocka_unit_test(wraps_at_24_bits),
		cmocka_unit_test(wraps_at_31_and_32_bits),
		cmocka_unit_test(wraps_at_the_32nd_of_64_bits),
		cmocka_unit_test(backwards_once),
		cmocka_unit_test(backwards_twice_in_a_window),
		cmocka_unit_test(backwards_once_in_each_window),
		cmocka_unit_test(most_looks_of_a_read),
		cmocka_unit_test(half_a_wrap),
		cmocka_unit_test(half_of_32_bits),
		cmocka_unit_test(stop_wipes),
		cmocka_unit_test(probe_wipes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
