/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A dependent with an accumulator of its own (examples/accumulator/fortuna.h).
 * A consumer feeds it, comes and goes, and is told when the machine was cloned.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "fortuna.h"

/* A snapshot of the whole machine with its devices. Both clones go on alike. */
struct snapshot {
	struct fake_machine fake;
	struct seedbed bed;
	struct fortuna own;
};

static struct fortuna own;
static struct snapshot snapshot;

static int begin(void **state)
{
	memset(&own, 0, sizeof own);
	return fake_setup(state);
}

/* Gathers until every source is live. */
static void ready(void)
{
	assert_int_not_equal(fake_ready(&bed), -1);
	for (int i = 0; i < 8; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
}

static void attach(void)
{
	assert_int_equal(fortuna_attach(&own, &bed), SB_OK);
}

static void detach(void)
{
	assert_int_equal(fortuna_detach(&own, &bed), SB_OK);
}

/* Reads until it is served. Returns how often it asked. */
static int served(uint8_t out[32])
{
	for (int n = 1; n < 10000; n++)
		if (fortuna_read(&own, &bed, out, 32) == SB_OK)
			return n;
	fail_msg("never served");
	return 0;
}

/* A refusal has its own result, and zeros are never an output. */
static void refused(int result)
{
	uint8_t out[32], before[32];

	memset(out, 0xa5, sizeof out);
	memset(before, 0xa5, sizeof before);
	assert_int_equal(fortuna_read(&own, &bed, out, sizeof out), result);
	assert_memory_equal(out, before, sizeof out);
}

static void raw_bytes_arrive(void **state)
{
	uint8_t one[32], other[32];

	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	ready();
	attach();
	assert_int_equal(own.taken, 64);
	assert_int_equal(served(one), 1);
	assert_int_equal(served(other), 1);
	assert_memory_not_equal(one, other, 32);
	assert_int_equal(own.reseeds, 1);
}

/*
 * seedbed counts this source at 1/64 bit a byte, so it takes 512 draws of 32.
 */
static void a_generator_counts_little(void **state)
{
	uint8_t out[32];

	(void)state;
	fake_add(FAKE_RDRAND);
	ready();
	attach();
	assert_in_range(served(out), 1000, 1100);
	assert_int_equal(own.taken, 512 * 32);
}

static void no_source_is_refused(void **state)
{
	(void)state;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	refused(SB_EINVAL); /* no consumer yet */
	attach();
	for (int i = 0; i < 50; i++)
		refused(SB_EIO);
}

/*
 * A seed is a secret that is handed over once. seedbed has it, consumers never.
 */
static void a_seed_alone_is_refused(void **state)
{
	(void)state;
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 48);
	ready();
	attach();
	for (int i = 0; i < 50; i++)
		refused(SB_EAGAIN);
	assert_int_equal(own.taken, 0);
}

static void an_alarm_feeds_nothing(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 7);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	attach();
	for (int i = 0; i < 50; i++)
		assert_int_not_equal(seedbed_gather(&bed), SB_OK);
	refused(SB_EIO);
	assert_int_equal(own.taken, 0);
}

static void removed_and_added_again(void **state)
{
	uint8_t out[32];

	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	ready();
	for (int i = 0; i < 100; i++) {
		uint32_t before = own.taken;

		attach();
		assert_int_equal(own.taken, before + 64);
		assert_int_equal(fortuna_attach(&own, &bed), SB_EINVAL);
		served(out);
		detach();
		assert_int_equal(fortuna_detach(&own, &bed), SB_EINVAL);
		before = own.taken;
		for (int n = 0; n < 20; n++)
			assert_int_equal(served(out), 1);
		assert_int_equal(own.taken, before);
	}
	assert_int_equal(own.told, 0);
}

/*
 * Pool i of 32 goes into every 2^i-th reseed. For r reseeds after the first,
 * the rounds of a source fill pool 0 with 32 bytes each.
 */
static void pools_by_turns(void **state)
{
	uint8_t out[32];

	(void)state;
	fake_add(FAKE_VIRTIO);
	ready();
	attach();
	for (int i = 0; i < 4000; i++)
		served(out);
	assert_in_range(own.taken / 32, 1999, 2002);
	assert_in_range(own.reseeds, 1 + 2000 / 32 / 2 - 1, 1 + 2000 / 32 / 2 + 1);
}

static void told_of_a_clone(void **state)
{
	uint8_t out[32];

	(void)state;
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	ready();
	attach();
	served(out);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	fake.id[0] = 2;
	refused(SB_EAGAIN);
	assert_int_equal(own.told, 1);
	assert_int_equal(own.generation, 1);
	refused(SB_EAGAIN); /* it has the old key, and does not use it */
	fake_script(&fake.source[0], FAKE_HONEST, 0);
	served(out);
	assert_int_equal(own.reseeds, 2);
}

static void one_clone(uint8_t id, uint8_t out[4][32])
{
	fake = snapshot.fake;
	bed = snapshot.bed;
	own = snapshot.own;
	fake.id[0] = id;
	if (id != snapshot.fake.id[0] && !own.attached) {
		for (int i = 0; i < 10; i++)
			refused(SB_EAGAIN); /* its key is the other clone's too */
		attach();
	}
	for (int i = 0; i < 4; i++)
		served(out[i]);
}

/*
 * The sources of both clones replay the same bytes. The epoch alone tells the
 * clones apart. Without an epoch they stay the same.
 */
static void clones(int attached)
{
	static uint8_t one[4][32], other[4][32];

	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	ready();
	attach();
	served(one[0]);
	if (!attached)
		detach();
	snapshot.fake = fake;
	snapshot.bed = bed;
	snapshot.own = own;
	one_clone(1, one);
	one_clone(1, other);
	assert_memory_equal(one, other, sizeof one);
	one_clone(2, one);
	assert_int_equal(own.told, attached);
	assert_int_equal(own.generation, 1);
	one_clone(3, other);
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			assert_memory_not_equal(one[i], other[j], 32);
}

static void clones_diverge(void **state)
{
	(void)state;
	clones(1);
}

/*
 * Nobody tells it of the clone, so it looks for itself. It refuses until its
 * consumer is back.
 */
static void clones_diverge_while_it_is_removed(void **state)
{
	(void)state;
	clones(0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(raw_bytes_arrive, begin),
		cmocka_unit_test_setup(a_generator_counts_little, begin),
		cmocka_unit_test_setup(no_source_is_refused, begin),
		cmocka_unit_test_setup(a_seed_alone_is_refused, begin),
		cmocka_unit_test_setup(an_alarm_feeds_nothing, begin),
		cmocka_unit_test_setup(removed_and_added_again, begin),
		cmocka_unit_test_setup(pools_by_turns, begin),
		cmocka_unit_test_setup(told_of_a_clone, begin),
		cmocka_unit_test_setup(clones_diverge, begin),
		cmocka_unit_test_setup(clones_diverge_while_it_is_removed, begin),
	};

	return cmocka_run_group_tests_name("accumulator", tests, NULL, NULL);
}
