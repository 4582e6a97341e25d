/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The buffered reader: each sentence of core/seedbed_buffer.h. The bytes that a
 * buffer holds are known here, so none may appear where it must not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "seedbed_buffer.h"

#define HELD SEEDBED_BUFFER_BYTES
#define BATCH (sizeof buffer.bytes - HELD)

static struct seedbed_buffer buffer, second;
static uint8_t out[HELD], held[HELD], scratch[sizeof buffer.bytes];
static const uint8_t zero[sizeof(struct seedbed)];

/* A fast source and a device, an epoch, ready. No buffer was used. */
static void begin(void)
{
	memset(&buffer, 0, sizeof buffer);
	memset(&second, 0, sizeof second);
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[5] = 5;
	fake.step = 3;
	assert_true(fake_ready(&bed) > 0);
}

static int draw(size_t len)
{
	memset(out, 0xee, sizeof out);
	return seedbed_buffer_read(&buffer, &bed, out, len);
}

/* Draws 16 bytes and keeps a copy of what the buffer holds then. */
static void fill(void)
{
	assert_int_equal(draw(16), SB_OK);
	assert_int_equal(buffer.left, HELD - 16);
	memcpy(held, buffer.bytes + buffer.taken, buffer.left);
}

static void refused(size_t len, int result)
{
	assert_int_equal(draw(len), result);
	assert_memory_equal(out, zero, len);
	assert_int_equal(out[len], 0xee);
}

/* No eight of the bytes that were held are left, and none was handed out. */
static void held_is_gone(void)
{
	assert_false(fake_found(&buffer, sizeof buffer, held, HELD - 16, 8));
	assert_false(fake_found(out, sizeof out, held, HELD - 16, 8));
}

/* Handed out in order, in pieces of any length, and each once. */
static void is_the_keystream_in_order(void **state)
{
	struct fake_machine machine;
	struct seedbed before;
	size_t at = BATCH;

	(void)state;
	begin();
	machine = fake;
	memcpy(&before, &bed, sizeof bed);
	assert_int_equal(seedbed_read(&bed, scratch, sizeof scratch), SB_OK);
	fake = machine;
	memcpy(&bed, &before, sizeof bed);
	for (size_t len = 0; at + len <= sizeof scratch; at += len++) {
		assert_int_equal(draw(len), SB_OK);
		assert_memory_equal(out, scratch + at, len);
		assert_int_equal(out[len], 0xee);
	}
	assert_true(at > HELD - 40);
}

/* What is left is too short for the next: it is not handed out in part. */
static void is_filled_anew(void **state)
{
	unsigned reads;

	(void)state;
	begin();
	fill();
	reads = fake.source[0].reads;
	for (int i = 0; i < 3; i++)
		assert_int_equal(draw(128), SB_OK);
	assert_int_equal(fake.source[0].reads, reads);
	assert_int_equal(buffer.left, 112);
	memcpy(held, buffer.bytes + buffer.taken, 112);
	assert_int_equal(draw(113), SB_OK);
	assert_int_equal(fake.source[0].reads, reads + 1); /* the fresh word */
	assert_int_equal(buffer.left, HELD - 113);
	assert_false(fake_found(&buffer, sizeof buffer, held, 112, 8));
	assert_false(fake_found(out, sizeof out, held, 112, 8));
}

static void each_byte_is_erased(void **state)
{
	(void)state;
	begin();
	for (size_t len = 1; len <= 128; len++) {
		assert_int_equal(draw(len), SB_OK);
		assert_memory_equal(buffer.bytes, zero, buffer.taken);
		if (len >= 8)
			assert_false(fake_found(&buffer, sizeof buffer, out, len, 8));
	}
}

/* More than a quarter of it: from the instance itself. */
static void long_reads_go_straight(void **state)
{
	struct seedbed_buffer before;
	uint32_t key[8];

	(void)state;
	begin();
	fill();
	before = buffer;
	for (size_t len = 129; len < sizeof out; len += 77) {
		memcpy(key, bed.key, sizeof key);
		assert_int_equal(draw(len), SB_OK);
		assert_memory_equal(&buffer, &before, sizeof buffer);
		assert_memory_not_equal(bed.key, key, sizeof key);
		assert_false(fake_found(out, len, held, HELD - 16, 8));
	}
	memcpy(key, bed.key, sizeof key);
	assert_int_equal(draw(128), SB_OK);
	assert_memory_equal(bed.key, key, sizeof key);
	assert_memory_equal(out, held, 128);
}

