/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The health tests of SP 800-90B section 4.4, at each boundary.
 * tests/host/rates.c tests their rates.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

#define NEVER 60000 /* a cutoff that is never reached here */

static struct seedbed_slot slot;
static const struct sb_driver noise = { SB_ASSESSED(256, 1), .flags = SB_NOISE };
static const struct sb_driver conditioned = { SB_ASSESSED(2048, 8), .flags = SB_CONDITIONED };

static int one_sample(struct sb_cutoffs cut, uint8_t sample)
{
	return sb_health_samples(&slot, cut, &sample, 1, 1);
}

/* n samples that never repeat and are never 0. */
static int other_samples(struct sb_cutoffs cut, int n)
{
	int sum = 0;

	for (int i = 0; i < n; i++)
		sum += one_sample(cut, (uint8_t)(1 + i % 250));
	return sum;
}

static void cutoffs_of_the_standard(void **state)
{
	/*
	 * Repetition: 1 + ceil(30 / H). Proportion: the rows of
	 * tests/host/cutoffs.py, and between two rows the lower one. Here is
	 * each row, and what is one below it. Below the first no driver
	 * is, and the table is not left. 7 * 1097 is one short of 30 bits.
	 */
	static const uint16_t expected[][3] = {
		{ 25, 309, 507 }, { 1097, 9, 71 },  { 26, 297, 507 }, { 63, 123, 507 },
		{ 64, 121, 477 }, { 84, 93, 477 },  { 85, 92, 459 },  { 127, 62, 459 },
		{ 128, 61, 422 }, { 191, 42, 422 }, { 192, 41, 371 }, { 255, 32, 371 },
		{ 256, 31, 325 }, { 383, 22, 325 }, { 384, 21, 249 }, { 511, 17, 249 },
		{ 512, 16, 191 }, { 639, 14, 191 }, { 640, 13, 148 }, { 767, 12, 148 },
		{ 768, 11, 115 }, { 1023, 9, 115 }, { 1024, 9, 71 },  { 1279, 8, 71 },
		{ 1280, 7, 46 },  { 1535, 7, 46 },  { 1536, 6, 32 },  { 1791, 6, 32 },
		{ 1792, 6, 23 },  { 2047, 5, 23 },  { 2048, 5, 17 },  { 4095, 3, 17 },
		{ 4096, 3, 5 },   { 8191, 2, 5 },   { 8192, 2, 3 },   { 16384, 2, 3 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		struct sb_cutoffs cut = fake_cutoffs(expected[i][0]);

		assert_int_equal(cut.repetition, expected[i][1]);
		assert_int_equal(cut.proportion, expected[i][2]);
	}
}

static void repetition_at_the_cutoff(void **state)
{
	(void)state;
	for (uint16_t c = 2; c < 300; c++) {
		struct sb_cutoffs cut = { c, NEVER };

		for (int round = 0; round < 2; round++) {
			sb_health_start(&slot, &noise);
			assert_int_equal(one_sample(cut, 7), 1);
			for (uint16_t i = 0; i < c - 1; i++)
				assert_int_equal(one_sample(cut, 9), 1);
			assert_int_equal(one_sample(cut, round ? 9 : 7),
					 round ? -SEEDBED_REPETITION : 1);
		}
	}
}

static void repetition_within_one_answer(void **state)
{
	struct sb_cutoffs cut = { 4, NEVER };

	(void)state;
	sb_health_start(&slot, &noise);
	assert_int_equal(sb_health_samples(&slot, cut, (const uint8_t *)"abbbcddd", 8, 1), 8);
	assert_int_equal(sb_health_samples(&slot, cut, (const uint8_t *)"def", 3, 1),
			 -SEEDBED_REPETITION);
}

/* No sample comes before the first one. Zero is a sample like any other. */
static void zeros_and_ones_are_legal(void **state)
{
	struct sb_cutoffs cut = fake_cutoffs(16384);
	uint8_t word[3][8];

	(void)state;
	for (int fill = 0; fill < 256; fill += 255) {
		memset(word[0], fill, 8);
		memset(word[1], 1, 8);
		memset(word[2], fill, 8);
		sb_health_start(&slot, &conditioned);
		assert_int_equal(sb_health_samples(&slot, cut, word[0], sizeof word, 8), 24);
		assert_int_equal(sb_health_samples(&slot, cut, word[0], 8, 8), -SEEDBED_REPETITION);
	}
}

/* An answer of zeros is not the same as no answer. */
static void first_answer_is_no_replay(void **state)
{
	static const uint8_t zero[8];

	(void)state;
	sb_health_start(&slot, &conditioned);
	assert_int_equal(sb_health_test(&slot, &conditioned, zero, 8), 8);
}

/*
 * In a window of 512 the first sample stands `hits` times. The last time is in
 * the window's last place.
 */
static int proportion_window(struct sb_cutoffs cut, int hits)
{
	sb_health_start(&slot, &noise);
	assert_int_equal(one_sample(cut, 0), 1);
	for (int i = 0; i < hits - 2; i++)
		assert_int_equal(one_sample(cut, 0), 1);
	assert_int_equal(other_samples(cut, 512 - hits), 512 - hits);
	return one_sample(cut, 0);
}

static void proportion_at_the_cutoff(void **state)
{
	(void)state;
	for (uint16_t c = 3; c < 500; c = (uint16_t)(c * 3 / 2)) {
		struct sb_cutoffs cut = { NEVER, c };

		assert_int_equal(proportion_window(cut, c - 1), 1);
		assert_int_equal(proportion_window(cut, c), -SEEDBED_PROPORTION);
	}
}

/* With the last sample of the window. */
static void proportion_starts_anew_after_512(void **state)
{
	struct sb_cutoffs cut = { NEVER, 10 };

	(void)state;
	assert_int_equal(proportion_window(cut, 9), 1);
	for (int i = 0; i < 8; i++)
		assert_int_equal(one_sample(cut, 0), 1);
	assert_int_equal(one_sample(cut, 0), -SEEDBED_PROPORTION);
}

/* Only the window's first sample is counted. */
static void proportion_of_the_first_sample(void **state)
{
	struct sb_cutoffs cut = { NEVER, 10 };

	(void)state;
	sb_health_start(&slot, &noise);
	assert_int_equal(one_sample(cut, 5), 1);
	for (int i = 0; i < 511; i++)
		assert_int_equal(one_sample(cut, 6), 1);
}

/*
 * A wide sample with a difference in any byte is another sample. Bytes that do
 * not fill a sample begin the next answer's first.
 */
static void wide_samples(void **state)
{
	struct sb_cutoffs cut = { 2, NEVER };
	uint8_t pair[17];

	(void)state;
	for (size_t width = 1; width <= 8; width++) {
		for (size_t i = 0; i <= width; i++) {
			memset(pair, 0x5a, sizeof pair);
			if (i < width)
				pair[width + i] ^= 1;
			sb_health_start(&slot, &noise);
			assert_int_equal(sb_health_samples(&slot, cut, pair, 2 * width, width),
					 i < width ? (int)(2 * width) : -SEEDBED_REPETITION);
		}
		for (size_t i = 0; i < sizeof pair; i++)
			pair[i] = (uint8_t)(i / width);
		sb_health_start(&slot, &noise);
		assert_int_equal(sb_health_samples(&slot, cut, pair, 2 * width - 1, width), width);
		/* the last bytes of an answer begin a sample of the next */
		assert_int_equal(sb_health_samples(&slot, cut, pair, width - 1, width),
				 width > 1 ? width : 0);
		sb_health_start(&slot, &noise);
		assert_int_equal(sb_health_samples(&slot, cut, pair, width - 1, width), 0);
		sb_health_start(&slot, &noise);
		assert_int_equal(sb_health_samples(&slot, cut, pair, width - 1, width), 0);
		/* starting over forgets them */
		memset(pair, 0x5a, sizeof pair);
		assert_int_equal(sb_health_samples(&slot, cut, pair, 1, 8), width == 8 ? 8 : 0);
		sb_health_start(&slot, &noise);
		assert_int_equal(sb_health_samples(&slot, cut, pair, 2 * width, width),
				 -SEEDBED_REPETITION);
	}
}

/* The byte of the answer before is a part of the sample. */
static void sample_over_two_answers(void **state)
{
	static const uint8_t first[3] = { 1, 2, 2 }, tail[3] = { 7, 7, 7 };
	struct sb_cutoffs cut = { 2, NEVER };

	(void)state;
	sb_health_start(&slot, &noise);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(sb_health_samples(&slot, cut, &first[i], 1, 4), 0);
		assert_int_equal(sb_health_samples(&slot, cut, tail, 3, 4),
				 i < 2 ? 4 : -SEEDBED_REPETITION);
	}
}

