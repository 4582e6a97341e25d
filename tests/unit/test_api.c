/* SPDX-License-Identifier: BSD-2-Clause */
/* Bad input of any kind has a defined result, and loses nothing. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "fake.h"

static uint8_t out[64];
static struct sb_loop loop;

static void no_take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	(void)source;
	(void)bytes;
	(void)len;
}

static struct seedbed_consumer consumer = { .take = no_take };

static void begin(void)
{
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
}

static void all_zero(const void *at, size_t len)
{
	const uint8_t *p = at;

	for (size_t i = 0; i < len; i++)
		assert_int_equal(p[i], 0);
}

/* Every function that can answer SB_EIO answers it. */
static void all_refuse(struct seedbed *s)
{
	struct seedbed child;

	memset(&child, 0, sizeof child);
	memset(out, 0xee, sizeof out);
	assert_int_equal(seedbed_read(s, out, sizeof out), SB_EIO);
	all_zero(out, sizeof out);
	assert_int_equal(seedbed_gather(s), SB_EIO);
	assert_int_equal(seedbed_stir(s, "x", 1), SB_EIO);
	assert_int_equal(seedbed_reseed(s), SB_EIO);
	assert_int_equal(seedbed_split(&child, s, &fake.hal), SB_EIO);
	assert_int_equal(seedbed_add_consumer(s, &consumer), SB_EIO);
	assert_int_equal(seedbed_remove_consumer(s, &consumer), SB_EIO);
	assert_int_equal(seedbed_status(&child).state, SEEDBED_EMPTY);
}

static void null_arguments(void **state)
{
	struct seedbed_report report;
	struct seedbed before;

	(void)state;
	begin();
	before = bed;
	assert_int_equal(seedbed_init(NULL, &fake.hal), SB_EINVAL);
	assert_int_equal(seedbed_init(&bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_gather(NULL), SB_EINVAL);
	assert_int_equal(seedbed_read(NULL, out, 1), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, NULL, 1), SB_EINVAL);
	assert_int_equal(seedbed_stir(NULL, "x", 1), SB_EINVAL);
	assert_int_equal(seedbed_stir(&bed, NULL, 1), SB_EINVAL);
	assert_int_equal(seedbed_stir(&bed, &bed + 1, (size_t)PTRDIFF_MAX + 1), SB_EINVAL);
	assert_int_equal(seedbed_reseed(NULL), SB_EINVAL);
	assert_int_equal(seedbed_add_consumer(NULL, &consumer), SB_EINVAL);
	assert_int_equal(seedbed_add_consumer(&bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_add_consumer(&bed, &(struct seedbed_consumer){ NULL }), SB_EINVAL);
	assert_int_equal(seedbed_remove_consumer(NULL, &consumer), SB_EINVAL);
	assert_int_equal(seedbed_remove_consumer(&bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_inspect(NULL, 0, &report), SB_EINVAL);
	assert_int_equal(seedbed_inspect(&bed, 0, NULL), SB_EINVAL);
	assert_int_equal(seedbed_status(NULL).state, SEEDBED_EMPTY);
	seedbed_wipe(NULL);
	assert_memory_equal(&bed, &before, sizeof bed);
}

static void never_initialised(void **state)
{
	struct seedbed_report report;

	(void)state;
	all_refuse(&bed);
	/* what an argument is wrong in is told first */
	assert_int_equal(seedbed_add_consumer(&bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_remove_consumer(&bed, NULL), SB_EINVAL);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_EMPTY);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NONE);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_int_equal(seedbed_status(&bed).reads, 0);
	assert_int_equal(seedbed_status(&bed).generation, 0);
	assert_int_equal(seedbed_status(&bed).epoch_reason, SEEDBED_NONE);
	assert_int_equal(seedbed_status(&bed).epoch, 0);
	assert_int_equal(seedbed_inspect(&bed, 0, &report), SB_EINVAL);
	seedbed_wipe(&bed);
	all_zero(&bed, sizeof bed);
}

/* Memory that is not zero is no instance, and init makes an instance of it. */
static void memory_with_anything_in_it(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	memset(&bed, 0xa5, sizeof bed);
	all_refuse(&bed);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_EMPTY);
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_status(&bed).generation, 0);
}

