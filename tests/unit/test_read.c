/* SPDX-License-Identifier: BSD-2-Clause */
/* The generator: all or nothing, key erasure, the fresh word. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "fake.h"

#define STRIDE 65536

static uint8_t out[3 * STRIDE + 64], other[3 * STRIDE + 64];

/* One source, ready. */
static struct fake_source *begin(unsigned flags, uint16_t credit)
{
	struct fake_source *f = fake_add(flags, credit);

	assert_true(fake_ready(&bed) > 0);
	return f;
}

/*
 * A failed read of len bytes has this result, and fills exactly len bytes with
 * zeros.
 */
static void refused(size_t len, int result)
{
	memset(out, 0xee, len + 1);
	assert_int_equal(seedbed_read(&bed, out, len), result);
	for (size_t i = 0; i < len; i++)
		assert_int_equal(out[i], 0);
	assert_int_equal(out[len], 0xee);
}

static void zeros_before_the_first_key(void **state)
{
	(void)state;
	refused(100, SB_EIO);
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	refused(100, SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	refused(1, SB_EAGAIN);
	refused(STRIDE + 1, SB_EAGAIN);
}

static void zeros_where_there_is_no_source(void **state)
{
	(void)state;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	refused(100, SB_EIO);
}

static void zeros_where_stalled(void **state)
{
	(void)state;
	fake_script(fake_add(FAKE_VIRTIO), FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(fake_ready(&bed), -1);
	for (int i = FAKE_ROUNDS + 1; i < SB_FRUITLESS_MAX; i++)
		assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	refused(100, SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	refused(100, SB_EIO);
}

static void invalid_leaves_out_untouched(void **state)
{
	struct seedbed before;

	(void)state;
	begin(FAKE_RDSEED);
	memset(out, 0xee, sizeof out);
	before = bed;
	assert_int_equal(seedbed_read(NULL, out, 10), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, NULL, 10), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, NULL, 0), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, out, (size_t)PTRDIFF_MAX + 1), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, out, SIZE_MAX), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, &bed + 1, (size_t)PTRDIFF_MAX + 1), SB_EINVAL);
	for (size_t i = 0; i < 64; i++)
		assert_int_equal(out[i], 0xee);
	assert_int_equal(seedbed_read(&bed, &bed, 1), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, (uint8_t *)&bed + sizeof bed - 1, 1), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, (void *)((uintptr_t)&bed - 1), 2), SB_EINVAL);
	assert_int_equal(seedbed_read(&bed, (void *)((uintptr_t)&bed - 1), sizeof bed + 2),
			 SB_EINVAL);
	assert_memory_equal(&bed, &before, sizeof bed);
}

/* A neighbour of the instance does not overlap it. */
static void neighbours_do_not_overlap(void **state)
{
	static struct {
		uint8_t before[16];
		struct seedbed s;
		uint8_t after[16];
	} field;

	(void)state;
	memset(&field, 0, sizeof field);
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&field.s) > 0);
	assert_int_equal(seedbed_read(&field.s, field.before,
				      offsetof(
					      struct {
						      uint8_t b[16];
						      struct seedbed s;
					      },
					      s)),
			 SB_OK);
	assert_int_equal(seedbed_read(&field.s, &field.s + 1, 16), SB_OK);
	assert_int_equal(seedbed_status(&field.s).state, SEEDBED_READY);
}

/*
 * The output is the one of the contract of stream.h. No byte behind len
 * changes.
 */
static void output_is(size_t len)
{
	struct seedbed before = bed;
	uint32_t key[8], nonce[3] = { (uint32_t)fake.now, 0, 0 };

	memset(out, 0xee, len + 1);
	assert_int_equal(seedbed_read(&bed, out, len), SB_OK);
	assert_int_equal(out[len], 0xee);
	memcpy(key, before.key, sizeof key);
	for (size_t at = 0; at == 0 || at < len; at += STRIDE)
		sb_stream(key, nonce, other + at, len - at < STRIDE ? len - at : STRIDE, 0);
	assert_memory_equal(out, other, len);
	assert_memory_equal(bed.key, key, sizeof key);
}

static void every_length(void **state)
{
	static const size_t lengths[] = { STRIDE - 1, STRIDE,         STRIDE + 1,
					  2 * STRIDE, 2 * STRIDE + 1, 3 * STRIDE + 5 };

	(void)state;
	begin(FAKE_VIRTIO);
	fake.now = 0x123456789abcdef0u;
	for (size_t len = 0; len <= 300; len++)
		output_is(len);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		output_is(lengths[i]);
}