static void startup_lengths(void **state)
{
	static const struct {
		uint8_t flags, width;
		uint16_t samples;
	} expected[] = { { SB_NOISE, 1, 1024 },     { SB_NOISE, 4, 1024 },
			 { SB_CONDITIONED, 8, 8 },  { SB_CONDITIONED, 4, 16 },
			 { SB_CONDITIONED, 5, 13 }, { SB_SEED, 1, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		struct sb_driver driver = { .flags = expected[i].flags | SB_FAST,
					    .width = expected[i].width };
		struct sb_cutoffs cut = { NEVER, NEVER };
		uint8_t sample[8] = { 0 };
		int samples = 0;

		memset(&slot, 0xee, sizeof slot);
		sb_health_start(&slot, &driver);
		assert_int_equal(slot.same, 0);
		assert_int_equal(slot.window, 0);
		for (; slot.startup && samples < 2000; samples++)
			assert_int_equal(
				sb_health_samples(&slot, cut, sample, driver.width, driver.width),
				driver.width);
		assert_int_equal(samples, expected[i].samples);
	}
}

static void startup_counts_down_and_stays(void **state)
{
	struct sb_cutoffs cut = { NEVER, NEVER };

	(void)state;
	sb_health_start(&slot, &noise);
	for (int left = 1023; left >= 0; left--) {
		assert_int_equal(one_sample(cut, (uint8_t)left), 1);
		assert_int_equal(slot.startup, left);
	}
	assert_int_equal(one_sample(cut, 1), 1);
	assert_int_equal(slot.startup, 0);
}

static void replayed_answer(void **state)
{
	uint8_t a[48], b[48];

	(void)state;
	for (uint8_t i = 0; i < 48; i++) {
		a[i] = i;
		b[i] = i;
	}
	b[47] ^= 1;
	sb_health_start(&slot, &noise);
	assert_int_equal(sb_health_test(&slot, &noise, a, 48), 48);
	assert_int_equal(sb_health_test(&slot, &noise, b, 48), 48);
	assert_int_equal(sb_health_test(&slot, &noise, a, 48), 48);
	assert_int_equal(sb_health_test(&slot, &noise, a, 40), 40);
	assert_int_equal(sb_health_test(&slot, &noise, a, 40), -SEEDBED_REPLAY);
}

/*
 * An honest source may repeat an answer of few bits. From 32 bits on a repeat
 * counts.
 */
static void replay_of_a_short_answer(void **state)
{
	static const uint8_t answer[33] = "the same thirty-three bytes here!";

	(void)state;
	sb_health_start(&slot, &noise);
	assert_int_equal(sb_health_test(&slot, &noise, answer, 31), 31);
	assert_int_equal(sb_health_test(&slot, &noise, answer, 31), 31);
	assert_int_equal(sb_health_test(&slot, &noise, answer, 32), 32);
	assert_int_equal(sb_health_test(&slot, &noise, answer, 32), -SEEDBED_REPLAY);
}

/* An answer that ends no sample is compared as well. */
static void replay_of_a_part_of_a_sample(void **state)
{
	static const struct sb_driver wide = { SB_ASSESSED(2048, 8), .flags = SB_CONDITIONED };

	(void)state;
	sb_health_start(&slot, &wide);
	assert_int_equal(sb_health_test(&slot, &wide, (const uint8_t *)"abcd", 4), 0);
	assert_int_equal(sb_health_test(&slot, &wide, (const uint8_t *)"efgh", 4), 8);
	assert_int_equal(sb_health_test(&slot, &wide, (const uint8_t *)"efgh", 4), -SEEDBED_REPLAY);
}

/*
 * For a sample of several bytes the cutoffs are those of entropy times width.
 */
static void cutoffs_follow_entropy_and_width(void **state)
{
	struct sb_driver driver = { SB_ASSESSED(128, 2),
				    .flags = SB_NOISE }; /* 1 bit a sample: 31 in a row */
	uint8_t pair[2] = { 1, 2 };

	(void)state;
	sb_health_start(&slot, &driver);
	for (int i = 0; i < 30; i++)
		assert_int_equal(sb_health_test(&slot, &driver, pair, 2), 2);
	assert_int_equal(sb_health_test(&slot, &driver, pair, 2), -SEEDBED_REPETITION);
}

/*
 * A TRNG of 8 bits a byte with one bit stuck keeps 7. The proportion test need
 * not notice one stuck bit, but it notices four.
 */
static void stuck_bits(void **state)
{
	static const struct sb_driver trng = { SB_ASSESSED(2048, 1), .flags = SB_NOISE };
	uint32_t seed = 1;
	int alarms = 0;

	(void)state;
	for (int window = 0; window < 20; window++) {
		sb_health_start(&slot, &trng);
		for (int i = 0; i < 512; i++) {
			uint8_t byte;

			seed ^= seed << 13;
			seed ^= seed >> 17;
			seed ^= seed << 5;
			byte = (uint8_t)(seed * 0x9e3779b1u >> 28);
			if (sb_health_test(&slot, &trng, &byte, 1) < 0) {
				alarms++;
				break;
			}
		}
	}
	assert_int_equal(alarms, 20);
}

/*
 * A device gives words of 1 to 6 bytes, and one byte of each is stuck. It is
 * seen wherever it stands. One of 8 leaves more entropy than was assessed.
 */
static void a_stuck_byte_of_a_word(void **state)
{
	static const struct sb_driver trng = { SB_ASSESSED(1024, 1), .flags = SB_NOISE };
	uint32_t seed = 1;

	(void)state;
	for (unsigned size = 1; size <= 6; size++) {
		for (unsigned stuck = 0; stuck < size; stuck++) {
			int seen = 0;

			sb_health_start(&slot, &trng);
			for (unsigned i = 0; i < 512 * (size + 1) && !seen; i++) {
				uint8_t byte = 0x5a;

				seed = seed * 1664525u + 1013904223u;
				if (i % size != stuck)
					byte = (uint8_t)(seed >> 24);
				seen = sb_health_samples(&slot, fake_cutoffs(1024), &byte, 1, 1) <
				       0;
			}
			assert_true(seen);
		}
	}
}

/* Hands over len bytes in answers of `cut` bytes. */
static void in_answers(const struct sb_driver *driver, const uint8_t *bytes, size_t len, size_t cut)
{
	int whole = 0;

	sb_health_start(&slot, driver);
	for (size_t at = 0; at < len; at += cut) {
		size_t n = len - at < cut ? len - at : cut;
		int result = sb_health_test(&slot, driver, bytes + at, n);

		assert_true(result >= 0);
		whole += result;
	}
	assert_int_equal(whole, len);
}

/* Different ones, of which no word is like another. */
static void different(uint8_t bytes[48])
{
	for (size_t i = 0; i < 48; i++)
		bytes[i] = (uint8_t)(7 + 91 * i);
}

/* A sample has one digest, however it is cut and wherever it lies. */
static void digests_of_each_width_and_cut(void **state)
{
	struct sb_driver driver = { SB_ASSESSED(2048, 8), .flags = SB_NOISE };
	uint8_t bytes[48];

	(void)state;
	different(bytes);
	for (size_t width = 1; width <= 8; width++)
		for (size_t at = 0; at < 4; at++) {
			uint32_t first, last;

			driver.width = (uint8_t)width;
			in_answers(&driver, bytes + at, 3 * width, 3 * width);
			first = slot.first;
			last = slot.last;
			assert_int_not_equal(first, last);
			for (size_t cut = 1; cut < 3 * width; cut++) {
				in_answers(&driver, bytes + at, 3 * width, cut);
				assert_int_equal(slot.first, first);
				assert_int_equal(slot.last, last);
				assert_int_equal(slot.parts, 0);
			}
		}
}

/* Each bit of a sample counts, and where it stands. */
static void each_bit_of_a_sample_counts(void **state)
{
	struct sb_driver driver = { SB_ASSESSED(2048, 8), .flags = SB_NOISE };
	uint32_t digest[65];
	uint8_t bytes[48];

	(void)state;
	for (size_t width = 1; width <= 8; width++) {
		driver.width = (uint8_t)width;
		for (size_t bit = 0; bit <= 8 * width; bit++) {
			different(bytes);
			bytes[bit / 8] ^= (uint8_t)(bit < 8 * width ? 1u << bit % 8 : 0);
			in_answers(&driver, bytes, width, width);
			digest[bit] = slot.last;
			for (size_t k = 0; k < bit; k++)
				assert_int_not_equal(digest[bit], digest[k]);
		}
	}
}

/*
 * Each byte of an answer counts, and so does its length, whether or not it
 * begins with a sample.
 */
static void each_byte_of_an_answer_counts(void **state)
{
	struct sb_driver driver = { SB_ASSESSED(2048, 8), .flags = SB_NOISE };
	uint32_t answer[47 + 8];
	uint8_t bytes[48];

	(void)state;
	different(bytes);
	for (size_t before = 0; before < 8; before++)
		for (size_t i = 0; i < 47 + 8; i++) {
			if (i < 47)
				bytes[i] ^= 1;
			sb_health_start(&slot, &driver);
			(void)sb_health_test(&slot, &driver, bytes, before);
			assert_true(sb_health_test(&slot, &driver, bytes, i < 47 ? 47 : i - 7) >=
				    0);
			answer[i] = slot.answer;
			for (size_t k = 0; k < i; k++)
				assert_int_not_equal(answer[i], answer[k]);
			if (i < 47)
				bytes[i] ^= 1;
		}
}

/* An answer of any byte is one: 0 is that of a source that gave none. */
static void no_short_answer_is_none(void **state)
{
	uint32_t answer[3];

	(void)state;
	for (unsigned byte = 0; byte < 256; byte++) {
		const uint8_t bytes[3] = { (uint8_t)byte, 0, 0 };

		for (size_t len = 1; len <= sizeof bytes; len++) {
			sb_health_start(&slot, &conditioned);
			assert_int_equal(slot.answer, 0);
			(void)sb_health_test(&slot, &conditioned, bytes, len);
			assert_int_not_equal(slot.answer, 0);
			answer[len - 1] = slot.answer;
		}
		assert_true(answer[0] != answer[1] && answer[1] != answer[2]);
	}
}

/* Digests that differ in one bit alone are not the same. */
static void one_bit_of_a_digest_counts(void **state)
{
	static const uint8_t sample[4] = { 1, 2, 3, 4 };
	struct sb_cutoffs cut = { 2, 2 };

	(void)state;
	for (unsigned bit = 0; bit < 32; bit++) {
		sb_health_start(&slot, &noise);
		assert_int_equal(sb_health_samples(&slot, cut, sample, 4, 4), 4);
		slot.last ^= 1u << bit;
		slot.first ^= 1u << bit;
		assert_int_equal(sb_health_samples(&slot, cut, sample, 4, 4), 4);
	}
}

/* What is stuck is told as that, even if the whole answer came again. */
static void repetition_comes_before_replay(void **state)
{
	static const uint8_t stuck[48];

	(void)state;
	sb_health_start(&slot, &noise);
	for (int i = 0; i < 3; i++)
		assert_int_equal(sb_health_test(&slot, &noise, stuck, 48), -SEEDBED_REPETITION);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(cutoffs_of_the_standard),
					    ON_NEW(repetition_at_the_cutoff),
					    ON_NEW(repetition_within_one_answer),
					    ON_NEW(zeros_and_ones_are_legal),
					    ON_NEW(first_answer_is_no_replay),
					    ON_NEW(proportion_at_the_cutoff),
					    ON_NEW(proportion_starts_anew_after_512),
					    ON_NEW(proportion_of_the_first_sample),
					    ON_NEW(wide_samples),
					    ON_NEW(sample_over_two_answers),
					    ON_NEW(startup_lengths),
					    ON_NEW(startup_counts_down_and_stays),
					    ON_NEW(replayed_answer),
					    ON_NEW(replay_of_a_short_answer),
					    ON_NEW(replay_of_a_part_of_a_sample),
					    ON_NEW(cutoffs_follow_entropy_and_width),
					    ON_NEW(stuck_bits),
					    ON_NEW(a_stuck_byte_of_a_word),
					    ON_NEW(digests_of_each_width_and_cut),
					    ON_NEW(each_bit_of_a_sample_counts),
					    ON_NEW(each_byte_of_an_answer_counts),
					    ON_NEW(no_short_answer_is_none),
					    ON_NEW(one_bit_of_a_digest_counts),
					    ON_NEW(repetition_comes_before_replay) };

	return cmocka_run_group_tests_name("health", tests, NULL, NULL);
}