static void a_copy_is_no_instance(void **state)
{
	struct seedbed_report report;

	(void)state;
	begin();
	memcpy(&twin, &bed, sizeof bed);
	all_refuse(&twin);
	assert_int_equal(seedbed_status(&twin).state, SEEDBED_EMPTY);
	assert_int_equal(seedbed_inspect(&twin, 0, &report), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	fake.source[0].stops = 0;
	seedbed_wipe(&twin);
	all_zero(&twin, sizeof twin);
	assert_int_equal(fake.source[0].stops, 0); /* the original's source */
	assert_int_equal(fake_hooked(), 1);
}

static void wiped(void **state)
{
	struct seedbed_report report;

	(void)state;
	begin();
	assert_int_equal(seedbed_add_consumer(&bed, &consumer), SB_OK);
	seedbed_event(&bed, 1);
	memset(&bed.slot[1], 0xee, sizeof bed.slot - sizeof bed.slot[0]);
	seedbed_wipe(&bed);
	all_zero(&bed, sizeof bed);
	assert_int_equal(fake.source[0].stops, 1);
	assert_int_equal(fake_hooked(), 0);
	all_refuse(&bed);
	assert_int_equal(seedbed_inspect(&bed, 0, &report), SB_EINVAL);
	seedbed_wipe(&bed);
	assert_int_equal(fake.source[0].stops, 1);
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
}

/* Each row breaks one rule. */
static struct sb_driver *first_driver(void)
{
	return &fake.source[0].driver;
}

static void break_cycles(void)
{
	fake.hal.cycles = NULL;
}
static void break_count(void)
{
	while (fake.hal.source_count <= SEEDBED_SOURCES_MAX)
		fake_add(FAKE_VIRTIO);
}

static void break_huge_count(void)
{
	fake.hal.source_count = SIZE_MAX;
}
static void break_table(void)
{
	fake.hal.sources = NULL;
}
static void break_enter(void)
{
	fake.hal.enter = NULL;
}
static void break_leave(void)
{
	fake.hal.leave = NULL;
}
static void break_now(void)
{
	loop.now = NULL;
}
static void break_wait(void)
{
	loop.wait = NULL;
}
static void break_harvest(void)
{
	loop.harvest = NULL;
}

static void break_hooks(void)
{
	loop.hooks = NULL;
}
static void break_driver(void)
{
	fake.table[1].driver = NULL;
}
static void break_name(void)
{
	first_driver()->name = NULL;
}
static void break_probe(void)
{
	first_driver()->probe = NULL;
}
static void break_read(void)
{
	first_driver()->read = NULL;
}
static void break_stop(void)
{
	first_driver()->stop = NULL;
}
static void break_no_kind(void)
{
	first_driver()->flags = SB_FAST;
}
static void break_two_kinds(void)
{
	first_driver()->flags = SB_NOISE | SB_CONDITIONED;
}
static void break_seed_and_noise(void)
{
	first_driver()->flags = SB_NOISE | SB_SEED;
}
static void break_width_0(void)
{
	fake.source[2].driver.width = 0;
}
static void break_seed_width_0(void)
{
	fake.source[2].driver.flags = SB_SEED;
	fake.source[2].driver.width = 0;
}
static void break_width_9(void)
{
	first_driver()->width = 9;
}
static void break_narrow(void)
{
	first_driver()->width = 3;
}
static void break_entropy(void)
{
	first_driver()->entropy = 2049;
}
static void break_credit(void)
{
	fake.source[2].driver.entropy = 1023;
}
static void break_low(void)
{
	fake_assess(&fake.source[2].driver, 25, 1);
	fake.table[2].credit = 25;
}
/* Entropy and width alone are not assessed. */
static void break_repetition_0(void)
{
	first_driver()->repetition = 0;
}
/* One more than that of a tenth of a bit. */
static void break_repetition_298(void)
{
	first_driver()->repetition = 298;
}
/* It would alarm at the first sample. */
static void break_repetition_1(void)
{
	first_driver()->repetition = 1;
}
static void break_proportion(void)
{
	first_driver()->proportion = 0;
}

static void malformed_tables(void **state)
{
	static void (*const rule[])(void) = {
		break_cycles,       break_count,          break_huge_count,   break_table,
		break_enter,        break_leave,          break_now,          break_wait,
		break_harvest,      break_hooks,          break_driver,       break_name,
		break_probe,        break_read,           break_stop,         break_no_kind,
		break_two_kinds,    break_seed_and_noise, break_width_0,      break_width_9,
		break_narrow,       break_entropy,        break_credit,       break_low,
		break_seed_width_0, break_repetition_298, break_repetition_0, break_repetition_1,
		break_proportion
	};

	(void)state;
	for (size_t i = 0; i <= sizeof rule / sizeof *rule; i++) {
		struct seedbed before;

		fake_reset();
		loop = *fake.hal.loop;
		fake.hal.loop = &loop;
		fake_add(FAKE_RDSEED);
		fake_add(FAKE_VIRTIO);
		fake_add(FAKE_TRNG);
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		if (i == sizeof rule / sizeof *rule)
			break; /* with no rule broken it is accepted */
		seedbed_wipe(&bed);
		before = bed;
		rule[i]();
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_EINVAL);
		assert_memory_equal(&bed, &before, sizeof bed);
		assert_int_equal(seedbed_split(&bed, &twin, &fake.hal), SB_EINVAL);
	}
}

