/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clones. After a change no output comes from an old key, and two machines that
 * were one diverge.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "sb_vmgenid.h"

#define LEN 64

static uint8_t out[LEN], other[LEN];

/* A machine with an epoch and one source, ready. */
static struct fake_source *begin(unsigned flags, uint16_t credit)
{
	struct fake_source *f = fake_add(flags, credit);

	fake.epoch = SB_OK;
	fake.id[5] = 5;
	assert_true(fake_ready(&bed) > 0);
	return f;
}

/*
 * The answer that the old key would have given to this request. Its fresh word
 * is the next draw of f.
 */
static void old_output(const struct fake_source *f, uint8_t *old)
{
	struct fake_source next = *f;
	uint32_t nonce[3] = { (uint32_t)fake.now, 0, 0 }, key[8];
	uint8_t word[8];

	next.driver.read(&next, word, sizeof word);
	nonce[1] = sb_load32(word);
	nonce[2] = sb_load32(word + 4);
	memcpy(key, bed.key, sizeof key);
	sb_stream(key, nonce, old, LEN, 0);
}

static void generation_is(uint32_t generation)
{
	assert_int_equal(seedbed_status(&bed).generation, generation);
}

static void zeros(void)
{
	for (size_t i = 0; i < LEN; i++)
		assert_int_equal(out[i], 0);
}

static void unchanged_is_read_twice(void **state)
{
	unsigned epochs;

	(void)state;
	begin(FAKE_RDSEED);
	assert_int_equal(seedbed_status(&bed).epoch, 1);
	epochs = fake.epochs;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	assert_int_equal(fake.epochs, epochs + 2);
	generation_is(0);
}

/*
 * A change at the first reading comes before the output, and one at the second
 * comes after it.
 */
static void change_is_served_anew(void **state)
{
	(void)state;
	for (unsigned when = 1; when <= 2; when++) {
		uint8_t old[LEN];
		struct fake_source *f;

		fake_reset();
		f = begin(FAKE_RDSEED);
		old_output(f, old);
		fake.change_at = fake.epochs + when;
		f->stops = f->probes = 0;
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
		assert_memory_not_equal(out, old, LEN);
		assert_false(fake_found(out, LEN, old, LEN, 8));
		assert_int_equal(f->stops, 1);
		assert_int_equal(f->probes, 1);
		generation_is(1);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	}
}

/* Without a fast source this call cannot start over. */
static void change_is_refused_without_a_fast_source(void **state)
{
	(void)state;
	for (unsigned when = 1; when <= 2; when++) {
		struct fake_source *f;

		fake_reset();
		f = begin(FAKE_VIRTIO);
		fake.change_at = fake.epochs + when;
		f->reads = 0;
		memset(out, 0xee, LEN);
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
		zeros();
		assert_int_equal(f->reads, 0);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
		assert_int_equal(seedbed_status(&bed).reason, SEEDBED_CLONED);
		generation_is(1);
		assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
		assert_int_equal(seedbed_status(&bed).reason, SEEDBED_CLONED);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	}
}

/* A DRBG instruction earns too little in one round. */
static void change_with_rdrand_alone(void **state)
{
	int rounds = 1;

	(void)state;
	begin(FAKE_RDRAND);
	fake.id[0]++;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	zeros();
	while (seedbed_gather(&bed) == SB_EAGAIN)
		rounds++;
	assert_in_range(rounds, 40, 63);
}

static void change_in_gather(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake.id[0]++;
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	generation_is(1);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
}

static void change_while_gathering(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	fake.id[0] = 2;
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN); /* the start-up test again */
	assert_int_equal(f->probes, 2);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	generation_is(1);
}

/*
 * An id that is never the same twice cannot be served. It must not hold the
 * call up either.
 */
static void another_id_each_time(void)
{
	fake.id[1]++;
}

static void change_without_end(void **state)
{
	struct fake_source *f = begin(FAKE_RDSEED);
	unsigned reads = f->reads;

	(void)state;
	fake.in_cycles = another_id_each_time;
	memset(out, 0xee, LEN);
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	zeros();
	assert_true(f->reads - reads <= 2 * (11 + 1));
	fake.in_cycles = NULL;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
}