static void zeros_where_the_instance_refuses(void **state)
{
	(void)state;
	refused(16, SB_EIO); /* no instance */
	refused(200, SB_EIO);
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	refused(16, SB_EAGAIN);
	refused(200, SB_EAGAIN);
	fake_script(&fake.source[0], FAKE_RESULT, SB_ENODEV);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	refused(16, SB_EIO);
}

static void invalid_leaves_out_untouched(void **state)
{
	struct seedbed_buffer before;
	struct seedbed same;
	uint8_t *b = (uint8_t *)&buffer;

	(void)state;
	begin();
	fill();
	before = buffer;
	same = bed;
	memset(out, 0xee, sizeof out);
	assert_int_equal(seedbed_buffer_read(NULL, &bed, out, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, NULL, out, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, NULL, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, NULL, 0), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, out, SIZE_MAX), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, &bed + 1, (size_t)PTRDIFF_MAX + 1),
			 SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, &bed, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, b, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, b + sizeof buffer - 1, 1), SB_EINVAL);
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, (void *)((uintptr_t)b - 1), 2),
			 SB_EINVAL);
	for (size_t i = 0; i < sizeof out; i++)
		assert_int_equal(out[i], 0xee);
	assert_memory_equal(&buffer, &before, sizeof buffer);
	assert_memory_equal(&bed, &same, sizeof bed);
	seedbed_buffer_wipe(NULL);
}

/* What ends the bytes that are held. Returns what the next draw says. */
static int end_by_reseed(void)
{
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	return SB_OK;
}
static int end_by_credit(void)
{
	uint32_t generation = bed.generation;

	for (int i = 0; bed.batch && i < 100; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(bed.generation, generation);
	return SB_OK;
}
static int end_by_alarm(void)
{
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	fake_script(&fake.source[1], FAKE_RESULT, SB_EIO);
	for (int i = 0; !fake_report(&bed, 1).alarms && i < 2; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	return SB_OK;
}
static int end_by_epoch(void)
{
	fake.id[0]++;
	return SB_OK;
}
static int end_by_epoch_noticed(void)
{
	fake.id[0]++;
	assert_int_equal(seedbed_read(&bed, scratch, 16), SB_OK);
	return SB_OK;
}
static int end_by_epoch_unreadable(void)
{
	fake.epoch = SB_EIO;
	return SB_EAGAIN;
}
static int end_by_init(void)
{
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	return SB_EAGAIN;
}
static int end_by_wipe(void)
{
	seedbed_wipe(&bed);
	return SB_EIO;
}
static int end_by_another_life(void)
{
	seedbed_wipe(&bed);
	assert_true(fake_ready(&bed) > 0);
	return SB_OK;
}
/* Another life, in which all happened as in the first. */
static int end_by_a_like_life(void)
{
	seedbed_wipe(&bed);
	assert_true(fake_ready(&bed) > 0);
	memset(&second, 0, sizeof second);
	assert_int_equal(seedbed_buffer_read(&second, &bed, scratch, 16), SB_OK);
	return SB_OK;
}
static int end_by_split(void)
{
	struct seedbed before;

	memcpy(&before, &bed, sizeof bed);
	memset(&bed, 0, sizeof bed);
	memset(&twin, 0, sizeof twin);
	assert_true(fake_ready(&twin) > 0);
	assert_int_equal(seedbed_split(&bed, &twin, &fake.hal), SB_OK);
	return SB_OK;
}
static int end_by_a_flip(void)
{
	bed.slot[0].alarms ^= 1;
	return SB_EIO;
}
static int end_by_a_refill_elsewhere(void)
{
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_buffer_read(&second, &bed, scratch, 16), SB_OK);
	return SB_OK;
}
static int end_by_another_instance(void)
{
	memset(&twin, 0, sizeof twin);
	assert_true(fake_ready(&twin) > 0);
	assert_int_equal(seedbed_buffer_read(&buffer, &twin, out, 16), SB_OK);
	return SB_OK;
}

static int (*const ends[])(void) = { end_by_reseed,
				     end_by_credit,
				     end_by_alarm,
				     end_by_epoch,
				     end_by_epoch_noticed,
				     end_by_epoch_unreadable,
				     end_by_init,
				     end_by_wipe,
				     end_by_another_life,
				     end_by_a_like_life,
				     end_by_split,
				     end_by_a_flip,
				     end_by_a_refill_elsewhere,
				     end_by_another_instance };

static void serves_while_its_instance_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		int expected;

		fake_reset();
		begin();
		fill();
		expected = ends[i]();
		assert_int_equal(draw(16), expected);
		if (expected != SB_OK)
			assert_memory_equal(out, zero, 16);
		held_is_gone();
	}
}