static void malformed_table_leaves_a_live_instance(void **state)
{
	struct sb_hal bad;
	struct seedbed before;

	(void)state;
	begin();
	bad = fake.hal;
	bad.cycles = NULL;
	before = bed;
	assert_int_equal(seedbed_init(&bed, &bad), SB_EINVAL);
	assert_memory_equal(&bed, &before, sizeof bed);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
}

/* What is just allowed. */
static void well_formed_tables(void **state)
{
	(void)state;
	for (int i = 0; i < SEEDBED_SOURCES_MAX; i++)
		fake_add(FAKE_TRNG);
	fake_assess(first_driver(), 26, 1);
	fake.table[0].credit = 26;
	fake.source[1].driver.width = 8;
	fake.source[2].driver.flags = SB_SEED;
	fake.source[2].driver.entropy = fake.table[2].credit = 0;
	fake.source[2].driver.repetition = fake.source[2].driver.proportion = 0;
	fake.source[3].driver.flags = SB_CONDITIONED | SB_TEST;
	fake.source[3].driver.width = 4;
	fake.hal.enter = fake.hal.leave = NULL;
	fake.hal.loop = NULL;
	fake.hal.epoch = NULL;
	fake.hal.distrust = NULL;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	seedbed_wipe(&bed);
	fake.hal.source_count = 0;
	fake.hal.sources = NULL;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	seedbed_wipe(&bed);
}

static void init_twice(void **state)
{
	uint32_t key[8];

	(void)state;
	begin();
	memcpy(key, bed.key, sizeof key);
	fake.source[0].probes = 0;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(fake.source[0].stops, 1);
	assert_int_equal(fake.source[0].probes, 1);
	assert_int_equal(fake_hooked(), 1);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_false(fake_found(&bed, sizeof bed, key, sizeof key, 8));
	memset(out, 0xee, sizeof out);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	all_zero(out, sizeof out);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
}

/*
 * The second init goes on from the key of the first. Two machines that differ
 * before it also differ after it.
 */
static void init_twice_drops_no_entropy(void **state)
{
	uint32_t key[2][8];

	(void)state;
	for (int i = 0; i < 2; i++) {
		fake_reset();
		begin();
		bed.key[3] ^= (uint32_t)i;
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		memcpy(key[i], bed.key, sizeof key[i]);
	}
	assert_memory_not_equal(key[0], key[1], sizeof key[0]);
}

