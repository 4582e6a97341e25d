/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entropy for a dependent's own accumulator. The draws are its own, they are
 * tested, and never credited.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

struct taken {
	struct seedbed_consumer consumer;
	unsigned calls, from[SEEDBED_SOURCES_MAX], events, epochs;
	size_t source, len;
	uint8_t bytes[64];
	uint8_t all[4096];
	size_t used;
};

static struct taken one, two;

static void take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	struct taken *t = ctx;

	t->calls++;
	if (source == SEEDBED_FROM_EVENTS)
		t->events++;
	else if (source == SEEDBED_FROM_EPOCH)
		t->epochs++;
	else
		t->from[source]++;
	t->source = source;
	t->len = len;
	memcpy(t->bytes, bytes, len);
	if (t->used + len <= sizeof t->all) {
		memcpy(t->all + t->used, bytes, len);
		t->used += len;
	}
}

static void begin(void)
{
	memset(&one, 0, sizeof one);
	memset(&two, 0, sizeof two);
	one.consumer.take = two.consumer.take = take;
	one.consumer.ctx = &one;
	two.consumer.ctx = &two;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
}

static void add(struct taken *t)
{
	assert_int_equal(seedbed_add_consumer(&bed, &t->consumer), SB_OK);
}

static void gather(int n)
{
	while (n--)
		(void)!seedbed_gather(&bed);
}

/* A new consumer gets 32 raw bytes of every live source. */
static void burst_when_added(void **state)
{
	struct fake_source *f;

	(void)state;
	fake_add(FAKE_RDSEED);
	f = fake_add(FAKE_VIRTIO);
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
	begin();
	gather(8);
	add(&one);
	assert_int_equal(one.calls, 2);
	assert_int_equal(one.from[0], 1);
	assert_int_equal(one.from[1], 1);
	assert_int_equal(one.source, 1);
	assert_int_equal(one.len, 32);
	assert_memory_equal(one.bytes, f->last, 32);
}

/*
 * A consumer that came too early gets the bytes when the instance is ready, and
 * again each time that it is ready again.
 */
static void burst_when_ready(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	assert_int_equal(one.calls, 0);
	gather(1);
	assert_int_equal(one.calls, 0);
	gather(1);
	assert_int_equal(one.from[0], 1);
	assert_int_equal(one.len, 32);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(one.from[0], 1);
	gather(2);
	assert_int_equal(one.from[0], 2);
}

static void nothing_credited_is_given(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	begin();
	add(&one);
	gather(3);
	for (int i = 0; i < 50; i++) {
		uint32_t bits, pool[8];
		unsigned calls = one.calls;

		memcpy(pool, bed.pool, sizeof pool);
		bits = seedbed_status(&bed).bits;
		gather(1);
		if (one.calls != calls) {
			assert_int_equal(seedbed_status(&bed).bits, bits);
			assert_memory_not_equal(bed.pool, pool,
						sizeof pool); /* it was mixed in any case */
			assert_memory_equal(one.bytes, f->last, 32);
		} else {
			assert_false(fake_found(one.all, one.used, f->last, 48, 8));
		}
	}
	assert_in_range(one.calls, 20, 30);
}

/* A draw comes in every other turn of all the sources. */
static void turns(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	gather(2);
	assert_int_equal(one.calls, 3);
	for (int i = 0; i < 3; i++)
		fake.source[i].reads = 0;
	gather(60);
	for (int i = 0; i < 3; i++) {
		assert_in_range(one.from[i], 10, 12);
		assert_int_equal(fake.source[i].reads, 20);
	}
}

static void draws_are_tested(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	begin();
	gather(2);
	add(&one);
	assert_int_equal(one.calls, 1);
	fake_script(f, FAKE_STUCK, 1);
	add(&two);
	assert_int_equal(two.calls, 0);
	assert_int_equal(one.calls, 1);
	assert_int_equal(fake_report(&bed, 0).alarms, 1);
	assert_int_equal(fake_report(&bed, 0).reason, SEEDBED_REPETITION);
}

static void events_are_shared(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	gather(3);
	assert_int_equal(one.events, 0);
	seedbed_event(&bed, 7);
	gather(1);
	assert_int_equal(one.events, 1);
	gather(1);
	assert_int_equal(one.events, 1);
}

static void epoch_is_told(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[3] = 33;
	begin();
	add(&one);
	gather(3);
	assert_int_equal(one.epochs, 0);
	fake.id[3] = 34;
	gather(1);
	assert_int_equal(one.epochs, 1);
	assert_int_equal(one.source, SEEDBED_FROM_EPOCH);
	assert_int_equal(one.len, 16);
	assert_memory_equal(one.bytes, fake.id, 16);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(one.epochs, 2);
	fake.epoch = SB_ENODEV;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(one.epochs, 3);
	assert_int_equal(one.len, 16);
	assert_int_equal(one.bytes[3], 0);
}

static void two_consumers(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	add(&two);
	gather(20);
	assert_true(one.calls > 5);
	assert_int_equal(one.calls, two.calls);
	assert_memory_equal(one.all, two.all, one.used);
}

static void removed(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	begin();
	assert_int_equal(seedbed_remove_consumer(&bed, &one.consumer), SB_EINVAL);
	add(&one);
	add(&two);
	assert_int_equal(seedbed_add_consumer(&bed, &one.consumer), SB_EINVAL);
	assert_int_equal(seedbed_add_consumer(&bed, &two.consumer), SB_EINVAL);
	assert_int_equal(seedbed_remove_consumer(&bed, &one.consumer), SB_OK);
	assert_int_equal(seedbed_remove_consumer(&bed, &one.consumer), SB_EINVAL);
	gather(10);
	assert_int_equal(one.calls, 0);
	assert_true(two.calls > 0);
	add(&one);
	assert_int_equal(seedbed_remove_consumer(&bed, &two.consumer), SB_OK);
	assert_int_equal(seedbed_remove_consumer(&bed, &one.consumer), SB_OK);
	assert_null(bed.consumers);
}

