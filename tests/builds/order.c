/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints what an instance makes of a source, a counter and events that are the
 * same on every machine. A big-endian machine must print the same as a
 * little-endian one. It is a process of Linux without a C library
 * (tests/builds/targets).
 */
#include "seedbed.h"
#include "user.h"

static void order_print(const uint8_t *bytes, size_t len)
{
	char line[130];
	size_t n = 0;

	for (size_t i = 0; i < len && n < 128; i++) {
		line[n++] = "0123456789abcdef"[bytes[i] >> 4];
		line[n++] = "0123456789abcdef"[bytes[i] & 15];
	}
	line[n++] = '\n';
	line[n] = 0;
	user_say(line);
}

static uint64_t order_cycles(void)
{
	static uint64_t now = 0x123456789abcdef0u;

	return now += 0x100000001u;
}

static int order_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static int order_read(void *ctx, uint8_t *buf, size_t len)
{
	uint32_t *state = ctx;

	for (size_t i = 0; i < len; i++) {
		*state = *state * 1664525u + 1013904223u;
		buf[i] = (uint8_t)(*state >> 24);
	}
	return (int)len;
}

static void order_stop(void *ctx)
{
	(void)ctx;
}

static void order_take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	if (source == SEEDBED_FROM_EVENTS)
		order_print(bytes, len);
}

static const struct sb_driver order_driver = {
	.name = "test-order",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_FAST,
	.probe = order_probe,
	.read = order_read,
	.stop = order_stop,
};
SB_DRIVER(order_driver);

static struct seedbed order_bed;

static int order_run(void)
{
	static uint32_t state = 1;
	static const struct sb_source source = { &order_driver, &state, 2048 };
	static const struct sb_hal hal = { .cycles = order_cycles,
					   .sources = &source,
					   .source_count = 1 };
	static struct seedbed_consumer consumer = { .take = order_take };
	uint8_t out[45];

	if (seedbed_selftest() != SB_OK || seedbed_init(&order_bed, &hal) != SB_OK)
		return 1;
	if (seedbed_add_consumer(&order_bed, &consumer) != SB_OK)
		return 1;
	for (uint32_t round = 0; round < 8; round++) {
		seedbed_event(&order_bed, 0x01020304u + round);
		if (seedbed_gather(&order_bed) != SB_OK ||
		    seedbed_read(&order_bed, out, sizeof out) != SB_OK)
			return 1;
		order_print(out, sizeof out);
	}
	return 0;
}

int user_trap(const struct user_cpu *cpu)
{
	(void)cpu;
	return 0;
}

void user_main(void)
{
	CHECK(order_run() == 0);
}