static void init_with_another_hal(void **state)
{
	static struct sb_hal second;

	(void)state;
	begin();
	fake_add(FAKE_VIRTIO);
	second = fake.hal;
	second.sources = fake.table + 1;
	second.source_count = 1;
	assert_int_equal(seedbed_init(&bed, &second), SB_OK);
	assert_int_equal(fake.source[0].stops, 1);
	assert_string_equal(fake_report(&bed, 0).name, "fake-1");
}

/*
 * A fault of the memory turns over one bit of the state or of the seal. The
 * instance must not serve. test_bits has all the bits.
 */
static void flipped_bits(void **state)
{
	(void)state;
	for (unsigned bit = 0; bit < 40; bit++) {
		fake_reset();
		begin();
		if (bit < 8)
			bed.state ^= (uint8_t)(1u << bit);
		else
			bed.seal ^= 1u << (bit - 8);
		all_refuse(&bed);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_FAILED);
		assert_int_equal(seedbed_status(&bed).reason, SEEDBED_CORRUPT);
		assert_int_equal(seedbed_init(&bed, &fake.hal),
				 SB_OK); /* a new life is the way out */
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	}
}

static void hook_harvests(void **state)
{
	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_init(&twin, &fake.hal), SB_OK);
	assert_int_equal(fake_hooked(), 2);
	fake.hal.loop->wait(0);
	fake.hal.loop->wait(0);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_int_equal(seedbed_status(&twin).state, SEEDBED_READY);
	seedbed_wipe(&bed);
	assert_int_equal(fake_hooked(), 1);
	seedbed_wipe(&twin);
	assert_int_equal(fake_hooked(), 0);
}

static void stir(void **state)
{
	static uint8_t data[200];
	uint32_t key[8], pool[8];

	(void)state;
	begin();
	memcpy(key, bed.key, sizeof key);
	for (size_t len = 1; len < sizeof data; len += 13) {
		memcpy(pool, bed.pool, sizeof pool);
		assert_int_equal(seedbed_stir(&bed, data, len), SB_OK);
		assert_memory_not_equal(bed.pool, pool, sizeof pool);
	}
	memcpy(pool, bed.pool, sizeof pool);
	assert_int_equal(seedbed_stir(&bed, data, 0), SB_OK);
	assert_int_equal(seedbed_stir(&bed, &bed, 1), SB_EINVAL);
	assert_int_equal(seedbed_stir(&bed, data, SIZE_MAX), SB_EINVAL);
	assert_int_equal(seedbed_stir(&bed, data, (size_t)PTRDIFF_MAX + 1), SB_EINVAL);
	assert_memory_equal(bed.pool, pool, sizeof pool);
	assert_memory_equal(bed.key, key, sizeof key);
	assert_int_equal(seedbed_status(&bed).bits, 0);
}

/* A frame holds 48 bytes. A longer text counts like several calls. */
static void stir_in_frames(void **state)
{
	static uint8_t data[100];
	uint32_t pool[8];

	(void)state;
	for (uint8_t i = 0; i < sizeof data; i++)
		data[i] = i;
	begin();
	assert_int_equal(seedbed_stir(&bed, data, sizeof data), SB_OK);
	memcpy(pool, bed.pool, sizeof pool);
	fake_reset();
	begin();
	for (size_t at = 0; at < sizeof data; at += 48)
		assert_int_equal(seedbed_stir(&bed, data + at,
					      sizeof data - at < 48 ? sizeof data - at : 48),
				 SB_OK);
	assert_memory_equal(bed.pool, pool, sizeof pool);
}

/*
 * What counts is every byte that is stirred in, their number, and where a call
 * ends.
 */
static void stir_counts_every_byte(void **state)
{
	static uint8_t data[120];
	uint32_t pool[8];

	(void)state;
	begin();
	assert_int_equal(seedbed_stir(&bed, data, sizeof data), SB_OK);
	memcpy(pool, bed.pool, sizeof pool);
	for (size_t i = 0; i <= sizeof data; i++) {
		fake_reset();
		begin();
		if (i < sizeof data)
			data[i] = 1;
		assert_int_equal(
			seedbed_stir(&bed, data, i < sizeof data ? sizeof data : sizeof data - 1),
			SB_OK);
		assert_memory_not_equal(bed.pool, pool, sizeof pool);
		if (i < sizeof data)
			data[i] = 0;
	}
}

