/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The health tests of SP 800-90B section 4.4. Every cutoff is at a false alarm
 * in 2^30. They find dead and stuck hardware. In the output of a generator
 * (SB_CONDITIONED) they can find nothing more subtle.
 */
#include "core.h"

#ifdef __OPTIMIZE_SIZE__
#define HEALTH_WORDS 0 /* a build for size goes byte by byte */
#else
#define HEALTH_WORDS 1
#endif
/* Begins the digest of an answer: 0 is that of none, even of a short one. */
#define HEALTH_ANSWER 0x80000000u

void sb_health_start(struct seedbed_slot *slot, const struct sb_driver *driver)
{
	slot->same = slot->hits = slot->window = 0;
	slot->last = slot->first = slot->answer = slot->part = 0;
	slot->startup = slot->parts = 0;
	if (driver->flags & SB_NOISE)
		slot->startup = (uint16_t)(SB_STARTUP_SAMPLES * driver->width);
	if (driver->flags & SB_CONDITIONED)
		slot->startup = SB_STARTUP_BYTES;
}
SB_OWN(sb_health_start);

/*
 * Samples and answers are compared by a digest of 32 bits. Two different
 * samples of 1 or 2 bytes never have the same digest. Longer ones have it with
 * probability 2^-32, which the cutoffs allow for.
 *
 * By bytes it is FNV-1a, begun with 0. By words, bytes gather in one until it
 * is whole. Then its high bits reach the low ones, and all of them the high
 * ones. Both take a byte after the other as well, so a sample may have parts.
 */
static inline uint32_t health_word(uint32_t digest, uint32_t word)
{
	digest ^= word;
	return (digest ^ digest >> 16) * 0x9e3779b1u;
}

static uint32_t health_byte(uint32_t digest, uint32_t byte, size_t at)
{
	if (!HEALTH_WORDS)
		return (digest ^ byte) * 16777619u;
	digest ^= byte << at % 4 * 8;
	return at % 4 == 3 ? health_word(digest, 0) : digest;
}

/*
 * All ones if the words are equal, else 0. Samples of a noise source are
 * secret, so no branch and no address depends on them, but for the alarm
 * itself. The compiler is not told that there are only two results.
 */
static uint32_t health_equal(uint32_t a, uint32_t b)
{
	uint32_t differ = a ^ b, equal = 0u - ((~differ & (differ - 1)) >> 31);

	__asm__("" : "+r"(equal));
	return equal;
}

static int health_repetition(struct seedbed_slot *slot, struct sb_cutoffs cut, uint32_t sample)
{
	uint32_t equal = health_equal(sample, slot->last);

	slot->last = sample;
	slot->same = (uint16_t)((slot->same & equal) + 1);
	return slot->same >= cut.repetition;
}

/*
 * The last sample of a window is the first of the next. So windows begin 511
 * samples apart. With 512 they would begin with the same byte of a word of a
 * device each time, and a byte that is stuck elsewhere in it were never seen.
 */
static int health_window(struct seedbed_slot *slot, struct sb_cutoffs cut, uint32_t sample)
{
	int alarm;

	slot->hits = (uint16_t)(slot->hits - health_equal(sample, slot->first));
	alarm = slot->hits >= cut.proportion;
	if (slot->window <= 1) {
		slot->first = sample;
		slot->hits = 1;
		slot->window = SB_APT_WINDOW;
	}
	slot->window--;
	return alarm;
}

/* Makes the digest of the answer on the way. */
int sb_health_samples(struct seedbed_slot *slot, struct sb_cutoffs cut, const uint8_t *buf,
		      size_t len, size_t width)
{
	uint32_t sample = slot->part, answer = HEALTH_ANSWER | (uint32_t)len;
	size_t parts = slot->parts, n = 0;

	for (size_t step, at = 0; at < len; at += step) {
		if (HEALTH_WORDS && (at | parts) % 4 == 0 && len - at >= 4 && width - parts >= 4) {
			uint32_t word = sb_load32(buf + at);

			sample = health_word(sample, word);
			answer = health_word(answer, word);
			step = 4;
		} else {
			sample = health_byte(sample, buf[at], parts);
			answer = health_byte(answer, buf[at], at);
			step = 1;
		}
		parts += step;
		if (parts < width)
			continue;
		if (health_repetition(slot, cut, sample))
			return -SEEDBED_REPETITION;
		if (health_window(slot, cut, sample))
			return -SEEDBED_PROPORTION;
		sample = 0;
		n += parts;
		parts = 0;
	}
	slot->startup = slot->startup > n ? (uint16_t)(slot->startup - n) : 0;
	slot->part = sample;
	slot->parts = (uint8_t)parts;
	slot->answer = answer;
	return (int)n;
}
SB_OWN(sb_health_samples);

/*
 * The last test: the same answer twice running. DMA that did not happen, a file
 * that ended, a host that replays. An honest source may repeat an answer under
 * 32 bits, so a short one is no evidence.
 */
int sb_health_test(struct seedbed_slot *slot, const struct sb_driver *driver, const uint8_t *buf,
		   size_t len)
{
	struct sb_cutoffs cut = { driver->repetition, driver->proportion };
	uint32_t before = slot->answer;
	int n = sb_health_samples(slot, cut, buf, len, driver->width);

	if (n >= 0 && len * driver->entropy >= 32 * SB_FULL_BITS && slot->answer == before)
		return -SEEDBED_REPLAY;
	return n;
}
SB_OWN(sb_health_test);