/* Nothing of the above: what was held is handed out. */
static void others_do_not_end_it(void **state)
{
	(void)state;
	begin();
	fill();
	assert_int_equal(seedbed_read(&bed, scratch, 16), SB_OK);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	fake_script(&fake.source[1], FAKE_SHORT, 5);
	for (int i = 0; i < 4; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_stir(&bed, "x", 1), SB_OK);
	seedbed_event(&bed, 1);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_buffer_read(&second, &bed, scratch, 16), SB_OK);
	assert_int_equal(draw(16), SB_OK);
	assert_memory_equal(out, held, 16);
}

/* Not ready again at once: zeros, and nothing is held. */
static void refused_after_a_clone(void **state)
{
	(void)state;
	begin();
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	fill();
	fake.id[0]++;
	refused(16, SB_EAGAIN);
	held_is_gone();
}

/*
 * A change at each look: before the output, or behind it. What was taken is
 * thrown away.
 */
static void epoch_is_looked_at_twice(void **state)
{
	(void)state;
	for (unsigned when = 1; when <= 2; when++) {
		uint32_t generation;

		fake_reset();
		begin();
		fill();
		generation = bed.generation;
		fake.epochs = 0;
		assert_int_equal(draw(16), SB_OK);
		assert_int_equal(fake.epochs, 2);
		assert_memory_equal(out, held, 16);
		fake.epochs = 0;
		fake.change_at = when;
		assert_int_equal(draw(16), SB_OK);
		assert_int_equal(bed.generation, generation + 1);
		held_is_gone();
	}
}

/* The same in the middle of a refill, and behind it. Two changes: ask again. */
static void epoch_within_a_refill(void **state)
{
	(void)state;
	for (unsigned when = 1; when <= 6; when++) {
		int result;

		fake_reset();
		begin();
		fake.epochs = 0;
		fake.change_at = when;
		result = draw(16);
		assert_int_equal(result, SB_OK);
		assert_int_equal(bed.generation, when <= 4);
		memcpy(held, out, 16);
		assert_int_equal(draw(16), SB_OK);
		assert_memory_not_equal(out, held, 16);
	}
}

static unsigned changes_at[2], changes;

static void change_twice(void)
{
	for (; changes < 2 && fake.epochs >= changes_at[changes]; changes++)
		fake.id[0]++;
}

/* Two changes, at any two looks. It serves nothing while it starts over. */
static void two_changes_within_a_refill(void **state)
{
	unsigned refusals = 0;

	(void)state;
	for (changes_at[0] = 1; changes_at[0] <= 8; changes_at[0]++)
		for (changes_at[1] = changes_at[0] + 1; changes_at[1] <= 14; changes_at[1]++) {
			int result;

			fake_reset();
			begin();
			fake.epochs = changes = 0;
			fake.in_any = change_twice;
			result = draw(16);
			refusals += result == SB_EAGAIN;
			assert_true(result == SB_OK || result == SB_EAGAIN);
			assert_true(result != SB_OK || seedbed_status(&bed).state == SEEDBED_READY);
		}
	assert_true(refusals > 0);
}

static unsigned restless;

static void change_always(void)
{
	fake.id[restless++ % 8]++;
}

static void epoch_that_never_rests(void **state)
{
	(void)state;
	begin();
	fill();
	fake.in_any = change_always;
	refused(16, SB_EAGAIN);
	assert_memory_equal(buffer.bytes, zero, sizeof buffer.bytes);
	fake.in_any = NULL;
	assert_int_equal(draw(16), SB_OK);
}