static void inspect(void **state)
{
	struct seedbed_report report;

	(void)state;
	begin();
	assert_int_equal(seedbed_inspect(&bed, 0, &report), SB_OK);
	assert_string_equal(report.name, "fake-0");
	assert_int_equal(report.flags, SB_CONDITIONED | SB_LOCAL | SB_FAST);
	assert_int_equal(report.state, SEEDBED_LIVE);
	assert_int_equal(report.reason, SEEDBED_NONE);
	assert_int_equal(report.credit, 2048);
	assert_int_equal(report.bytes, 2 * 32);
	assert_int_equal(report.bits, 2 * 32 * 8);
	assert_int_equal(seedbed_inspect(&bed, 1, &report), SB_EINVAL);
	assert_int_equal(seedbed_inspect(&bed, SIZE_MAX, &report), SB_EINVAL);
}

static void reasons_have_texts(void **state)
{
	(void)state;
	assert_int_equal(SEEDBED_REASONS, SEEDBED_IN_RESERVE + 1);
	for (unsigned i = SEEDBED_NONE; i < SEEDBED_REASONS; i++) {
		assert_non_null(seedbed_reason_text(i));
		assert_string_not_equal(seedbed_reason_text(i), "unknown");
		for (unsigned k = SEEDBED_NONE; k < i; k++)
			assert_string_not_equal(seedbed_reason_text(i), seedbed_reason_text(k));
	}
	assert_string_equal(seedbed_reason_text(SEEDBED_REASONS), "unknown");
	assert_string_equal(seedbed_reason_text(256), "unknown");
	assert_string_equal(seedbed_reason_text((unsigned)-1), "unknown");
}

/* The texts are a table in the order of the reasons. */
static void texts_are_of_their_reasons(void **state)
{
	static const char *const text[SEEDBED_REASONS] = {
		[SEEDBED_NONE] = "none",
		[SEEDBED_NEEDS_BITS] = "not enough credited bits yet",
		[SEEDBED_NEEDS_ROUND] = "a source that is present has not been heard yet",
		[SEEDBED_STALLED] = "too long without progress",
		[SEEDBED_NO_SOURCE] = "no source on this machine may be credited",
		[SEEDBED_CLONED] = "the machine was cloned: starting over",
		[SEEDBED_NO_EPOCH] = "the machine's epoch cannot be read",
		[SEEDBED_TOLD] = "told to start over",
		[SEEDBED_NEEDS_SPLIT] = "a child without a source: split it again",
		[SEEDBED_LOST_SOURCE] = "a source was lost",
		[SEEDBED_CORRUPT] = "the instance was overwritten",
		[SEEDBED_NOT_FOUND] = "not on this machine",
		[SEEDBED_PENDING] = "no answer yet",
		[SEEDBED_FAULT] = "the device or instruction failed",
		[SEEDBED_REPETITION] = "repetition count test",
		[SEEDBED_PROPORTION] = "adaptive proportion test",
		[SEEDBED_REPLAY] = "the same answer twice",
		[SEEDBED_DISTRUSTED] = "not trusted on this machine",
		[SEEDBED_NOT_LOCAL] = "belongs to another CPU",
		[SEEDBED_UNFIT] = "present, but must not be used here",
		[SEEDBED_UNSEEN] = "not found, and not looked at everywhere",
		[SEEDBED_TOO_FEW] = "all sources together have fewer than 384 bits",
		[SEEDBED_SILENT] = "silent: no answer to 128 reads in a row",
		[SEEDBED_NOT_UNDERSTOOD] = "epoch not understood",
		[SEEDBED_STANDS] = "counter stands",
		[SEEDBED_COARSE] = "counter too coarse",
		[SEEDBED_UNCACHED] = "no cache effect",
		[SEEDBED_PREDICTABLE] = "predictable",
		[SEEDBED_UNRECORDED] = "nobody recorded this CPU: half counts",
		[SEEDBED_IN_RESERVE] = "a last resort, not needed so far",
	};

	(void)state;
	for (unsigned i = 0; i < SEEDBED_REASONS; i++)
		assert_string_equal(seedbed_reason_text(i), text[i]);
}

