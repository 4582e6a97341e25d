/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A wipe from within a call: from each function of the machine that the call
 * calls, and from a consumer. It erases the key at once. The call then ends in
 * SB_EIO with zeros, and leaves an empty instance. The test program step wipes
 * after each instruction.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static uint8_t out[200];
static const uint8_t zero[sizeof(struct seedbed)];
static struct seedbed *victim;
static unsigned point, points;

/* The secrets are gone at once. The rest stands until the call ends. */
static void wipe_here(void)
{
	if (++points != point)
		return;
	seedbed_wipe(victim);
	assert_memory_equal(victim->key, zero, sizeof victim->key);
	assert_memory_equal(victim->pool, zero, sizeof victim->pool);
	seedbed_wipe(victim); /* a nested interrupt: no harm */
	if (sb_inside(victim)) {
		memset(out, 0xee, sizeof out);
		assert_int_equal(seedbed_read(victim, out, 16), SB_EAGAIN);
		assert_memory_equal(out, zero, 16);
		assert_int_equal(seedbed_gather(victim), SB_EAGAIN);
		assert_int_equal(seedbed_init(victim, &fake.hal), SB_EAGAIN);
	}
	memset(out, 0xee, sizeof out);
}

static void take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	(void)source;
	(void)bytes;
	(void)len;
	wipe_here();
}

static struct seedbed_consumer one, two;

/* Sources of each kind, an epoch, a consumer. */
static void make(void)
{
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 48);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	point = 0;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_add_consumer(&bed, &one), SB_OK);
}

/* Made once. Each test begins with a copy. */
static void begin(void)
{
	static struct fake_machine machine;
	static struct seedbed ready;

	fake_reset();
	one.take = two.take = take;
	if (!ready.hal) {
		make();
		machine = fake;
		memcpy(&ready, &bed, sizeof bed);
	}
	fake = machine;
	memcpy(&bed, &ready, sizeof bed);
	victim = &bed;
	point = points = 0;
	memset(out, 0xee, sizeof out);
}

static int call_read(void)
{
	return seedbed_read(&bed, out, sizeof out);
}
static int call_cloned_read(void)
{
	fake.id[0]++;
	return seedbed_read(&bed, out, sizeof out);
}
static int call_fast_read(void)
{
	bed.served = 65536;
	return seedbed_read(&bed, out, sizeof out);
}
static int call_alarmed_read(void)
{
	fake_script(&fake.source[0], FAKE_RESULT, SB_EIO);
	return seedbed_read(&bed, out, sizeof out);
}
static int call_gather(void)
{
	return seedbed_gather(&bed);
}
static int call_cloned_gather(void)
{
	fake.id[0]++;
	return seedbed_gather(&bed);
}
static int call_reseed(void)
{
	return seedbed_reseed(&bed);
}
static int call_stir(void)
{
	return seedbed_stir(&bed, zero, 100);
}
static int call_add(void)
{
	return seedbed_add_consumer(&bed, &two);
}
static int call_init(void)
{
	return seedbed_init(&bed, &fake.hal);
}
static int call_parent(void)
{
	return seedbed_split(&twin, &bed, &fake.hal);
}
static int call_child(void)
{
	victim = &twin;
	return seedbed_split(&twin, &bed, &fake.hal);
}

static int (*const calls[])(void) = { call_read,         call_cloned_read, call_fast_read,
				      call_alarmed_read, call_gather,      call_cloned_gather,
				      call_reseed,       call_stir,        call_add,
				      call_init,         call_parent,      call_child };

/* An init that found the memory wiped, or never began, is a new life. */
static int begun_anew(void)
{
	return seedbed_status(victim).state == SEEDBED_GATHERING;
}

/* Wiped at the point: what the call says and leaves. */
static void is_erased(int result, int (*call)(void))
{
	uint8_t more[16];

	if (victim == &twin && begun_anew()) {
		assert_int_equal(seedbed_read(victim, more, sizeof more), SB_EAGAIN);
		return;
	}
	assert_memory_equal(victim, zero, sizeof *victim);
	assert_int_equal(result, SB_EIO);
	assert_int_equal(seedbed_status(victim).state, SEEDBED_EMPTY);
	assert_int_equal(seedbed_read(victim, more, sizeof more), SB_EIO);
	if (call == call_read || call == call_cloned_read || call == call_fast_read ||
	    call == call_alarmed_read)
		assert_memory_equal(out, zero, sizeof out);
	if (victim == &bed)
		assert_int_equal(fake_hooked(), 0);
	if (call == call_parent) /* a child of zeros must not serve */
		assert_int_not_equal(seedbed_read(&twin, more, sizeof more), SB_OK);
}

static void wiped_at_each_point(void **state)
{
	unsigned all = 0;

	(void)state;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		unsigned last = 1;

		for (unsigned n = 1; n <= last; n++) {
			int result;

			begin();
			point = n;
			fake.in_any = wipe_here;
			result = calls[i]();
			fake.in_any = NULL;
			last = points;
			if (points >= n)
				is_erased(result, calls[i]);
		}
		assert_in_range(last, 3, 200);
		all += last;
	}
	assert_in_range(all, 80, 600);
}

/* Another life begins as the first did. */
static void begins_anew(void **state)
{
	(void)state;
	begin();
	point = 2;
	fake.in_any = wipe_here;
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	fake.in_any = NULL;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(fake_hooked(), 1);
}

/* Every source that was there is released, once. */
static void releases_the_sources(void **state)
{
	(void)state;
	begin();
	fake.source[0].stops = fake.source[1].stops = 0;
	point = 1;
	fake.in_any = wipe_here;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EIO);
	fake.in_any = NULL;
	assert_int_equal(fake.source[0].stops, 1);
	assert_int_equal(fake.source[1].stops, 1);
}

/* The shared instance: the next call begins a new life. */
static void shared(void **state)
{
	unsigned last = 1;

	(void)state;
	for (unsigned n = 1; n <= last; n++) {
		int result;

		seedbed_wipe(seedbed_shared());
		fake_reset();
		fake_add(FAKE_RDSEED);
		fake_add(FAKE_VIRTIO);
		assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
		victim = seedbed_shared();
		points = 0;
		point = n;
		fake.in_any = wipe_here;
		result = seedbed_random(out, sizeof out);
		fake.in_any = NULL;
		last = points;
		/* Outside of the read: a new life, or all was over. */
		if (result == SB_OK)
			assert_memory_not_equal(out, zero, sizeof out);
		else
			assert_memory_equal(out, zero, sizeof out);
		assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	}
	assert_in_range(last, 4, 100);
	seedbed_wipe(seedbed_shared());
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(wiped_at_each_point), ON_NEW(begins_anew),
					    ON_NEW(releases_the_sources), ON_NEW(shared) };

	return cmocka_run_group_tests_name("inside", tests, NULL, NULL);
}
