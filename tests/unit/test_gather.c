/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rounds and thresholds: when there is a first key, when a new one, and when
 * there will never be one.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static void begin(void)
{
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
}

/* Makes n rounds. Each has this result. */
static void rounds(int n, int result)
{
	while (n--)
		assert_int_equal(seedbed_gather(&bed), result);
}

static void status_is(int state, int reason)
{
	struct seedbed_status status = seedbed_status(&bed);

	assert_int_equal(status.state, state);
	assert_int_equal(status.reason, reason);
}

static struct fake_source *add_seed(int bytes)
{
	struct fake_source *f = fake_add(SB_SEED, 2048);

	fake_script(f, FAKE_ONCE, bytes);
	return f;
}

static void init_reads_nothing(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	begin();
	assert_int_equal(fake_reads(), 0);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
}

static void first_key_needs_384_bits(void **state)
{
	(void)state;
	add_seed(47);
	begin();
	rounds(1, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
	assert_int_equal(seedbed_status(&bed).bits, 376);
	rounds(3, SB_EIO); /* used up */
	status_is(SEEDBED_GATHERING, SEEDBED_TOO_FEW);

	fake_reset();
	add_seed(48);
	begin();
	rounds(1, SB_OK);
	status_is(SEEDBED_READY, SEEDBED_NONE);
	assert_int_equal(seedbed_status(&bed).bits, 0);
}

/* Credit is one sum over all sources, so two halves make a whole. */
static void credit_adds_up(void **state)
{
	(void)state;
	add_seed(24);
	add_seed(24);
	begin();
	rounds(1, SB_EAGAIN); /* the seeds have not given 32 bytes each */
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_ROUND);
	rounds(1, SB_OK);
}

static void every_present_source_is_asked(void **state)
{
	(void)state;
	add_seed(48);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	begin();
	rounds(7, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_ROUND);
	rounds(1, SB_OK);
	assert_int_equal(fake.source[1].reads, 8);
	status_is(SEEDBED_READY, SEEDBED_NONE);
}

/*
 * Rounds count. A fast source is asked many times in one round, and has no less
 * time to wake up.
 */
static void a_starved_fast_source_gets_eight_rounds(void **state)
{
	(void)state;
	add_seed(48);
	fake_script(fake_add(FAKE_RDSEED), FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(7, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_ROUND);
	rounds(1, SB_OK);
}

static void thirty_two_bytes_are_heard(void **state)
{
	(void)state;
	add_seed(48);
	fake_script(fake_add(SB_CONDITIONED, 0), FAKE_SHORT, 16);
	begin();
	rounds(1, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_ROUND);
	rounds(1, SB_OK);
}

static void a_failed_source_is_waited_for_until_retired(void **state)
{
	(void)state;
	add_seed(48);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EIO);
	begin();
	rounds(2, SB_EAGAIN);
	rounds(1, SB_OK);
	status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
}

static void no_source_is_told_at_once(void **state)
{
	(void)state;
	begin();
	rounds(2, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);

	fake_reset();
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	begin();
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);

	fake_reset();
	fake_add(SB_CONDITIONED, 0);
	begin();
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);

	fake_reset();
	fake.distrust = SB_HOST;
	fake_add(FAKE_VIRTIO);
	begin();
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);
}

/* A source was credited, or would be. So "no source" is not the reason. */
static void used_up_is_too_few(void **state)
{
	uint8_t out[16];

	(void)state;
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	fake_add(FAKE_VIRTIO)->probe = SB_EUNFIT;
	fake_add(SB_CONDITIONED, 0);
	add_seed(32);
	begin();
	rounds(1, SB_EAGAIN);
	rounds(2, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_TOO_FEW);
	assert_int_equal(seedbed_status(&bed).bits, 256);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EIO);
	/* Its bits are gone, and it is still not "no source". */
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_TOO_FEW);
	assert_int_equal(seedbed_status(&bed).bits, 0);

	fake_reset();
	add_seed(32);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 0);
	begin();
	rounds(2, SB_EAGAIN);
	rounds(1, SB_EIO); /* the device is retired */
	status_is(SEEDBED_GATHERING, SEEDBED_TOO_FEW);

	fake_reset();
	fake.distrust = SB_SEED;
	add_seed(32);
	begin();
	rounds(3, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);
}

