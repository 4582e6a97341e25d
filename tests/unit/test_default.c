/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shared instance over sb_platform. Here these are the fake's first two
 * sources.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static uint8_t out[64], other[64];

static int wiped_setup(void **state)
{
	if (fake.table[0].driver)
		seedbed_wipe(seedbed_shared());
	return fake_setup(state);
}
#define ON_WIPED(test) cmocka_unit_test_setup(test, wiped_setup)

static void two_sources(void)
{
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
}

static void balanced(unsigned steps)
{
	assert_int_equal(fake.enters, steps);
	assert_int_equal(fake.leaves, steps);
	assert_int_equal(fake.nested, 0);
}

static void refused(int result)
{
	memset(out, 0xee, sizeof out);
	assert_int_equal(seedbed_random(out, sizeof out), result);
	for (size_t i = 0; i < sizeof out; i++)
		assert_int_equal(out[i], 0);
}

static void serves(void **state)
{
	(void)state;
	two_sources();
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	balanced(1);
	assert_int_equal(fake.source[0].probes, 1);
	assert_int_equal(seedbed_status(seedbed_shared()).state, SEEDBED_READY);
	assert_int_equal(seedbed_random(other, sizeof other), SB_OK);
	balanced(2);
	assert_int_equal(fake.source[0].probes, 1);
	assert_memory_not_equal(out, other, sizeof out);
	assert_int_equal(fake_hooked(), 1);
}

static void waits_for_rdrand(void **state)
{
	(void)state;
	fake_add(FAKE_RDRAND);
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	assert_in_range(fake.enters, 40, 63);
	balanced(fake.enters);
}

/* The lock is given back between two rounds. */
static void never_waits_longer(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	refused(SB_EAGAIN);
	balanced(64);
	assert_int_equal(fake.source[0].reads, 64);
	for (int i = 0; i < 3; i++)
		(void)!seedbed_random(out, 1);
	refused(SB_EIO);
	assert_int_equal(seedbed_status(seedbed_shared()).reason, SEEDBED_STALLED);
	fake.source[0].mode = FAKE_HONEST;
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	balanced(fake.enters);
}

static void refuses_without_a_source(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED)->probe = SB_ENODEV;
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	refused(SB_EIO);
	balanced(1);
	assert_int_equal(seedbed_status(seedbed_shared()).reason, SEEDBED_NO_SOURCE);
	refused(SB_EIO);
	balanced(2);
}

static void refuses_a_malformed_platform(void **state)
{
	(void)state;
	refused(SB_EINVAL); /* two entries without a driver */
	balanced(1);
	assert_int_equal(seedbed_status(seedbed_shared()).state, SEEDBED_EMPTY);
}

static void refuses_bad_arguments(void **state)
{
	(void)state;
	two_sources();
	assert_int_equal(seedbed_random(NULL, 1), SB_EINVAL);
	assert_int_equal(seedbed_random(out, SIZE_MAX), SB_EINVAL);
	assert_int_equal(seedbed_random(out, (size_t)PTRDIFF_MAX + 1), SB_EINVAL);
	balanced(0);
	assert_int_equal(seedbed_random(seedbed_shared(), 1), SB_EINVAL);
	assert_int_equal(seedbed_random(out, 0), SB_OK);
	balanced(fake.enters);
}

/*
 * A request with an alarm in it is thrown away. The next step does not use that
 * source.
 */
static void alarm_is_asked_again_after(void **state)
{
	(void)state;
	two_sources();
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EIO);
	assert_int_equal(seedbed_random(other, sizeof other), SB_OK);
	balanced(3);
	assert_memory_not_equal(out, other, sizeof out);
	assert_int_equal(seedbed_status(seedbed_shared()).state, SEEDBED_DEGRADED);
}

static unsigned locked, unlocked;

static void look_at_the_lock(void)
{
	if (fake.enters == fake.leaves + 1)
		locked++;
	else
		unlocked++;
}

/* From the loop, which may run in another task. */
static void harvest_takes_the_lock(void **state)
{
	(void)state;
	two_sources();
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	locked = unlocked = 0;
	fake.in_read = look_at_the_lock;
	sb_platform.loop->wait(0);
	sb_platform.loop->wait(0);
	assert_int_equal(locked, 2);
	assert_int_equal(unlocked, 0);
	balanced(3);
}

static void clone_is_recovered_from(void **state)
{
	(void)state;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	fake_add(FAKE_VIRTIO);
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	fake.id[0] = 2;
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	assert_int_equal(seedbed_status(seedbed_shared()).generation, 1);
	balanced(fake.enters);
}

static void corrupt_is_refused(void **state)
{
	(void)state;
	two_sources();
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	seedbed_shared()->seal ^= 1;
	refused(SB_EIO);
	refused(SB_EIO);
	assert_int_equal(seedbed_status(seedbed_shared()).state, SEEDBED_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_WIPED(serves),
					    ON_WIPED(waits_for_rdrand),
					    ON_WIPED(never_waits_longer),
					    ON_WIPED(refuses_without_a_source),
					    ON_WIPED(refuses_a_malformed_platform),
					    ON_WIPED(refuses_bad_arguments),
					    ON_WIPED(alarm_is_asked_again_after),
					    ON_WIPED(harvest_takes_the_lock),
					    ON_WIPED(clone_is_recovered_from),
					    ON_WIPED(corrupt_is_refused) };

	return cmocka_run_group_tests_name("default", tests, NULL, NULL);
}