static void error_counts_as_a_change(void **state)
{
	static const int errors[] = { SB_EIO, SB_EAGAIN, SB_EINVAL, 1, -99 };

	(void)state;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		fake_reset();
		begin(FAKE_RDSEED);
		fake.epoch = errors[i];
		for (int n = 0; n < 3; n++) {
			memset(out, 0xee, LEN);
			assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
			zeros();
			(void)!seedbed_gather(&bed);
		}
		assert_int_equal(seedbed_status(&bed).generation, 1);
		assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_EPOCH);
		assert_int_equal(seedbed_status(&bed).epoch, 1);
		fake.epoch = SB_OK;
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	}
}

static int errors_left;

static int flickering_epoch(uint8_t id[16])
{
	memset(id, 7, 16);
	return errors_left && errors_left-- ? SB_EIO : SB_OK;
}

/*
 * Every unreadable id counts, although the id is the same before, between and
 * after.
 */
static void every_error_counts_as_a_change(void **state)
{
	(void)state;
	fake_add(SB_CONDITIONED | SB_HOST, 256); /* 48 bits a round */
	fake.hal.epoch = flickering_epoch;
	assert_true(fake_ready(&bed) > 0);
	for (uint32_t i = 1; i <= 3; i++) {
		errors_left = 1;
		(void)!seedbed_gather(&bed);
		assert_int_equal(seedbed_status(&bed).generation, i);
		assert_int_equal(seedbed_status(&bed).bits, 0);
		for (int round = 0; round < 3;
		     round++) /* the id can be read again, and rounds go on */
			assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
		assert_int_equal(seedbed_status(&bed).generation, i);
		assert_true(seedbed_status(&bed).bits > 0);
	}
}

static void error_from_the_start(void **state)
{
	(void)state;
	fake.epoch = SB_EIO;
	fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int n = 0; n < 3; n++) {
		(void)!seedbed_gather(&bed);
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	}
}

static void none_is_no_change(void **state)
{
	static const struct {
		int result;
		uint8_t id;
	} none[3] = { { SB_ENODEV, 0 }, { SB_ENODEV, 9 }, { SB_OK, 0 } };

	(void)state;
	fake_add(FAKE_RDSEED);
	fake.epoch = SB_ENODEV;
	assert_true(fake_ready(&bed) > 0);
	for (int i = 0; i < 3; i++) {
		fake.epoch = none[i].result;
		fake.id[0] = none[i].id;
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
		assert_int_equal(seedbed_status(&bed).epoch, 0);
		generation_is(0);
	}
	fake.epoch = SB_OK;
	fake.id[0] = 9;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	generation_is(1);
	assert_int_equal(seedbed_status(&bed).epoch, 1);
}

static void reason_is(uint8_t epoch, enum seedbed_reason reason)
{
	assert_int_equal(seedbed_status(&bed).epoch, epoch);
	assert_int_equal(seedbed_status(&bed).epoch_reason, reason);
}

static void no_epoch_at_all(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	fake.hal.epoch = NULL;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	reason_is(0, SEEDBED_NOT_FOUND);
	assert_int_equal(fake.epochs, 0);
}

/*
 * It is served as a machine without one, and says that it is none. If it is
 * understood later, that is a change.
 */
static void not_understood_is_none_and_says_so(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	fake.epoch = SB_EUNFIT;
	memset(fake.id, 9, sizeof fake.id);
	assert_true(fake_ready(&bed) > 0);
	for (uint8_t i = 0; i < 3; i++) {
		fake.id[0] = i;
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
		generation_is(0);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
		reason_is(0, SEEDBED_NOT_UNDERSTOOD);
	}
	fake.epoch = SB_OK;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	generation_is(1);
	reason_is(1, SEEDBED_NONE);
	fake.epoch = SB_ENODEV;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	reason_is(0, SEEDBED_NOT_FOUND);
	seedbed_wipe(&bed);
	reason_is(0, SEEDBED_NONE);
}

static void every_byte_of_the_id_counts(void **state)
{
	(void)state;
	begin(FAKE_RDSEED);
	for (size_t i = 0; i < 16; i++) {
		fake.id[i] ^= 0x80;
		assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
		generation_is((uint32_t)i + 1);
	}
}