/* Not while another source may yet earn, wherever it stands. */
static void used_up_beside_one_that_is_late(void **state)
{
	(void)state;
	for (int late = 0; late < 2; late++) {
		fake_reset();
		if (late)
			add_seed(32);
		fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
		if (!late)
			add_seed(32);
		begin();
		rounds(100, SB_EAGAIN);
		status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
		assert_int_equal(seedbed_status(&bed).bits, 256);
		fake.source[!late ? 0 : 1].mode = FAKE_HONEST;
		rounds(1, SB_EAGAIN); /* 48 bytes of a start-up of 64 */
		rounds(1, SB_OK);
	}
}

static void no_source_after_all_are_retired(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 0);
	begin();
	rounds(2, SB_EAGAIN);
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);
	fake.source[0].mode = FAKE_HONEST;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	rounds(1, SB_EAGAIN);
	rounds(1, SB_OK);
	status_is(SEEDBED_READY, SEEDBED_NONE);
}

static void stalled_and_recovered(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(255, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
	rounds(10, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_STALLED);
	f->mode = FAKE_HONEST;
	rounds(1, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
	rounds(1, SB_OK);
}

/* One round with progress in 256 is no stall, without a clock too. */
static void slow_is_not_stalled(void **state)
{
	struct fake_source *f = fake_add(SB_NOISE, 2048);

	(void)state;
	fake.hal.loop = NULL;
	begin();
	for (int i = 0; i < 3; i++) {
		fake_script(f, FAKE_RESULT, SB_EAGAIN);
		rounds(250, SB_EAGAIN);
		f->mode = FAKE_HONEST;
		rounds(1, SB_EAGAIN);
	}
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
}

static void rdrand_alone(void **state)
{
	int n;

	(void)state;
	fake_add(FAKE_RDRAND);
	n = fake_ready(&bed);
	assert_in_range(n, 40, 63);
	assert_true(fake_reads() <= 4096);
	/* 384 bits at 1/64 bit a byte */
	assert_true(fake_report(&bed, 0).bytes >= 384 * 64);
	assert_true(fake_report(&bed, 0).bytes < 384 * 64 + 48 + 64);
}

static void trng_alone(void **state)
{
	(void)state;
	fake_add(FAKE_TRNG);
	assert_int_equal(fake_ready(&bed),
			 22); /* the start-up test takes 1024 samples, 48 a round */
}

/* A round is bounded for any table. A watchdog must survive it. */
static void reads_a_round(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++)
		fake_script(fake_add(FAKE_RDSEED), FAKE_RESULT, SB_EAGAIN);
	for (int i = 0; i < 4; i++)
		fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	begin();
	for (int i = 0; i < 20; i++) {
		unsigned before = fake_reads();

		rounds(1, SB_EAGAIN);
		assert_int_equal(fake_reads() - before, 4 * 11 + 4);
	}
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(fake.source[i].longest, i < 4 ? 32 : 48);
}

/*
 * A round asks for what it needs. 64 bytes of each generator are its start-up,
 * and 384 bits.
 */
static void asks_for_what_it_needs(void **state)
{
	struct fake_source *seed = fake_add(FAKE_RDSEED), *generator = fake_add(FAKE_RDRAND);
	struct fake_source *device = fake_add(FAKE_VIRTIO);

	(void)state;
	begin();
	rounds(1, SB_OK);
	assert_int_equal(seed->bytes, 64);
	assert_int_equal(generator->bytes, 64);
	assert_int_equal(device->bytes, 48);
	assert_int_equal(seedbed_status(&bed).reads, 2 + 2 + 1);
}

/*
 * While a device is waited for, nothing more is asked of what has given enough,
 * fast or not.
 */
static void waits_for_one_and_asks_no_other(void **state)
{
	struct fake_source *fast = fake_add(FAKE_RDSEED), *slow = fake_add(FAKE_VIRTIO);
	struct fake_source *late = fake_add(FAKE_VIRTIO);

	(void)state;
	fake_script(late, FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(7, SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_ROUND);
	assert_int_equal(fast->reads, 2);
	assert_int_equal(slow->reads, 2); /* its start-up takes two answers */
	assert_int_equal(late->reads, 7);
	rounds(1, SB_OK);
	assert_int_equal(late->reads, 8);
}

/* What was heard in an earlier life has its start-up before it again. */
static void asks_again_after_a_reseed(void **state)
{
	struct fake_source *seed = fake_add(FAKE_RDSEED), *generator = fake_add(FAKE_RDRAND);

	(void)state;
	assert_int_equal(fake_ready(&bed), 1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	rounds(1, SB_OK);
	assert_int_equal(seed->reads, 2 + 2);
	assert_int_equal(generator->reads, 2 + 2);
}

/* The second half of a start-up is as long as the first: a replay is seen. */
static void a_replay_in_the_start_up(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_RDSEED), FAKE_REPLAY, 0);
	begin();
	rounds(1, SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_REPLAY);
	assert_int_equal(seedbed_status(&bed).bits, 0);
}

static void reseed_in_one_step(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);
	uint32_t key[8];

	(void)state;
	assert_int_equal(fake_ready(&bed), 2);
	memcpy(key, bed.key, sizeof key);
	fake_script(f, FAKE_SHORT, 8);
	for (unsigned bits = 64; bits < 256; bits += 64) {
		rounds(1, SB_OK);
		assert_int_equal(seedbed_status(&bed).bits, bits);
		assert_memory_equal(bed.key, key, sizeof key);
	}
	rounds(1, SB_OK);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_memory_not_equal(bed.key, key, sizeof key);
}