static void outputs_differ(void **state)
{
	(void)state;
	begin(FAKE_VIRTIO);
	assert_int_equal(seedbed_read(&bed, other, 32), SB_OK);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(seedbed_read(&bed, out, 32), SB_OK);
		assert_memory_not_equal(out, other, 32);
		memcpy(other, out, 32);
	}
}

/* An empty request uses up a key like any other. */
static void length_zero(void **state)
{
	uint32_t key[8];

	(void)state;
	begin(FAKE_VIRTIO);
	memcpy(key, bed.key, sizeof key);
	assert_int_equal(seedbed_read(&bed, out, 0), SB_OK);
	assert_memory_not_equal(bed.key, key, sizeof key);
}

/*
 * The state after an output holds neither the key that made the output nor the
 * output. Nor can the output be made from it again.
 */
static void key_erasure(void **state)
{
	static const size_t lengths[] = { 0, 1, 16, 32, 33, 64, 96, 97, 1000, STRIDE, STRIDE + 1 };

	(void)state;
	begin(FAKE_RDSEED);
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		size_t len = lengths[i], head = len < 64 ? len : 64;
		uint32_t key[8];

		memcpy(key, bed.key, sizeof key);
		assert_int_equal(seedbed_read(&bed, out, len), SB_OK);
		assert_false(fake_found(&bed, sizeof bed, key, sizeof key, 8));
		assert_false(fake_found(&bed, sizeof bed, out, head, 8));
		assert_false(fake_found(&bed, sizeof bed, out + len - head, head, 8));
		/*
		 * Tries each place of the state as the key. The nonce is known.
		 */
		for (size_t word = 0; word + sizeof key <= sizeof bed; word += 4) {
			uint32_t nonce[3] = { (uint32_t)fake.now, sb_load32(fake.source[0].last),
					      sb_load32(fake.source[0].last + 4) };

			memcpy(key, (uint8_t *)&bed + word, sizeof key);
			sb_stream(key, nonce, other, head, 0);
			assert_false(len >= 16 && memcmp(other, out, head) == 0);
		}
	}
}

static void fresh_word_goes_into_the_nonce(void **state)
{
	uint32_t key[8], nonce[3] = { 77, 0, 0 };
	struct fake_source *f = begin(FAKE_RDSEED);
	unsigned reads = f->reads;

	(void)state;
	fake.now = 77;
	memcpy(key, bed.key, sizeof key);
	assert_int_equal(seedbed_read(&bed, out, 100), SB_OK);
	assert_int_equal(f->reads, reads + 1);
	nonce[1] = sb_load32(f->last);
	nonce[2] = sb_load32(f->last + 4);
	sb_stream(key, nonce, other, 100, 0);
	assert_memory_equal(out, other, 100);
	assert_memory_equal(bed.key, key, sizeof key);
}

/*
 * Eight bytes of the last fast source that has them, as the scarce sources come
 * first. They are neither from the pool nor credited.
 */
