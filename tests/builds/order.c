/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Prints what an instance makes of a source, a counter and events that are the
 * same on every machine. A big-endian machine must print the same as a
 * little-endian one. It is a process of Linux on arm64 without a C library
 * (tests/builds/targets).
 */
#include "seedbed.h"

#define ORDER_SYS_WRITE 64 /* Linux, include/uapi/asm-generic/unistd.h */
#define ORDER_SYS_EXIT 93

void *memset(void *at, int byte, size_t len);
void *memcpy(void *to, const void *from, size_t len);
int memcmp(const void *a, const void *b, size_t len);
_Noreturn void _start(void);

void *memset(void *at, int byte, size_t len)
{
	for (volatile uint8_t *p = at; len; len--)
		*p++ = (uint8_t)byte;
	return at;
}

void *memcpy(void *to, const void *from, size_t len)
{
	volatile uint8_t *p = to;

	for (const uint8_t *q = from; len; len--)
		*p++ = *q++;
	return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const volatile uint8_t *p = a, *q = b;

	for (; len; len--, p++, q++)
		if (*p != *q)
			return *p - *q;
	return 0;
}

static long order_call(long number, long first, const void *second, long third)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = first;
	register const void *x1 __asm__("x1") = second;
	register long x2 __asm__("x2") = third;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
	return x0;
}

static void order_print(const uint8_t *bytes, size_t len)
{
	char line[129];
	size_t n = 0;

	for (size_t i = 0; i < len && n < 128; i++) {
		line[n++] = "0123456789abcdef"[bytes[i] >> 4];
		line[n++] = "0123456789abcdef"[bytes[i] & 15];
	}
	line[n++] = '\n';
	(void)order_call(ORDER_SYS_WRITE, 1, line, (long)n);
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

_Noreturn void _start(void)
{
	(void)order_call(ORDER_SYS_EXIT, order_run(), NULL, 0);
	for (;;)
		;
}
