/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * After a brief fault, a clone, an unreadable epoch or a second init: what is
 * forgotten, what is kept, and how an instance becomes ready again.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "sb_seed.h"

static uint8_t out[32];

static struct fake_source *ready_on(unsigned flags, uint16_t credit)
{
	struct fake_source *f = fake_add(flags, credit);

	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_true(fake_ready(&bed) > 0);
	return f;
}

static void fail_reads(struct fake_source *f, unsigned n)
{
	fake_script(f, FAKE_RESULT, SB_EIO);
	f->from = f->reads;
	f->until = f->reads + n;
}

static void a_hiccup_is_one_alarm(void **state)
{
	struct fake_source *f;

	(void)state;
	f = fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	fail_reads(f, 3);
	(void)!seedbed_gather(&bed);
	assert_int_equal(bed.slot[0].alarms, 1);
	assert_int_not_equal(bed.slot[0].state, SEEDBED_RETIRED);
}

static void alarms_outlive_a_clone(void **state)
{
	struct fake_source *f = ready_on(FAKE_RDRAND);

	(void)state;
	fail_reads(f, 1);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	fake.id[0] = 2;
	(void)!seedbed_gather(&bed);
	assert_int_equal(bed.slot[0].alarms, 1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(bed.slot[0].alarms, 0);
}

/* As if the source had delivered so many more healthy bytes. */
static void delivers(uint32_t bytes)
{
	assert_int_equal(sb_enter(&bed), SB_OK);
	bed.slot[0].bytes += bytes;
	assert_int_equal(sb_leave(&bed, SB_OK), SB_OK);
}

/* 16 MiB of healthy bytes after the last alarm, wherever the count stands. */
static void alarms_are_forgotten_in_time(void **state)
{
	static const uint32_t before[] = { 0, SB_ALARMS_FORGOTTEN - 1, UINT32_MAX - 100000 };

	(void)state;
	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		struct fake_source *f;

		fake_reset();
		f = ready_on(FAKE_VIRTIO);
		delivers(before[i]);
		fail_reads(f, 1);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(bed.slot[0].alarms, 1);
		delivers(SB_ALARMS_FORGOTTEN - 48);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(bed.slot[0].alarms, 1);
		delivers(1024); /* it is counted in KiB */
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(bed.slot[0].alarms, 0);
	}
}

/* Not each time that the count crosses a multiple of 16 MiB. */
static void alarms_before_a_multiple_retire(void **state)
{
	struct fake_source *f;

	(void)state;
	f = ready_on(FAKE_VIRTIO);
	for (unsigned alarm = 1; alarm <= SB_ALARMS_MAX; alarm++) {
		delivers(alarm * SB_ALARMS_FORGOTTEN - 200 - bed.slot[0].bytes);
		fail_reads(f, 1);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(bed.slot[0].alarms, alarm);
		for (int i = 0; i < 8 && alarm < SB_ALARMS_MAX; i++)
			assert_int_equal(seedbed_gather(&bed), SB_OK);
		if (alarm < SB_ALARMS_MAX) {
			assert_true(bed.slot[0].bytes > alarm * SB_ALARMS_FORGOTTEN);
			assert_int_equal(bed.slot[0].alarms, alarm);
		}
	}
	assert_int_equal(bed.slot[0].state, SEEDBED_RETIRED);
}

static void reads_alone_recover(void **state)
{
	struct fake_source *f = ready_on(FAKE_RDSEED);

	(void)state;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	fake.id[0] = 2;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	fake_script(f, FAKE_HONEST, 0);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
}

static void first_output_waits_for_gather(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	assert_int_equal(fake_reads(), 0);
}

static void unreadable_epoch_is_bounded(void **state)
{
	struct fake_source *f = ready_on(FAKE_RDSEED);
	unsigned reads = f->reads;

	(void)state;
	fake.epoch = SB_EIO;
	for (int i = 1; i < SB_FRUITLESS_MAX; i++)
		assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	assert_int_equal(f->reads, reads);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_EPOCH);
	fake.epoch = SB_OK;
	assert_int_equal(seedbed_gather(&bed), SB_OK);
}

static void a_clone_ends_a_stall(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	fake.epoch = SB_OK;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int i = 0; i < SB_FRUITLESS_MAX; i++)
		(void)!seedbed_gather(&bed);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	fake.id[0] = 2;
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
}

static void init_again_hears_everyone_again(void **state)
{
	struct fake_source *silent = fake_add(FAKE_VIRTIO);

	(void)state;
	ready_on(FAKE_VIRTIO);
	fake_script(silent, FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int i = 0; i < 7; i++)
		assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
}

static void another_table_leaves_no_seed_behind(void **state)
{
	static uint8_t bytes[52], zero[52];
	static struct sb_seed_state seed;
	static struct sb_source source[1] = { SB_SEED_AS(&seed, 2048) };
	struct sb_hal hal = fake.hal;

	(void)state;
	memset(bytes, 7, sizeof bytes);
	seed.at = bytes;
	seed.len = sizeof bytes;
	hal.sources = source;
	hal.source_count = 1;
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_memory_equal(bytes, zero, sizeof bytes);
}

static void a_child_hears_no_one_twice(void **state)
{
	(void)state;
	fake_script(fake_add(SB_CONDITIONED | SB_LOCAL, 2048), FAKE_RESULT, SB_EAGAIN);
	ready_on(FAKE_RDSEED);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
	fake.id[0] = 2;
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
}

static void status_sees_a_flipped_bit(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	bed.state ^= 2;
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_FAILED);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_CORRUPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(a_hiccup_is_one_alarm),
					    ON_NEW(alarms_outlive_a_clone),
					    ON_NEW(alarms_are_forgotten_in_time),
					    ON_NEW(alarms_before_a_multiple_retire),
					    ON_NEW(reads_alone_recover),
					    ON_NEW(first_output_waits_for_gather),
					    ON_NEW(unreadable_epoch_is_bounded),
					    ON_NEW(a_clone_ends_a_stall),
					    ON_NEW(init_again_hears_everyone_again),
					    ON_NEW(another_table_leaves_no_seed_behind),
					    ON_NEW(a_child_hears_no_one_twice),
					    ON_NEW(status_sees_a_flipped_bit) };

	return cmocka_run_group_tests_name("recovery", tests, NULL, NULL);
}
