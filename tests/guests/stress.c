/* SPDX-License-Identifier: BSD-2-Clause */
#include "stress.h"

static int stress_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static int stress_read(void *ctx, uint8_t *buf, size_t len)
{
	struct stress_source *source = ctx;

	for (size_t i = 0; i < len; i++) {
		if (i % 8 == 0) {
			source->state ^= source->state << 13;
			source->state ^= source->state >> 7;
			source->state ^= source->state << 17;
		}
		buf[i] = (uint8_t)((i & 4 ? (uint32_t)(source->state >> 32)
					  : (uint32_t)source->state) >>
				   (i & 3) * 8);
	}
	return (int)len;
}

static void stress_stop(void *ctx)
{
	(void)ctx;
}

const struct sb_driver stress_driver = {
	.name = "test-stress",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL | SB_TEST,
	.probe = stress_probe,
	.read = stress_read,
	.stop = stress_stop,
};

uint64_t stress_no_counter(void)
{
	return 0;
}

/* For the start code of a board that is linked without its own. */
__attribute__((weak)) const struct sb_hal sb_platform = { .cycles = stress_no_counter };

int stress_ready(struct seedbed *s, const struct sb_hal *hal)
{
	int result = seedbed_init(s, hal);

	for (int round = 0; round < 100 && (round == 0 ? result == SB_OK : result == SB_EAGAIN);
	     round++)
		result = seedbed_gather(s);
	return result;
}

uint64_t stress_word(const uint8_t block[16])
{
	uint64_t word = 0;

	for (size_t i = 0; i < 8; i++)
		word = word << 8 | block[i];
	return word;
}

/*
 * Radix exchange, a bit at a time from the top. The words are random, so it
 * ends after about log2(n) bits.
 */
static void stress_sort(uint64_t *words, size_t n, uint64_t bit)
{
	while (n > 1 && bit) {
		size_t low = 0, high = n;

		while (low < high) {
			uint64_t word = words[low];

			if (!(word & bit)) {
				low++;
			} else {
				words[low] = words[--high];
				words[high] = word;
			}
		}
		bit >>= 1;
		stress_sort(words, low, bit);
		words += low;
		n -= low;
	}
}

size_t stress_twice(uint64_t *words, size_t n)
{
	size_t twice = 0;

	stress_sort(words, n, (uint64_t)1 << 63);
	for (size_t i = 1; i < n; i++)
		twice += words[i] == words[i - 1];
	return twice;
}
