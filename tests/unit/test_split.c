/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An instance for each CPU. It is made from a ready one, and lives on sources
 * that its CPU may use alone.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static uint8_t out[64], other[64];
static struct seedbed sister;

/* A ready parent on one slow shared source and, if wanted, one local source. */
static void begin(int local)
{
	fake_add(FAKE_VIRTIO);
	if (local)
		fake_add(FAKE_RDSEED);
	memset(&sister, 0, sizeof sister);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_true(fake_ready(&bed) > 0);
}

static void split(void)
{
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
}

static void child_is_ready(void **state)
{
	(void)state;
	begin(0);
	split();
	assert_int_equal(seedbed_status(&twin).state, SEEDBED_READY);
	assert_int_equal(seedbed_status(&twin).generation, 0);
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	assert_int_equal(seedbed_read(&bed, other, sizeof other), SB_OK);
	assert_memory_not_equal(out, other, sizeof out);
}

static void children_differ(void **state)
{
	(void)state;
	begin(0);
	split();
	assert_int_equal(seedbed_split(&sister, &bed, &fake.hal), SB_OK);
	assert_memory_not_equal(twin.key, sister.key, sizeof twin.key);
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	assert_int_equal(seedbed_read(&sister, other, sizeof other), SB_OK);
	assert_memory_not_equal(out, other, sizeof out);
}

/*
 * The child's key depends on what the parent gave. Another parent has another
 * child.
 */
static void child_comes_from_the_parent(void **state)
{
	uint32_t key[2][8];

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		begin(0);
		bed.key[0] ^= (uint32_t)i;
		split();
		memcpy(key[i], twin.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

static void parent_must_serve(void **state)
{
	struct seedbed before;

	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_EIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	memset(&before, 0, sizeof before);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_EAGAIN);
	assert_memory_equal(&twin, &before, sizeof twin);
}

static void local_sources_alone(void **state)
{
	(void)state;
	begin(1);
	fake.source[0].probes = fake.source[0].reads = 0;
	split();
	assert_int_equal(fake_hooked(), 1); /* only the parent, as another CPU may run the loop */
	for (int i = 0; i < 20; i++)
		assert_int_equal(seedbed_gather(&twin), SB_OK);
	assert_int_equal(fake.source[0].probes, 0);
	assert_int_equal(fake.source[0].reads, 0);
	assert_int_equal(fake_report(&twin, 0).state, SEEDBED_ABSENT);
	assert_int_equal(fake_report(&twin, 0).reason, SEEDBED_NOT_LOCAL);
	assert_int_equal(fake_report(&twin, 1).state, SEEDBED_LIVE);
	assert_int_equal(seedbed_reseed(&twin), SB_OK);
	assert_int_equal(seedbed_gather(&twin), SB_OK);
	assert_int_equal(fake.source[0].probes, 0);
	assert_int_equal(fake_report(&twin, 0).reason, SEEDBED_NOT_LOCAL);
	seedbed_wipe(&twin);
	assert_int_equal(fake.source[0].stops, 0);
}

static void epoch_change_with_a_local_source(void **state)
{
	(void)state;
	begin(1);
	split();
	fake.id[0] = 2;
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	assert_int_equal(seedbed_status(&twin).generation, 1);
}

static void epoch_change_without_one(void **state)
{
	(void)state;
	begin(0);
	split();
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	fake.id[0] = 2;
	for (int i = 0; i < 3; i++) {
		assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_EAGAIN);
		assert_int_equal(seedbed_gather(&twin), SB_EIO); /* its own rounds cannot help */
		assert_int_equal(seedbed_status(&twin).reason, SEEDBED_NEEDS_SPLIT);
	}
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal),
			 SB_EAGAIN); /* the parent starts over, too */
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	split();
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
}

/* A clone of a machine with children. The id goes into each child's key. */
/*
 * The machine is cloned at the n-th reading of the epoch. A child that was born
 * meanwhile does not serve on the parent's word alone.
 */
static void born_while_cloned(void **state)
{
	(void)state;
	for (unsigned n = 1; n <= 5; n++) {
		int born, served;

		fake_reset();
		begin(0);
		fake.change_at = fake.epochs + n;
		born = seedbed_split(&twin, &bed, &fake.hal);
		served = seedbed_read(&twin, out, sizeof out);
		assert_true(fake.epochs >= fake.change_at);
		assert_true(born == SB_EAGAIN || served == SB_EAGAIN);
	}
}

static void grandchild(void **state)
{
	(void)state;
	begin(0);
	split();
	assert_int_equal(seedbed_split(&sister, &twin, &fake.hal), SB_OK);
	assert_int_equal(seedbed_read(&sister, out, sizeof out), SB_OK);
	assert_memory_not_equal(sister.key, twin.key, sizeof twin.key);
}

