/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts: what an event adds, and what a call within a call may touch. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

/* In this round a fast source is read twice, and a slow one once. */
#define ROUND_READS (2 + 1)

static uint8_t out[32], other[32];
static struct seedbed third;
static unsigned happened;

static void begin(void)
{
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
}

/* The key after init, these events and a rekey. */
static void key_after(const uint32_t *tags, size_t n, uint64_t step, uint8_t key[32])
{
	fake_reset();
	fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	fake.step = step;
	for (size_t i = 0; i < n; i++)
		seedbed_event(&bed, tags[i]);
	fake.step = 0;
	fake.now = 0;
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	memcpy(key, bed.key, 32);
}

static void events_change_the_key(void **state)
{
	static const uint32_t tags[3][20] = { { 0 }, { 1, 2, 3 }, { 1, 2, 4 } };
	uint8_t key[6][32];

	(void)state;
	key_after(tags[0], 0, 0, key[0]);
	key_after(tags[0], 1, 1, key[1]);
	key_after(tags[0], 20, 1, key[2]);
	key_after(tags[1], 3, 1, key[3]);
	key_after(tags[2], 3, 1, key[4]);
	key_after(tags[1], 3, 2, key[5]);
	for (size_t i = 0; i < 6; i++)
		for (size_t j = 0; j < i; j++)
			assert_memory_not_equal(key[i], key[j], 32);
}

static void every_bit_of_the_tag_counts(void **state)
{
	uint8_t key[2][32];

	(void)state;
	key_after(&(uint32_t){ 0 }, 1, 0, key[0]);
	for (unsigned bit = 0; bit < 32; bit++) {
		key_after(&(uint32_t){ 1u << bit }, 1, 0, key[1]);
		assert_memory_not_equal(key[0], key[1], 32);
	}
}

/*
 * What the two words hold with a counter that stands still, and with one that
 * moves.
 */
static void words_of_an_event(void **state)
{
	(void)state;
	begin();
	bed.tags = bed.times = 0;
	fake.step = 0;
	fake.now = 3;
	seedbed_event(&bed, 5);
	seedbed_event(&bed, 7);
	assert_int_equal(bed.tags, 12);
	assert_int_equal(bed.times, 2 * 3 + 3);
	fake.step = 1;
	seedbed_event(&bed, 0);
	assert_int_equal(bed.tags, 12);
	assert_int_equal(bed.times, 2 * 9 + 4);
}

/* An event writes its own two words and nothing else. */
static void touches_its_own_words_alone(void **state)
{
	struct seedbed before;

	(void)state;
	begin();
	before = bed;
	for (uint32_t i = 0; i < 20; i++)
		seedbed_event(&bed, i);
	before.tags = bed.tags;
	before.times = bed.times;
	assert_memory_equal(&bed, &before, sizeof bed);
}

static void earn_nothing_and_are_mixed_once(void **state)
{
	uint32_t mixed;

	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_true(fake_ready(&bed) > 0);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	seedbed_event(&bed, 1);
	mixed = bed.mixed[0];
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(bed.mixed[0], mixed + 64);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(bed.mixed[0], mixed + 64);
}

static void where_there_is_no_instance(void **state)
{
	(void)state;
	seedbed_event(&bed, 1);
	assert_int_equal(bed.tags, 0);
	begin();
	seedbed_wipe(&bed);
	seedbed_event(&bed, 1);
	assert_int_equal(bed.tags, 0);
}

/*
 * An interrupt within a driver or a reading of the counter, in every call that
 * has one.
 */
static void interrupt(void)
{
	happened++;
	seedbed_event(&bed, happened);
}

/*
 * Interrupts within interrupts, up to three deep. An event reads the counter in
 * the middle of its work.
 */
static void interrupts(void)
{
	static unsigned depth;

	if (depth == 3)
		return;
	depth++;
	fake.inside = 0;
	interrupt();
	depth--;
}

static void every_call(void)
{
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_stir(&bed, "x", 1), SB_OK);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_read(&bed, other, sizeof other), SB_OK);
}

static void preempts_every_call(void **state)
{
	(void)state;
	for (int where = 0; where < 4; where++) {
		fake_reset();
		fake_add(FAKE_RDSEED);
		happened = 0;
		fake.in_cycles = where == 0 ? NULL : where == 1 ? interrupt : interrupts;
		fake.in_read = where == 0 ? interrupt : where == 3 ? interrupts : NULL;
		every_call();
		assert_true(happened > 5);
		assert_int_equal(bed.tags, happened * (happened + 1) / 2);
		assert_memory_not_equal(out, other, sizeof out);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	}
}