/* The new key depends on the old key and on the pool. */
static void reseed_keeps_the_old_key(void **state)
{
	uint32_t key[2][8];

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		fake_add(FAKE_VIRTIO);
		assert_int_equal(fake_ready(&bed), 2);
		bed.key[7] ^= (uint32_t)i;
		rounds(1, SB_OK);
		assert_int_equal(seedbed_status(&bed).bits, 0);
		memcpy(key[i], bed.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

/*
 * A source that dies in the middle of a reseed leaves the instance as it was.
 */
static void reseed_fails_half_way(void **state)
{
	uint32_t key[8];
	uint8_t out[16];

	(void)state;
	for (unsigned n = 0; n < 4; n++) {
		struct fake_source *f;

		fake_reset();
		f = fake_add(FAKE_VIRTIO);
		assert_int_equal(fake_ready(&bed), 2);
		memcpy(key, bed.key, sizeof key);
		fake_script(f, FAKE_SHORT, 8);
		rounds((int)n, SB_OK);
		fake_script(f, FAKE_RESULT, SB_EIO);
		rounds(4, SB_OK);
		assert_memory_equal(bed.key, key, sizeof key);
		status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
		assert_int_equal(seedbed_status(&bed).bits, 0);
		assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	}
}

static void ready_reads_one_source_a_round(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	fake_add(FAKE_TRNG);
	assert_true(fake_ready(&bed) > 0);
	for (size_t i = 0; i < 3; i++)
		fake.source[i].longest = fake.source[i].reads = 0;
	for (int i = 0; i < 60; i++) {
		unsigned before = fake_reads();

		rounds(1, SB_OK);
		assert_in_range(fake_reads() - before, 0, 1);
	}
	for (size_t i = 0; i < 3; i++) {
		assert_in_range(fake.source[i].reads, 15, 20);
		assert_in_range(fake.source[i].longest, 1, 48);
	}
}

static void degraded_names_the_source(void **state)
{
	uint8_t out[16];

	(void)state;
	fake_add(FAKE_RDSEED);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 0);
	assert_true(fake_ready(&bed) > 0);
	status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_LIVE);
	assert_int_equal(fake_report(&bed, 1).state, SEEDBED_RETIRED);
	assert_int_equal(fake_report(&bed, 1).reason, SEEDBED_REPETITION);
	assert_int_equal(fake_report(&bed, 1).alarms, 3);
	assert_string_equal(fake_report(&bed, 1).name, "fake-1");
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
}

/*
 * A sound key outlives all its sources. A machine that starts over needs a
 * source.
 */
static void all_sources_lost(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);
	uint8_t out[16];

	(void)state;
	assert_int_equal(fake_ready(&bed), 2);
	fake_script(f, FAKE_RESULT, SB_EIO);
	rounds(300, SB_OK);
	status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	rounds(2, SB_EAGAIN);
	rounds(1, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EIO);
}

