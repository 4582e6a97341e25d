/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long a source is waited for: by the clock where it answers, in rounds
 * where it does not, and by whatever clock.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "fake.h"

#define MS 1000000u
#define ROUND (20 * MS) /* between two rounds of a program that waits */

static struct fake_source *f;

static void reason_is(int reason)
{
	assert_int_equal(seedbed_status(&bed).reason, reason);
}

/* One round, in which the source gives so many bytes. */
static int round_of(int bytes, uint64_t ns)
{
	int result;

	fake_script(f, bytes ? FAKE_SHORT : FAKE_RESULT, bytes ? bytes : SB_EAGAIN);
	result = seedbed_gather(&bed);
	fake.now += ns;
	return result;
}

/* Rounds without an answer until the result is not SB_EAGAIN, that one too. */
static unsigned rounds_of_silence(uint64_t ns)
{
	for (unsigned n = 1; n <= 2 * SB_PATIENCE_ROUNDS; n++)
		if (round_of(0, ns) != SB_EAGAIN)
			return n;
	return 0;
}

/* A device that has given its first byte, and then no more. */
static void quiet(void)
{
	f = fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(round_of(1, ROUND), SB_EAGAIN);
}

/* The clock has a fixed point of its own. */
static int new_machine(void **state)
{
	fake_setup(state);
	fake.now = 5000u * (uint64_t)MS;
	return 0;
}
#define HERE(test) cmocka_unit_test_setup(test, new_machine)

/* A byte each 50 ms, as QEMU's max-bytes=1,period=50: 64 of them do. */
static void a_slow_device_gets_ready(void **state)
{
	int result = SB_EAGAIN;
	unsigned bytes = 0;

	(void)state;
	quiet();
	for (bytes = 1; result == SB_EAGAIN && bytes <= 64; bytes++)
		for (unsigned n = 0; result == SB_EAGAIN && n < 3; n++)
			result = round_of(n == 2, ROUND);
	assert_int_equal(result, SB_OK);
	assert_int_equal(bytes, 64);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
}

/* Each byte is progress, so all of them may take longer than the bound. */
static void each_byte_begins_it_anew(void **state)
{
	(void)state;
	quiet();
	for (unsigned bytes = 1; bytes < 64; bytes++) {
		for (unsigned n = 0; n < 599; n++) {
			assert_int_equal(round_of(0, 100 * MS), SB_EAGAIN);
			reason_is(SEEDBED_NEEDS_BITS);
		}
		assert_int_equal(round_of(1, 100 * MS), bytes < 63 ? SB_EAGAIN : SB_OK);
	}
}

static void sixty_seconds_by_the_clock(void **state)
{
	(void)state;
	quiet();
	assert_int_equal(rounds_of_silence(ROUND), 60000 / 20 + 1);
	reason_is(SEEDBED_STALLED);
	assert_int_equal(round_of(0, ROUND), SB_EIO);
	assert_int_equal(round_of(1, ROUND), SB_EAGAIN);
	reason_is(SEEDBED_NEEDS_BITS);
	assert_int_equal(rounds_of_silence(2 * ROUND), 60000 / 40 + 1);
}

static void a_clock_that_stands_still(void **state)
{
	(void)state;
	quiet();
	assert_int_equal(round_of(0, 0), SB_EAGAIN);
	bed.fruitless = SB_PATIENCE_ROUNDS - 300; /* to be done soon */
	assert_int_equal(rounds_of_silence(0), 300);
	reason_is(SEEDBED_STALLED);
}

static void a_clock_that_runs_backward(void **state)
{
	(void)state;
	quiet();
	assert_int_equal(round_of(0, 0), SB_EAGAIN);
	bed.fruitless = SB_PATIENCE_ROUNDS - 300;
	assert_int_equal(rounds_of_silence((uint64_t)0 - MS), 300);
	reason_is(SEEDBED_STALLED);
}

/* The minute begins anew. */
static void a_clock_that_jumps_back(void **state)
{
	(void)state;
	quiet();
	for (unsigned n = 0; n < 59; n++)
		assert_int_equal(round_of(0, 1000 * MS), SB_EAGAIN);
	fake.now = 7;
	assert_int_equal(rounds_of_silence(1000 * MS), 61);
}

/* So does a program that calls seldom: an answer that is there is taken. */
static void a_clock_that_jumps_forward(void **state)
{
	(void)state;
	quiet();
	assert_int_equal(round_of(0, 3600000u * (uint64_t)MS), SB_EAGAIN);
	for (unsigned n = 2; n < SB_ROUNDS_HEARD; n++)
		assert_int_equal(round_of(0, ROUND), SB_EAGAIN);
	assert_int_equal(round_of(1, ROUND), SB_EAGAIN);
	assert_int_equal(round_of(0, 3600000u * (uint64_t)MS), SB_EAGAIN);
	assert_int_equal(rounds_of_silence(ROUND), SB_ROUNDS_HEARD - 1);
	reason_is(SEEDBED_STALLED);
}

static void a_silent_device_ends_in_rounds(void **state)
{
	(void)state;
	for (int seed = 0; seed < 2; seed++) {
		new_machine(NULL);
		f = fake_add(FAKE_VIRTIO);
		if (seed) /* what it gave is nothing of the device's */
			fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 32);
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		if (seed)
			assert_int_equal(round_of(0, 0), SB_EAGAIN);
		assert_int_equal(rounds_of_silence(0), SB_FRUITLESS_MAX);
		reason_is(SEEDBED_STALLED);
	}
}

static void answers_without_credit_are_none(void **state)
{
	struct fake_source *host;

	(void)state;
	fake.distrust = SB_HOST;
	f = fake_add(FAKE_RDRAND);
	host = fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(rounds_of_silence(0), SB_FRUITLESS_MAX);
	assert_in_range(host->bytes, 48 * SB_FRUITLESS_MAX, UINT32_MAX);
}

static void without_a_clock_rounds_count(void **state)
{
	(void)state;
	fake.hal.loop = NULL;
	quiet();
	assert_int_equal(rounds_of_silence(ROUND), SB_FRUITLESS_MAX);
}

/* What it gave before is no sign that it answers now. */
static void silent_after_starting_over(void **state)
{
	(void)state;
	quiet();
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(rounds_of_silence(0), SB_FRUITLESS_MAX);
	reason_is(SEEDBED_STALLED);
}

/* The loop may be another CPU's, and so may its clock. */
static void a_child_has_no_clock(void **state)
{
	(void)state;
	f = fake_add(FAKE_RDRAND);
	fake.epoch = SB_OK;
	assert_int_not_equal(fake_ready(&twin), -1);
	assert_int_equal(seedbed_split(&bed, &twin, &fake.hal), SB_OK);
	fake.id[0] = 1;
	assert_int_equal(round_of(8, ROUND), SB_EAGAIN);
	assert_int_equal(rounds_of_silence(0), SB_FRUITLESS_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HERE(a_slow_device_gets_ready),        HERE(each_byte_begins_it_anew),
		HERE(sixty_seconds_by_the_clock),      HERE(a_clock_that_stands_still),
		HERE(a_clock_that_runs_backward),      HERE(a_clock_that_jumps_back),
		HERE(a_clock_that_jumps_forward),      HERE(a_silent_device_ends_in_rounds),
		HERE(answers_without_credit_are_none), HERE(without_a_clock_rounds_count),
		HERE(silent_after_starting_over),      HERE(a_child_has_no_clock),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