/*
 * Two machines from one snapshot: this one goes on twice from here. They share
 * nothing but the snapshot.
 */
static size_t alike(int epoch)
{
	static uint8_t drawn[2][4 * HELD];
	struct seedbed_buffer b;
	struct fake_machine machine;
	struct seedbed s;
	size_t same = 0;

	begin();
	fake.epoch = epoch;
	if (epoch != SB_OK)
		assert_true(fake_ready(&bed) > 0);
	fill();
	machine = fake;
	b = buffer;
	memcpy(&s, &bed, sizeof bed);
	for (uint8_t clone = 0; clone < 2; clone++) {
		fake = machine;
		buffer = b;
		memcpy(&bed, &s, sizeof bed);
		fake.id[0] = (uint8_t)(clone + 1);
		fake.source[0].seed ^= clone;
		for (size_t at = 0; at < sizeof drawn[0]; at += 16)
			assert_int_equal(seedbed_buffer_read(&buffer, &bed, drawn[clone] + at, 16),
					 SB_OK);
	}
	for (size_t at = 0; at < sizeof drawn[0]; at += 16)
		if (fake_found(drawn[1], sizeof drawn[1], drawn[0] + at, 16, 8))
			same += 16;
	return same;
}

static void clones_with_an_epoch_share_nothing(void **state)
{
	(void)state;
	assert_int_equal(alike(SB_OK), 0);
}

static void clones_without_an_epoch_repeat_one_buffer(void **state)
{
	(void)state;
	assert_int_equal(alike(SB_ENODEV), HELD - 16);
}

static void a_copy_is_no_buffer(void **state)
{
	static struct seedbed_buffer copy;

	(void)state;
	begin();
	fill();
	copy = buffer;
	for (size_t len = 16; len <= 200; len += 184) {
		memset(out, 0xee, sizeof out);
		assert_int_equal(seedbed_buffer_read(&copy, &bed, out, len), SB_EIO);
		assert_memory_equal(out, zero, len);
	}
	assert_int_equal(draw(16), SB_OK);
	assert_memory_equal(out, held, 16);
	seedbed_buffer_wipe(&copy);
	assert_memory_equal(&copy, zero, sizeof copy);
	assert_int_equal(seedbed_buffer_read(&copy, &bed, out, 16), SB_OK);
}

/* From an interrupt, within each function of the machine. */
static unsigned busy, inside_at;
static struct seedbed_buffer *inside_buffer;
static uint8_t word[8];

static void read_here(void)
{
	struct seedbed_buffer before = buffer, other = second;

	if (!sb_inside(&bed))
		return;
	memset(word, 0xee, sizeof word);
	assert_int_equal(seedbed_buffer_read(inside_buffer, &bed, word, sizeof word), SB_EAGAIN);
	assert_memory_equal(word, zero, sizeof word);
	assert_memory_equal(&buffer, &before, sizeof buffer);
	assert_memory_equal(&second.bytes, &other.bytes, sizeof second.bytes);
	assert_int_equal(second.left, other.left);
	busy++;
}

static void within_a_call_nothing_changes(void **state)
{
	(void)state;
	begin();
	assert_int_equal(seedbed_buffer_read(&second, &bed, scratch, 16), SB_OK);
	for (int i = 0; i < 2; i++) {
		fill();
		busy = 0;
		inside_buffer = i ? &second : &buffer;
		fake.in_any = read_here;
		assert_int_equal(draw(16), SB_OK);
		assert_memory_equal(out, held, 16);
		assert_int_equal(busy, 2);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
		assert_true(busy > 2);
		fake.in_any = NULL;
	}
	assert_int_equal(seedbed_buffer_read(&second, &bed, out, 16), SB_OK);
}

/* Where the call is on another instance, the buffer alone is busy. */
static void read_the_twin_here(void)
{
	struct seedbed_buffer before = buffer;

	memset(word, 0xee, sizeof word);
	assert_int_equal(seedbed_buffer_read(&buffer, &twin, word, sizeof word), SB_EAGAIN);
	assert_memory_equal(word, zero, sizeof word);
	assert_memory_equal(&buffer, &before, sizeof buffer);
	busy++;
}