static void told_to_start_over(void **state)
{
	struct fake_source *f = begin(FAKE_VIRTIO);
	uint32_t key[8];

	(void)state;
	memcpy(key, bed.key, sizeof key);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(f->stops, 1);
	assert_memory_not_equal(key, bed.key, sizeof key);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_TOLD);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	generation_is(1);
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	zeros();
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_TOLD);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	generation_is(1);
}

/*
 * A life of one machine, then of its clone. They are equal up to the snapshot.
 * After it they differ in what the test changes.
 */
static void life(uint8_t id, uint8_t later_id, uint32_t seed, uint8_t *result)
{
	struct fake_source *f;

	fake_reset();
	f = fake_add(FAKE_RDSEED);
	fake.epoch = SB_OK;
	fake.id[0] = id;
	assert_true(fake_ready(&bed) > 0);
	fake.id[0] = later_id;
	f->seed ^= seed;
	assert_int_equal(seedbed_read(&bed, result, LEN), SB_OK);
}

static void clones_diverge(void **state)
{
	(void)state;
	life(1, 1, 0, out);
	life(1, 1, 0, other);
	/*
	 * Nothing tells the clones apart. This is the documented limit. It also
	 * proves that all else is equal.
	 */
	assert_memory_equal(out, other, LEN);
	life(1, 1, 1, other);
	assert_memory_not_equal(out, other, LEN); /* only the fresh word differs */
	life(1, 2, 0, out);
	life(1, 3, 0, other);
	assert_memory_not_equal(out, other, LEN); /* only the id differs */
	life(2, 2, 0, out);
	life(3, 3, 0, other);
	assert_memory_not_equal(out, other, LEN); /* only the id at init differs */
}

/*
 * Both clones have the bytes that a driver held before the snapshot. None of
 * these bytes is used after it.
 */
static void buffered_bytes_are_dropped(void **state)
{
	struct fake_source *f = begin(FAKE_RDSEED);

	(void)state;
	fake.id[0]++;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	assert_int_equal(f->stops, 1);
	assert_int_equal(f->probes, 2);
}

static void distrust_is_asked_again(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	fake.distrust = SB_HOST;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_SOURCE);
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EIO);
}

static void alarm_while_starting_over_fails_the_request(void **state)
{
	struct fake_source *bad;

	(void)state;
	bad = fake_add(FAKE_RDSEED);
	begin(FAKE_RDSEED);
	fake_script(bad, FAKE_RESULT, SB_EIO);
	fake.id[0]++;
	memset(out, 0xee, LEN);
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	zeros();
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_OK);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_DEGRADED);
}

/* A machine that cannot read an id is not a machine without one. */
static void generation_id_out_of_reach(void **state)
{
	static const uint8_t there[16] = { 1, 2, 3 };
	uint8_t id[16];

	(void)state;
	assert_int_equal(sb_vmgenid_read(NULL, id), SB_ENODEV);
	assert_int_equal(sb_vmgenid_read(SB_VMGENID_BEYOND, id), SB_EIO);
	assert_int_equal(sb_vmgenid_read(there, id), SB_OK);
	assert_memory_equal(id, there, 16);
}

/* A restart stops every source, not just the first or the last. */
static void a_clone_stops_every_source(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[5] = 5;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	fake.id[5] = 6;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	zeros();
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(fake.source[i].stops, 1);
		assert_int_equal(fake_report(&bed, i).state, SEEDBED_STOPPED);
		assert_int_equal(fake_report(&bed, i).bits, 0);
	}
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(fake.source[i].probes, 2);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
}

static unsigned restarts;

static void restarted(void *ctx)
{
	(void)ctx;
	restarts++;
}

/*
 * A driver that can start over is not stopped for it. A wipe releases each
 * source, even one that is stopped or retired: a device may still have memory.
 */
static void starting_over_is_not_releasing(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO), *none = fake_add(FAKE_RDSEED);

	(void)state;
	restarts = 0;
	f->driver.restart = restarted;
	none->probe = SB_ENODEV;
	fake.epoch = SB_OK;
	fake.id[5] = 5;
	assert_true(fake_ready(&bed) > 0);
	fake.id[5] = 6;
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(restarts, 1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(restarts, 2);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(restarts, 3);
	fake_script(f, FAKE_RESULT, SB_EIO);
	for (int i = 0; i < 3; i++)
		assert_int_not_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_RETIRED);
	assert_int_equal(restarts, 6);
	assert_int_equal(f->stops, 0);
	seedbed_wipe(&bed);
	assert_int_equal(restarts, 6);
	assert_int_equal(f->stops, 1);
	assert_int_equal(none->stops, 0);
}