/* Events during a read change neither its output nor its key. */
static void shares_no_keystream(void **state)
{
	uint32_t key[8];

	(void)state;
	for (int i = 0; i < 3; i++) {
		fake_reset();
		begin();
		fake.in_cycles = i == 0 ? NULL : i == 1 ? interrupt : interrupts;
		assert_int_equal(seedbed_read(&bed, i ? other : out, sizeof out), SB_OK);
		if (i == 0)
			memcpy(key, bed.key, sizeof key);
		else
			assert_memory_equal(out, other, sizeof out);
		assert_memory_equal(key, bed.key, sizeof key);
	}
}

static void nothing_taken(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	(void)source;
	(void)bytes;
	(void)len;
}

/*
 * Every call but a wipe, made from within a driver of the same instance. The
 * instance is busy, and nothing changes. test_inside has the wipes.
 */
static void call_everything(void)
{
	static struct seedbed_consumer h = { .take = nothing_taken };
	struct seedbed before = bed, parent = twin;
	uint8_t bytes[8], zero[8] = { 0 };
	struct seedbed_report report;

	happened++;
	memset(bytes, 0xee, sizeof bytes);
	assert_int_equal(seedbed_read(&bed, bytes, sizeof bytes), SB_EAGAIN);
	assert_memory_equal(bytes, zero, sizeof bytes);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_stir(&bed, "x", 1), SB_EAGAIN);
	assert_int_equal(seedbed_reseed(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_EAGAIN);
	assert_int_equal(seedbed_split(&third, &bed, &fake.hal), SB_EAGAIN);
	assert_int_equal(seedbed_split(&bed, &twin, &fake.hal), SB_EAGAIN);
	assert_int_equal(seedbed_add_consumer(&bed, &h), SB_EAGAIN);
	assert_int_equal(seedbed_remove_consumer(&bed, &h), SB_EAGAIN);
	assert_int_equal(seedbed_inspect(&bed, 0, &report), SB_OK);
	(void)seedbed_status(&bed);
	assert_memory_equal(&bed, &before, sizeof bed);
	assert_memory_equal(&twin, &parent, sizeof twin); /* nothing was drawn for a child */
}

static void busy_is_left_alone(void **state)
{
	static struct seedbed_consumer h = { .take = nothing_taken };

	(void)state;
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	assert_true(fake_ready(&twin) > 0);
	fake.in_read = call_everything;
	happened = 0;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(happened, ROUND_READS);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(happened, ROUND_READS + 1);
	assert_int_equal(seedbed_add_consumer(&bed, &h), SB_OK);
	assert_int_equal(happened, ROUND_READS + 2);
	fake.in_read = NULL;
	fake.in_cycles = call_everything;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_true(happened > ROUND_READS + 2 + ROUND_READS);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	fake.in_cycles = NULL;
	happened = 0;
	fake.in_stop = call_everything;
	seedbed_wipe(&bed);
	assert_int_equal(happened, 2);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_EMPTY);
}

/* The frame that a round makes of the two words, as docs/design.md has it. */
static void frame_of_events(void **state)
{
	uint8_t frame[64] = { 'E', 0, 8 };
	uint32_t block[16] = { 0 }, pool[8], mixed[2];

	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_true(fake_ready(&bed) > 0);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	bed.tags = 0x04030201;
	bed.times = 0x08070605;
	for (uint8_t i = 0; i < 8; i++)
		frame[16 + i] = (uint8_t)(i + 1);
	fake.now = 0x1817161514131211;
	for (uint8_t i = 0; i < 8; i++)
		frame[8 + i] = (uint8_t)(0x11 + i);
	sb_words(block, frame, sizeof frame);
	memcpy(pool, bed.pool, sizeof pool);
	mixed[0] = bed.mixed[0] + 64;
	mixed[1] = bed.mixed[1];
	sb_hash_compress(pool, mixed, 0, block);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_memory_equal(bed.pool, pool, sizeof pool);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(events_change_the_key),
					    ON_NEW(every_bit_of_the_tag_counts),
					    ON_NEW(words_of_an_event),
					    ON_NEW(touches_its_own_words_alone),
					    ON_NEW(earn_nothing_and_are_mixed_once),
					    ON_NEW(where_there_is_no_instance),
					    ON_NEW(preempts_every_call),
					    ON_NEW(shares_no_keystream),
					    ON_NEW(busy_is_left_alone),
					    ON_NEW(frame_of_events) };

	return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