static void within_a_call_of_the_buffer(void **state)
{
	(void)state;
	begin();
	assert_true(fake_ready(&twin) > 0);
	fill();
	busy = 0;
	fake.in_any = read_the_twin_here;
	assert_int_equal(draw(16), SB_OK);
	assert_memory_equal(out, held, 16);
	assert_int_equal(draw(200), SB_OK);
	fake.in_any = NULL;
	assert_true(busy >= 4);
}

static void (*inside_wipe)(void);

static void wipe_here(void)
{
	if (--inside_at)
		return;
	inside_wipe();
}

static void wipe_the_buffer(void)
{
	seedbed_buffer_wipe(&buffer);
	assert_memory_equal(buffer.bytes, zero, sizeof buffer.bytes);
	seedbed_buffer_wipe(&buffer); /* a nested interrupt: no harm */
	assert_int_equal(seedbed_buffer_read(&buffer, &bed, word, sizeof word), SB_EAGAIN);
}

static void wipe_the_instance(void)
{
	seedbed_wipe(&bed);
	assert_memory_equal(bed.key, zero, sizeof bed.key);
}

/* Returns 0 where the call was over before. */
static int wiped_at(unsigned point, void (*wipe)(void), int filled)
{
	int result;

	fake_reset();
	begin();
	if (filled)
		fill();
	inside_at = point;
	inside_wipe = wipe;
	fake.in_any = wipe_here;
	result = draw(16);
	fake.in_any = NULL;
	if (result == SB_OK)
		return 0;
	assert_int_equal(result, SB_EIO);
	assert_memory_equal(out, zero, 16);
	assert_memory_equal(buffer.bytes, zero, sizeof buffer.bytes);
	if (wipe == wipe_the_buffer) {
		assert_memory_equal(&buffer, zero, sizeof buffer);
		assert_int_equal(draw(16), SB_OK);
		assert_memory_not_equal(out, zero, 16);
	} else {
		assert_memory_equal(&bed, zero, sizeof bed);
		refused(16, SB_EIO);
	}
	return 1;
}

/* At each function of the machine that a read calls. */
static void wiped_within_a_call(void **state)
{
	static void (*const wipes[])(void) = { wipe_the_buffer, wipe_the_instance };

	(void)state;
	for (size_t i = 0; i < 2; i++)
		for (int filled = 0; filled < 2; filled++) {
			unsigned point = 1;

			while (wiped_at(point, wipes[i], filled))
				point++;
			assert_in_range(point, filled ? 3 : 6, 20);
		}
}

static void wipe_leaves_zeros(void **state)
{
	(void)state;
	begin();
	fill();
	seedbed_buffer_wipe(&buffer);
	assert_memory_equal(&buffer, zero, sizeof buffer);
	assert_int_equal(draw(16), SB_OK);
	held_is_gone();
}

/*
 * Each bit of the buffer that decides, and one of 29 of its keystream, turned
 * over between two reads. No byte of before is handed out again. Those are
 * zeros now, so none of them may come either.
 */
static void every_bit(void **state)
{
	static struct seedbed_buffer whole;
	struct fake_machine machine;
	struct seedbed s;

	(void)state;
	begin();
	fill();
	for (int i = 0; i < 12; i++)
		assert_int_equal(draw(20), SB_OK);
	machine = fake;
	whole = buffer;
	memcpy(&s, &bed, sizeof bed);
	for (size_t bit = 0; bit < 8 * sizeof buffer; bit++) {
		size_t byte = bit / 8 - offsetof(struct seedbed_buffer, bytes);

		if (byte < sizeof buffer.bytes && bit % 29)
			continue;
		fake = machine;
		buffer = whole;
		memcpy(&bed, &s, sizeof bed);
		((uint8_t *)&buffer)[bit / 8] ^= (uint8_t)(1u << bit % 8);
		for (size_t at = 0; at < 2 * HELD; at += 16) {
			int result = draw(16);

			assert_int_equal(fake_found(out, 16, zero, 8, 8), result != SB_OK);
			if (result == SB_OK)
				assert_false(fake_found(out, 16, held, 12 * 20, 8));
			else
				assert_int_equal(result, SB_EIO);
		}
		seedbed_buffer_wipe(&buffer);
		assert_int_equal(draw(16), SB_OK);
	}
}