/* The text and the number of the version are the same three numbers. */
static void version_is_one(void **state)
{
	char text[16];

	(void)state;
	snprintf(text, sizeof text, "%d.%d.%d", SEEDBED_VERSION_NUMBER / 10000,
		 SEEDBED_VERSION_NUMBER / 100 % 100, SEEDBED_VERSION_NUMBER % 100);
	assert_string_equal(text, SEEDBED_VERSION);
}

/*
 * An interrupt may ask while an instance is made or wiped: it has its mark of
 * being inside, and no table.
 */
static void without_a_table(void **state)
{
	struct seedbed_report report;

	(void)state;
	bed.mark = ~(uintptr_t)&bed;
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_EMPTY);
	assert_int_equal(seedbed_inspect(&bed, 0, &report), SB_EINVAL);
	assert_string_equal(seedbed_stream(&bed), "");
}

/* Of an image that links ChaCha20 alone. */
static void one_keystream(void **state)
{
	(void)state;
	assert_string_equal(seedbed_stream(NULL), "");
	assert_string_equal(seedbed_stream(&bed), "");
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
	assert_string_equal(seedbed_stream(&bed), "chacha20");
	assert_int_equal(bed.way, 0);
}

/*
 * A wipe may come between the look at the mark and the mark of being inside.
 * The caller then finds a mark that fits, and no table. It leaves neither.
 */
static void wiped_on_the_way_in(void **state)
{
	(void)state;
	bed.mark = (uintptr_t)&bed;
	assert_int_equal(sb_enter(&bed), SB_EIO);
	assert_true(bed.mark == 0);
}

static unsigned corrupt, asked;

static void ask_for_the_status(void)
{
	asked++;
	corrupt += seedbed_status(&bed).state == SEEDBED_FAILED;
}

/* Its sum is that of the last call until this one ends. */
static void status_within_a_call(void **state)
{
	(void)state;
	corrupt = asked = 0;
	fake_add(FAKE_RDRAND);
	fake.in_read = ask_for_the_status;
	assert_true(fake_ready(&bed) > 0);
	assert_true(asked > 10);
	assert_int_equal(corrupt, 0);
}

/* The loop of a platform that has no lock. */
static void hook_harvests_without_a_lock(void **state)
{
	(void)state;
	fake.hal.enter = fake.hal.leave = NULL;
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	fake.hal.loop->wait(0);
	fake.hal.loop->wait(0);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_int_equal(fake.enters, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(null_arguments),
					    ON_NEW(never_initialised),
					    ON_NEW(memory_with_anything_in_it),
					    ON_NEW(a_copy_is_no_instance),
					    ON_NEW(wiped),
					    ON_NEW(malformed_tables),
					    ON_NEW(malformed_table_leaves_a_live_instance),
					    ON_NEW(well_formed_tables),
					    ON_NEW(init_twice),
					    ON_NEW(init_twice_drops_no_entropy),
					    ON_NEW(init_with_another_hal),
					    ON_NEW(flipped_bits),
					    ON_NEW(hook_harvests),
					    ON_NEW(stir),
					    ON_NEW(stir_in_frames),
					    ON_NEW(stir_counts_every_byte),
					    ON_NEW(inspect),
					    ON_NEW(reasons_have_texts),
					    ON_NEW(texts_are_of_their_reasons),
					    ON_NEW(version_is_one),
					    ON_NEW(without_a_table),
					    ON_NEW(one_keystream),
					    ON_NEW(status_within_a_call),
					    ON_NEW(wiped_on_the_way_in),
					    ON_NEW(hook_harvests_without_a_lock) };

	return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