static void codes(void **state)
{
	struct sb_hal bad = fake.hal;

	(void)state;
	begin(0);
	bad.cycles = NULL;
	assert_int_equal(seedbed_split(NULL, &bed, &fake.hal), SB_EINVAL);
	assert_int_equal(seedbed_split(&twin, NULL, &fake.hal), SB_EINVAL);
	assert_int_equal(seedbed_split(&twin, &bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_split(&twin, &bed, &bad), SB_EINVAL);
	assert_int_equal(seedbed_split(&bed, &bed, &fake.hal), SB_EINVAL);
	assert_int_equal(seedbed_status(&twin).state, SEEDBED_EMPTY);
}

/* RNDRRS is local and not fast. A source may also be fast and not local. */
static void fast_is_not_local(void **state)
{
	struct fake_source *local = fake_add(SB_CONDITIONED | SB_LOCAL, 2048);
	struct fake_source *fast = fake_add(SB_CONDITIONED | SB_FAST, 2048);
	unsigned reads[2];

	(void)state;
	assert_true(fake_ready(&bed) > 0);
	reads[0] = local->reads;
	reads[1] = fast->reads;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK); /* the fresh word */
	assert_int_equal(local->reads, reads[0]);
	assert_int_equal(fast->reads, reads[1] + 1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	reads[0] = local->reads;
	reads[1] = fast->reads;
	assert_int_equal(seedbed_gather(&bed), SB_OK); /* one chunk, then a start-up */
	assert_int_equal(local->reads, reads[0] + 1);
	assert_int_equal(fast->reads, reads[1] + 2);
	split();
	assert_int_equal(fake_report(&twin, 0).state, SEEDBED_STARTUP);
	assert_int_equal(fake_report(&twin, 1).state, SEEDBED_ABSENT);
	assert_int_equal(fake_report(&twin, 1).reason, SEEDBED_NOT_LOCAL);
	reads[0] = local->reads;
	reads[1] = fast->reads;
	assert_int_equal(seedbed_read(&twin, other, sizeof other), SB_OK);
	assert_int_equal(seedbed_gather(&twin), SB_OK);
	assert_int_equal(local->reads, reads[0] + 1);
	assert_int_equal(fast->reads, reads[1]);
}

/* Two clones of a machine without an epoch may differ in nothing else. */
static void first_read_has_a_fresh_word(void **state)
{
	const struct fake_source *fast = &fake.source[1];
	uint32_t nonce[3], key[8];
	unsigned reads;

	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_RDRAND);
	assert_true(fake_ready(&bed) > 0);
	split();
	assert_int_equal(fake_report(&twin, 0).state, SEEDBED_LIVE);
	assert_int_equal(fake_report(&twin, 1).state, SEEDBED_LIVE);
	reads = fast->reads;
	memcpy(key, twin.key, sizeof key);
	nonce[0] = (uint32_t)fake.now;
	assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	assert_int_equal(fast->reads, reads + 1);
	nonce[1] = sb_load32(fast->last);
	nonce[2] = sb_load32(fast->last + 4);
	sb_stream(key, nonce, other, sizeof other, 0);
	assert_memory_equal(out, other, sizeof other);
}

/*
 * A ready instance with an empty table has no source to ask, and stays ready.
 */
static void gathers_without_a_source(void **state)
{
	static struct sb_hal empty;

	(void)state;
	begin(0);
	empty = fake.hal;
	empty.source_count = 0;
	empty.sources = NULL;
	assert_int_equal(seedbed_split(&twin, &bed, &empty), SB_OK);
	for (uint32_t i = 1; i <= 5; i++) {
		uint32_t pool[8];

		memcpy(pool, twin.pool, sizeof pool);
		seedbed_event(&twin, i);
		assert_int_equal(seedbed_gather(&twin), SB_OK);
		assert_memory_not_equal(twin.pool, pool, sizeof pool); /* of the event */
		assert_int_equal(seedbed_status(&twin).state, SEEDBED_READY);
		assert_int_equal(seedbed_read(&twin, out, sizeof out), SB_OK);
	}
	assert_int_equal(seedbed_status(&twin).reads, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(child_is_ready),
					    ON_NEW(children_differ),
					    ON_NEW(child_comes_from_the_parent),
					    ON_NEW(parent_must_serve),
					    ON_NEW(local_sources_alone),
					    ON_NEW(epoch_change_with_a_local_source),
					    ON_NEW(epoch_change_without_one),
					    ON_NEW(born_while_cloned),
					    ON_NEW(grandchild),
					    ON_NEW(codes),
					    ON_NEW(fast_is_not_local),
					    ON_NEW(first_read_has_a_fresh_word),
					    ON_NEW(gathers_without_a_source) };

	return cmocka_run_group_tests_name("split", tests, NULL, NULL);
}