/* Each bit of the instance that is noticed. It never serves, nor does this. */
static void a_failed_instance(void **state)
{
	struct seedbed s;

	(void)state;
	begin();
	fill();
	memcpy(&s, &bed, sizeof bed);
	for (size_t bit = 0; bit < 8 * sizeof bed; bit++) {
		struct seedbed_buffer b = buffer;

		memcpy(&bed, &s, sizeof bed);
		((uint8_t *)&bed)[bit / 8] ^= (uint8_t)(1u << bit % 8);
		if (seedbed_status(&bed).state != SEEDBED_FAILED)
			continue;
		refused(16, SB_EIO);
		held_is_gone();
		buffer = b;
	}
	memcpy(&bed, &s, sizeof bed);
	assert_int_equal(draw(16), SB_OK);
	assert_memory_equal(out, held, 16);
}

/* A bit that turns over while a call runs is noticed by the next one. */
static void flip_here(void)
{
	bed.slot[1].credit ^= !busy++;
}

static void a_flip_within_a_call(void **state)
{
	(void)state;
	begin();
	fill();
	busy = 0;
	fake.in_any = flip_here;
	assert_int_equal(draw(16), SB_OK);
	fake.in_any = NULL;
	assert_int_equal(seedbed_read(&bed, scratch, 16), SB_EIO);
	refused(16, SB_EIO);
}

/* After 2^16 reads from one seed a refill asks the fast sources. */
static void reads_count(void **state)
{
	unsigned reads;

	(void)state;
	begin();
	fill();
	assert_int_equal(bed.served, 1);
	for (int i = 0; i < 20; i++)
		assert_int_equal(draw(16), SB_OK);
	assert_int_equal(bed.served, 21);
	bed.served = 65536 - 3;
	reads = fake.source[0].reads;
	for (int i = 0; i < 3; i++)
		assert_int_equal(draw(100), SB_OK);
	assert_int_equal(fake.source[0].reads, reads + 1);
	bed.served = 65536 - 1;
	reads = fake.source[0].reads;
	assert_int_equal(draw(16), SB_OK);
	assert_int_equal(draw(128), SB_OK);
	assert_int_equal(draw(128), SB_OK);
	assert_int_equal(draw(128), SB_OK);
	assert_int_equal(draw(128), SB_OK);
	assert_int_equal(fake.source[0].reads, reads + 2); /* the round, the fresh word */
	assert_in_range(bed.served, 1, 8);
}

static void an_alarm_in_a_refill(void **state)
{
	(void)state;
	begin();
	fake_script(&fake.source[0], FAKE_RESULT, SB_EIO);
	refused(16, SB_EAGAIN);
	assert_memory_equal(buffer.bytes, zero, sizeof buffer.bytes);
	assert_int_equal(draw(16), SB_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(is_the_keystream_in_order),
					    ON_NEW(is_filled_anew),
					    ON_NEW(each_byte_is_erased),
					    ON_NEW(long_reads_go_straight),
					    ON_NEW(zeros_where_the_instance_refuses),
					    ON_NEW(invalid_leaves_out_untouched),
					    ON_NEW(serves_while_its_instance_does),
					    ON_NEW(others_do_not_end_it),
					    ON_NEW(refused_after_a_clone),
					    ON_NEW(epoch_is_looked_at_twice),
					    ON_NEW(two_changes_within_a_refill),
					    ON_NEW(epoch_within_a_refill),
					    ON_NEW(epoch_that_never_rests),
					    ON_NEW(clones_with_an_epoch_share_nothing),
					    ON_NEW(clones_without_an_epoch_repeat_one_buffer),
					    ON_NEW(a_copy_is_no_buffer),
					    ON_NEW(within_a_call_nothing_changes),
					    ON_NEW(within_a_call_of_the_buffer),
					    ON_NEW(wiped_within_a_call),
					    ON_NEW(wipe_leaves_zeros),
					    ON_NEW(every_bit),
					    ON_NEW(a_failed_instance),
					    ON_NEW(a_flip_within_a_call),
					    ON_NEW(reads_count),
					    ON_NEW(an_alarm_in_a_refill) };

	return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
