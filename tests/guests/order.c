/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints the first 64 bytes that the library makes of a counter and a source
 * which are the same on every machine. They are the same on every machine, and
 * tests/host/model.py predicts them (qemu/scenarios/order.py).
 *
 * With -DNATIVE the source hands over its words as the CPU stores them. So a
 * big-endian CPU must give other bytes.
 */
#include "print.h"
#include "stream.h"
#include "stress.h"

#ifdef NATIVE
enum { ORDER_NATIVE = 1 };
#else
enum { ORDER_NATIVE = 0 };
#endif

/* Each half of a reading differs from the one before. */
static uint64_t order_cycles(void)
{
	static uint64_t now = 0x0123456789abcdefu;

	return now += 0x100000001u;
}

static int order_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

/* Words of a linear congruential generator, Numerical Recipes, section 7.1. */
static int order_read(void *ctx, uint8_t *buf, size_t len)
{
	uint32_t *word = ctx;

	for (size_t i = 0; i < len; i++) {
		if (i % 4 == 0)
			*word = *word * 1664525u + 1013904223u;
		buf[i] = ORDER_NATIVE ? ((const uint8_t *)word)[i % 4]
				      : (uint8_t)(*word >> i % 4 * 8);
	}
	return (int)len;
}

static void order_stop(void *ctx)
{
	(void)ctx;
}

/* Fast, so that a word of it goes into the nonce. */
static const struct sb_driver order_driver = {
	.name = "test-order",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_FAST,
	.probe = order_probe,
	.read = order_read,
	.stop = order_stop,
};
SB_DRIVER(order_driver);

static uint32_t order_word;
static const struct sb_source order_source = { &order_driver, &order_word, 2048 };
static const struct sb_hal order_hal = { .cycles = order_cycles,
					 .sources = &order_source,
					 .source_count = 1 };
static struct seedbed order_bed;

/* In the place of sb_stream_choose: ChaCha20, which every machine has. */
unsigned __wrap_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void)
{
	return 0;
}

int main(void)
{
	uint8_t out[64];

	if (stress_ready(&order_bed, &order_hal) != SB_OK ||
	    seedbed_read(&order_bed, out, sizeof out) != SB_OK)
		return 2;
	print_text("first ");
	print_hex(out, sizeof out);
	print_text("\n");
	return 0;
}