static void recovered_source_ends_degraded(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	assert_int_equal(fake_ready(&bed), 2);
	fake_script(f, FAKE_RESULT, SB_EIO);
	f->until = f->from + 1;
	rounds(1, SB_OK);
	status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
	rounds(1, SB_OK);
	status_is(SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
	rounds(2, SB_OK);
	status_is(SEEDBED_READY, SEEDBED_NONE);
	assert_int_equal(fake_report(&bed, 0).alarms, 1);
}

static void used_up_is_not_lost(void **state)
{
	(void)state;
	add_seed(48);
	assert_int_equal(fake_ready(&bed), 1);
	rounds(20, SB_OK);
	status_is(SEEDBED_READY, SEEDBED_NONE);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
}

static void uncredited_bytes_reach_the_key(void **state)
{
	uint32_t key[2][8];

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		add_seed(48);
		fake_add(SB_CONDITIONED, 0)->flip = i ? 13 : -1;
		assert_int_equal(fake_ready(&bed), 1);
		memcpy(key[i], bed.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

/* The time of each answer counts too, with all 64 bits. */
static void counter_reaches_the_key(void **state)
{
	static const uint64_t now[3] = { 0, 1, (uint64_t)1 << 63 };
	uint32_t key[3][8];

	(void)state;
	for (int i = 0; i < 3; i++) {
		fake_reset();
		add_seed(48);
		fake.now = now[i];
		assert_int_equal(fake_ready(&bed), 1);
		memcpy(key[i], bed.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
	assert_memory_not_equal(key[0], key[2], sizeof key[0]);
}

/*
 * No clock earns a bit: one that stands still, fine and coarse ones, one that
 * runs backward, and one that only looks random.
 */
static void timing_earns_nothing(void **state)
{
	static const uint64_t steps[] = { 0, 1, 26, 1u << 20, (uint64_t)-3, 0 };
	enum { COUNT = sizeof steps / sizeof *steps };

	(void)state;
	for (int i = 0; i < COUNT; i++) {
		fake_reset();
		fake.step = steps[i];
		fake.lcg = i == COUNT - 1;
		fake_add(SB_CONDITIONED, 0);
		begin();
		for (uint32_t tag = 0; tag < 1000; tag++)
			seedbed_event(&bed, tag);
		rounds(20, SB_EIO);
		assert_int_equal(seedbed_status(&bed).bits, 0);
		status_is(SEEDBED_GATHERING, SEEDBED_NO_SOURCE);
	}
}

static void init_again_keeps_what_was_mixed(void **state)
{
	uint32_t key[2][8];

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		fake_add(FAKE_VIRTIO)->flip = i ? 5 : -1;
		begin();
		rounds(1, SB_EAGAIN);
		begin(); /* in the next lives byte 5 is in the pool, uncredited */
		assert_int_equal(seedbed_status(&bed).bits, 0);
		assert_int_equal(seedbed_status(&bed).reads, 0);
		rounds(1, SB_EAGAIN);
		rounds(1, SB_OK);
		memcpy(key[i], bed.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

/*
 * A full table. Each source is asked in its turn, and the last one is enough
 * alone.
 */
static void eight_sources(void **state)
{
	unsigned before[SEEDBED_SOURCES_MAX];

	(void)state;
	for (int i = 0; i < SEEDBED_SOURCES_MAX; i++)
		fake_add(SB_CONDITIONED, i == SEEDBED_SOURCES_MAX - 1 ? 2048 : 0);
	begin();
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	for (size_t i = 0; i < SEEDBED_SOURCES_MAX; i++) {
		assert_int_equal(fake.source[i].reads, 2);
		assert_int_equal(fake_report(&bed, i).bytes, 96);
		assert_int_equal(fake_report(&bed, i).bits, i == SEEDBED_SOURCES_MAX - 1 ? 768 : 0);
		before[i] = 2;
	}
	for (size_t round = 0; round < 3 * SEEDBED_SOURCES_MAX; round++) {
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		before[round % SEEDBED_SOURCES_MAX]++;
		for (size_t i = 0; i < SEEDBED_SOURCES_MAX; i++)
			assert_int_equal(fake.source[i].reads, before[i]);
	}
}

/* 384 bits less 1/256 bit are not enough. */
static void the_last_256th_of_a_bit_counts(void **state)
{
	(void)state;
	for (int len = 47; len <= 48; len++) {
		fake_reset();
		fake_script(fake_add(SB_SEED, 2047), FAKE_ONCE, 48);
		fake_script(fake_add(SB_SEED, 1), FAKE_ONCE, len);
		begin();
		assert_int_equal(seedbed_gather(&bed), len == 48 ? SB_OK : SB_EAGAIN);
		assert_int_equal(seedbed_gather(&bed), len == 48 ? SB_OK : SB_EIO);
		if (len == 47)
			assert_int_equal(seedbed_status(&bed).bits, 383);
	}
}

/* What was asked often enough stays heard, however long it takes. */
static void heard_after_256_rounds(void **state)
{
	(void)state;
	fake_add(SB_CONDITIONED, 8);
	fake_script(fake_add(FAKE_RDSEED), FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(255, SB_EAGAIN);
	rounds(1, SB_OK);
}

/* Progress of a fast source is any of its answers in a round, not the last. */
static void progress_is_any_answer_of_a_round(void **state)
{
	struct fake_source *f = fake_add(SB_CONDITIONED | SB_FAST, 4);

	(void)state;
	fake_script(f, FAKE_FLAP, 5); /* the sixth ask of eleven */
	begin();
	rounds(1, SB_EAGAIN);
	assert_int_equal(f->reads, 11);
	assert_int_equal(bed.fruitless, 0);
}

/* Or of any source, not the last. */
static void progress_is_any_source_of_a_round(void **state)
{
	(void)state;
	fake_add(SB_CONDITIONED, 4);
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(5, SB_EAGAIN);
	assert_int_equal(bed.fruitless, 0);
}

/* It is a count that does not come round to where it began. */
static void stalled_stays_stalled(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	begin();
	rounds(255, SB_EAGAIN);
	bed.fruitless = UINT32_MAX;
	rounds(3, SB_EIO);
	status_is(SEEDBED_GATHERING, SEEDBED_STALLED);
}

/* What is hoped for does not end with a source behind it that earns nothing. */
static void hope_beside_one_without_credit(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	fake_script(fake_add(SB_CONDITIONED, 0), FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	status_is(SEEDBED_GATHERING, SEEDBED_NEEDS_BITS);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(init_reads_nothing),
					    ON_NEW(first_key_needs_384_bits),
					    ON_NEW(credit_adds_up),
					    ON_NEW(every_present_source_is_asked),
					    ON_NEW(a_starved_fast_source_gets_eight_rounds),
					    ON_NEW(thirty_two_bytes_are_heard),
					    ON_NEW(a_failed_source_is_waited_for_until_retired),
					    ON_NEW(no_source_is_told_at_once),
					    ON_NEW(used_up_is_too_few),
					    ON_NEW(used_up_beside_one_that_is_late),
					    ON_NEW(no_source_after_all_are_retired),
					    ON_NEW(stalled_and_recovered),
					    ON_NEW(slow_is_not_stalled),
					    ON_NEW(rdrand_alone),
					    ON_NEW(trng_alone),
					    ON_NEW(reads_a_round),
					    ON_NEW(asks_for_what_it_needs),
					    ON_NEW(waits_for_one_and_asks_no_other),
					    ON_NEW(asks_again_after_a_reseed),
					    ON_NEW(a_replay_in_the_start_up),
					    ON_NEW(reseed_in_one_step),
					    ON_NEW(reseed_keeps_the_old_key),
					    ON_NEW(reseed_fails_half_way),
					    ON_NEW(ready_reads_one_source_a_round),
					    ON_NEW(degraded_names_the_source),
					    ON_NEW(all_sources_lost),
					    ON_NEW(recovered_source_ends_degraded),
					    ON_NEW(used_up_is_not_lost),
					    ON_NEW(uncredited_bytes_reach_the_key),
					    ON_NEW(counter_reaches_the_key),
					    ON_NEW(timing_earns_nothing),
					    ON_NEW(init_again_keeps_what_was_mixed),
					    ON_NEW(eight_sources),
					    ON_NEW(the_last_256th_of_a_bit_counts),
					    ON_NEW(heard_after_256_rounds),
					    ON_NEW(progress_is_any_answer_of_a_round),
					    ON_NEW(stalled_stays_stalled),
					    ON_NEW(hope_beside_one_without_credit),
					    ON_NEW(progress_is_any_source_of_a_round) };

	return cmocka_run_group_tests_name("gather", tests, NULL, NULL);
}