static void init_keeps_consumers_and_wipe_forgets_them(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(one.epochs, 1);
	gather(2);
	assert_int_equal(one.from[0], 1);
	seedbed_wipe(&bed);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	gather(20);
	assert_int_equal(one.from[0], 1);
}

static void seeds_are_kept_back(void **state)
{
	(void)state;
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 48);
	begin();
	add(&one);
	gather(1);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	gather(20);
	assert_int_equal(one.calls, 0);
}

/* An alarm among the draws of a burst. The state says so at once. */
static void alarm_in_a_burst(void **state)
{
	struct fake_source *f;

	(void)state;
	fake_add(FAKE_VIRTIO);
	f = fake_add(FAKE_VIRTIO);
	begin();
	gather(2);
	fake_script(f, FAKE_RESULT, SB_EIO);
	add(&one);
	assert_int_equal(one.from[0], 1);
	assert_int_equal(one.from[1], 0);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_DEGRADED);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_LOST_SOURCE);
	assert_int_equal(fake_report(&bed, 1).alarms, 1);
}

/*
 * No consumer gets bytes that a source held before a clone. It is told of the
 * clone, and waits.
 */
static void added_across_a_clone(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[3] = 33;
	begin();
	gather(2);
	fake.id[3] = 34;
	add(&one);
	assert_int_equal(one.epochs, 1);
	assert_int_equal(one.calls, 1);
	assert_memory_equal(one.bytes, fake.id, 16);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
	gather(2);
	assert_int_equal(one.epochs, 1);
	assert_int_equal(one.from[0], 1);
}

/*
 * A clone among the turns. Every consumer hears of it once, and gets new draws
 * only after that.
 */
static void cloned_between_draws(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	fake.epoch = SB_OK;
	fake.id[3] = 33;
	begin();
	add(&one);
	add(&two);
	gather(8);
	one.used = two.used = 0;
	fake.id[3] = 34;
	assert_int_equal(seedbed_read(&bed, one.bytes, 16), SB_EAGAIN);
	assert_int_equal(one.epochs, 1);
	assert_int_equal(two.epochs, 1);
	assert_int_equal(one.used, 16);
	assert_int_equal(f->stops, 1);
	gather(6);
	assert_int_equal(one.epochs, 1);
	assert_true(one.used > 16);
	assert_int_equal(one.used, two.used);
	assert_memory_equal(one.all, two.all, one.used);
}

/* An answer of one byte is a draw as well. */
static void one_byte_at_a_time(void **state)
{
	struct fake_source *f = fake_add(FAKE_VIRTIO);

	(void)state;
	begin();
	gather(2);
	fake_script(f, FAKE_SHORT, 1);
	add(&one);
	assert_int_equal(one.from[0], 1);
	assert_int_equal(one.len, 1);
	assert_int_equal(one.bytes[0], f->last[0]);
}

/* As many sources as there may be: each is drawn from, and none beyond them. */
static void burst_of_eight_sources(void **state)
{
	(void)state;
	for (int i = 0; i < SEEDBED_SOURCES_MAX; i++)
		fake_add(FAKE_VIRTIO);
	begin();
	gather(2);
	add(&one);
	assert_int_equal(one.calls, SEEDBED_SOURCES_MAX);
	for (int i = 0; i < SEEDBED_SOURCES_MAX; i++)
		assert_int_equal(one.from[i], 1);
}

/* The same in the burst of an instance that has just become ready. */
static void alarm_in_the_first_burst(void **state)
{
	struct fake_source *f;

	(void)state;
	fake_add(FAKE_VIRTIO);
	f = fake_add(FAKE_VIRTIO);
	begin();
	add(&one);
	fake_script(f, FAKE_RESULT, SB_EIO);
	f->from = 2;
	gather(2);
	assert_int_equal(f->reads, 3);
	assert_int_equal(one.from[0], 1);
	assert_int_equal(one.from[1], 0);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_DEGRADED);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_LOST_SOURCE);
}

/* A source that is live gives no draw before the instance is ready. */
static void added_before_it_serves(void **state)
{
	struct fake_source *f = fake_add(SB_CONDITIONED, 256);

	(void)state;
	begin();
	gather(3);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_LIVE);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
	add(&one);
	assert_int_equal(one.calls, 0);
	assert_int_equal(f->reads, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(burst_when_added),
					    ON_NEW(burst_when_ready),
					    ON_NEW(nothing_credited_is_given),
					    ON_NEW(turns),
					    ON_NEW(draws_are_tested),
					    ON_NEW(events_are_shared),
					    ON_NEW(epoch_is_told),
					    ON_NEW(two_consumers),
					    ON_NEW(removed),
					    ON_NEW(init_keeps_consumers_and_wipe_forgets_them),
					    ON_NEW(seeds_are_kept_back),
					    ON_NEW(alarm_in_a_burst),
					    ON_NEW(added_across_a_clone),
					    ON_NEW(cloned_between_draws),
					    ON_NEW(one_byte_at_a_time),
					    ON_NEW(burst_of_eight_sources),
					    ON_NEW(alarm_in_the_first_burst),
					    ON_NEW(added_before_it_serves) };

	return cmocka_run_group_tests_name("consumer", tests, NULL, NULL);
}