static void fresh_word_is_a_draw(void **state)
{
	struct fake_source *fast[2], *slow = fake_add(FAKE_VIRTIO);
	uint32_t pool[8];

	(void)state;
	fast[1] = fake_add(FAKE_RDSEED);
	fast[0] = fake_add(FAKE_RDRAND);
	assert_true(fake_ready(&bed) > 0);
	memcpy(pool, bed.pool, sizeof pool);
	for (int i = 0; i < 3; i++) {
		fake.source[i].reads = 0;
		fake.source[i].longest = 0;
	}
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(fast[0]->reads, 1);
	assert_int_equal(fast[0]->longest, 8);
	fake_script(fast[0], FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(fast[1]->reads, 1);
	assert_int_equal(fast[1]->longest, 8);
	assert_int_equal(slow->reads, 0);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	assert_memory_equal(bed.pool, pool, sizeof pool);
}

static void no_fresh_word_is_no_failure(void **state)
{
	struct fake_source *f = begin(FAKE_RDSEED);

	(void)state;
	fake_script(f, FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	fake_script(f, FAKE_RESULT, SB_ENODEV);
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
	assert_int_equal(f->stops, 1);
}

/*
 * A stuck, a dead and a lying source are alike. The next request is served
 * without that source.
 */
static void alarm_fails_the_whole_request(void **state)
{
	static const struct {
		enum fake_mode mode;
		int value;
	} script[] = { { FAKE_STUCK, 0xff },
		       { FAKE_STUCK, 0 },
		       { FAKE_RESULT, SB_EIO },
		       { FAKE_OVER, 1 },
		       { FAKE_RESULT, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof script / sizeof *script; i++) {
		uint32_t key[8];
		struct fake_source *f;

		fake_reset();
		f = begin(FAKE_RDSEED);
		fake_script(f, script[i].mode, script[i].value);
		if (script[i].mode == FAKE_STUCK) /* once is legal */
			assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
		memcpy(key, bed.key, sizeof key);
		refused(1000, SB_EAGAIN);
		assert_memory_equal(bed.key, key, sizeof key);
		assert_int_equal(f->stops, 1);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_DEGRADED);
		assert_int_equal(seedbed_status(&bed).reason, SEEDBED_LOST_SOURCE);
		assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	}
}

/* After 2^16 outputs from one seed comes a round of the fast sources alone. */
static void many_reads_ask_again(void **state)
{
	struct fake_source *fast = fake_add(FAKE_RDSEED), *slow = fake_add(FAKE_VIRTIO);
	struct fake_source *generator = fake_add(SB_CONDITIONED | SB_LOCAL | SB_FAST, 0);
	unsigned reads[3];

	(void)state;
	assert_true(fake_ready(&bed) > 0);
	reads[2] = generator->reads;
	reads[0] = fast->reads;
	reads[1] = slow->reads;
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(bed.served, 1);
	bed.served = 65535;
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(fast->reads, reads[0]);
	assert_int_equal(generator->reads, reads[2] + 2); /* the fresh words */
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	/* Once each: the first one gives enough, and may lie. */
	assert_int_equal(fast->reads, reads[0] + 1);
	assert_int_equal(generator->reads, reads[2] + 2 + 1 + 1);
	assert_int_equal(slow->reads, reads[1]);
	assert_int_equal(bed.served, 1);
	assert_int_equal(seedbed_status(&bed).bits, 0);
}

/* Age alone never refuses. */
static void many_reads_without_a_source(void **state)
{
	struct fake_source *f = begin(FAKE_VIRTIO);
	unsigned reads = f->reads;

	(void)state;
	bed.served = 65536;
	for (int i = 0; i < 3; i++)
		assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
	assert_int_equal(f->reads, reads);
}

static void alarm_in_the_fast_round_fails_the_request(void **state)
{
	struct fake_source *f = begin(FAKE_RDSEED);
	uint32_t key[8];

	(void)state;
	bed.served = 65536;
	fake_script(f, FAKE_RESULT, SB_EIO);
	f->until = f->from + 1;
	memcpy(key, bed.key, sizeof key);
	memset(out, 0xee, 100);
	assert_int_equal(seedbed_read(&bed, out, 100), SB_EAGAIN);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(out[i], 0);
	assert_int_equal(fake_report(&bed, 0).alarms, 1);
	assert_int_equal(seedbed_read(&bed, out, 10), SB_OK);
}

/* A counter that stands still or jumps does not change what may be served. */
static void counter_wraps(void **state)
{
	static const uint64_t now[] = { 0, UINT32_MAX, UINT64_MAX, (uint64_t)UINT32_MAX + 1 };

	(void)state;
	begin(FAKE_VIRTIO);
	fake.step = 1;
	for (size_t i = 0; i < 4; i++) {
		fake.now = now[i];
		memset(other, 0, 32);
		assert_int_equal(seedbed_read(&bed, out, 32), SB_OK);
		assert_memory_not_equal(out, other, 32);
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(zeros_before_the_first_key),
					    ON_NEW(zeros_where_there_is_no_source),
					    ON_NEW(zeros_where_stalled),
					    ON_NEW(invalid_leaves_out_untouched),
					    ON_NEW(neighbours_do_not_overlap),
					    ON_NEW(every_length),
					    ON_NEW(outputs_differ),
					    ON_NEW(length_zero),
					    ON_NEW(key_erasure),
					    ON_NEW(fresh_word_goes_into_the_nonce),
					    ON_NEW(fresh_word_is_a_draw),
					    ON_NEW(no_fresh_word_is_no_failure),
					    ON_NEW(alarm_fails_the_whole_request),
					    ON_NEW(many_reads_ask_again),
					    ON_NEW(many_reads_without_a_source),
					    ON_NEW(alarm_in_the_fast_round_fails_the_request),
					    ON_NEW(counter_wraps) };

	return cmocka_run_group_tests_name("read", tests, NULL, NULL);
}