/* No byte of an id that cannot be read counts as an id. */
static void unreadable_id_is_zeros(void **state)
{
	static const uint8_t zero[16];

	(void)state;
	memset(fake.id, 0x5a, sizeof fake.id);
	fake.epoch = SB_EIO;
	fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_memory_equal(bed.epoch, zero, 16);
}

/* What a source earned before a clone is gone, to the last 1/256 bit. */
static void a_clone_voids_every_credit(void **state)
{
	(void)state;
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 47); /* used up */
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 1);   /* retired */
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int i = 0; i < 8; i++)
		(void)!seedbed_gather(&bed);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
	assert_int_equal(fake_report(&bed, 1).state, SEEDBED_RETIRED);
	assert_int_equal(fake_report(&bed, 2).state, SEEDBED_LIVE);
	fake.id[0]++;
	assert_int_equal(seedbed_read(&bed, out, LEN), SB_EAGAIN);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(bed.slot[i].credit, 0);
		assert_int_equal(bed.slot[i].earned, 0);
	}
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
	assert_int_equal(fake_report(&bed, 2).state, SEEDBED_STOPPED);
	assert_int_equal(fake.source[2].stops, 1);
}

/* A board that has no say in whom to trust trusts everyone. */
static void no_distrust_is_none(void **state)
{
	static const unsigned flags[4] = { SB_NOISE | SB_HOST, SB_CONDITIONED | SB_LOCAL,
					   SB_CONDITIONED | SB_FAST, SB_SEED | SB_HOST };

	(void)state;
	fake.hal.distrust = NULL;
	for (size_t i = 0; i < 4; i++)
		fake_add(flags[i], 2048);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(fake_report(&bed, i).credit, 2048);
}

static int every_other_time(uint8_t id[16])
{
	memset(id, 0, 16);
	return ++errors_left & 1 ? SB_OK : SB_EIO;
}

/*
 * An id of zeros that can be read every other time is no progress, and starts
 * no wait anew.
 */
static void a_flickering_id_of_zeros_is_bounded(void **state)
{
	int result = SB_EAGAIN, rounds = 0;

	(void)state;
	errors_left = 0;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	fake.hal.epoch = every_other_time;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (; rounds < 1000 && result == SB_EAGAIN; rounds++)
		result = seedbed_gather(&bed);
	assert_int_equal(result, SB_EIO);
	assert_in_range(rounds, SB_FRUITLESS_MAX, SB_FRUITLESS_MAX + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(generation_id_out_of_reach),
					    ON_NEW(unchanged_is_read_twice),
					    ON_NEW(change_is_served_anew),
					    ON_NEW(change_is_refused_without_a_fast_source),
					    ON_NEW(change_with_rdrand_alone),
					    ON_NEW(change_in_gather),
					    ON_NEW(change_while_gathering),
					    ON_NEW(change_without_end),
					    ON_NEW(error_counts_as_a_change),
					    ON_NEW(every_error_counts_as_a_change),
					    ON_NEW(error_from_the_start),
					    ON_NEW(none_is_no_change),
					    ON_NEW(no_epoch_at_all),
					    ON_NEW(not_understood_is_none_and_says_so),
					    ON_NEW(every_byte_of_the_id_counts),
					    ON_NEW(told_to_start_over),
					    ON_NEW(clones_diverge),
					    ON_NEW(buffered_bytes_are_dropped),
					    ON_NEW(distrust_is_asked_again),
					    ON_NEW(alarm_while_starting_over_fails_the_request),
					    ON_NEW(a_clone_stops_every_source),
					    ON_NEW(starting_over_is_not_releasing),
					    ON_NEW(unreadable_id_is_zeros),
					    ON_NEW(a_clone_voids_every_credit),
					    ON_NEW(no_distrust_is_none),
					    ON_NEW(a_flickering_id_of_zeros_is_bounded) };

	return cmocka_run_group_tests_name("epoch", tests, NULL, NULL);
}
