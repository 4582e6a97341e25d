/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a read of 32 bytes from a READY instance costs, three times:
 *
 *   - without an epoch and without a fresh word;
 *   - with both; the word comes from a counter, so this is seedbed's own cost;
 *   - the word alone, from the CPU's instruction.
 *
 * One run takes a batch of each in turn, and prints the median of the batches.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "sb_unix.h"
#include "stress.h"

#define BATCHES 301
#define READS 200

enum { BENCH_PLAIN, BENCH_FULL, BENCH_WORD, BENCH_KINDS };

static struct seedbed bench_bed[2];
static struct stress_source bench_source[2] = { { 1 }, { 1 } };
static const struct sb_source *bench_fast;

static int bench_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static int bench_count(void *ctx, uint8_t *buf, size_t len)
{
	static uint64_t word;

	(void)ctx;
	word += 0x9e3779b97f4a7c15u;
	len = len < sizeof word ? len : sizeof word;
	memcpy(buf, &word, len);
	return (int)len;
}

static void bench_stop(void *ctx)
{
	(void)ctx;
}

static const struct sb_driver bench_driver = {
	.name = "test-fast",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL | SB_FAST | SB_TEST,
	.probe = bench_probe,
	.read = bench_count,
	.stop = bench_stop,
};

static const struct sb_source bench_plain[] = { STRESS_SOURCE(&bench_source[0]) };
static const struct sb_source bench_full[] = { STRESS_SOURCE(&bench_source[1]),
					       { &bench_driver, NULL, 0 } };

/* Nanoseconds a call. */
static double bench_batch(int kind)
{
	uint64_t begin = sb_unix_now();
	uint8_t out[32];
	int wrong = 0;

	for (int i = 0; i < READS; i++) {
		if (kind == BENCH_WORD)
			wrong |= bench_fast->driver->read(bench_fast->ctx, out, 8) <= 0;
		else
			wrong |= seedbed_read(&bench_bed[kind], out, sizeof out);
	}
	return wrong ? 0 : (double)(sb_unix_now() - begin) / READS;
}

static int bench_less(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The last fast source, as seedbed_read asks that one first. */
static void bench_find_fast(void)
{
	for (size_t i = 0; i < sb_platform.source_count; i++) {
		const struct sb_source *source = &sb_platform.sources[i];

		if (source->driver->flags & SB_FAST && source->driver->probe(source->ctx) == SB_OK)
			bench_fast = source;
	}
}

int main(void)
{
	static double ns[BENCH_KINDS][BATCHES];
	struct sb_hal plain = { .cycles = sb_platform.cycles,
				.sources = bench_plain,
				.source_count = 1 };
	struct sb_hal full = { .cycles = sb_platform.cycles,
			       .epoch = sb_platform.epoch,
			       .sources = bench_full,
			       .source_count = 2 };

	bench_find_fast();
	if (stress_ready(&bench_bed[BENCH_PLAIN], &plain) != SB_OK ||
	    stress_ready(&bench_bed[BENCH_FULL], &full) != SB_OK)
		return 2;
	for (int batch = 0; batch < BATCHES; batch++)
		for (int kind = 0; kind < (bench_fast ? BENCH_KINDS : BENCH_WORD); kind++)
			ns[kind][batch] = bench_batch(kind);
	for (int kind = 0; kind < BENCH_KINDS; kind++)
		qsort(ns[kind], BATCHES, sizeof ns[kind][0], bench_less);
	printf("built by gcc %s, %s\n", __VERSION__, BENCH_CFLAGS);
	printf("read-of-32 ns=%.0f plain-ns=%.0f ratio=%.2f\n", ns[BENCH_FULL][BATCHES / 2],
	       ns[BENCH_PLAIN][BATCHES / 2],
	       ns[BENCH_FULL][BATCHES / 2] / ns[BENCH_PLAIN][BATCHES / 2]);
	if (bench_fast)
		printf("fresh-word source=%s ns=%.0f\n", bench_fast->driver->name,
		       ns[BENCH_WORD][BATCHES / 2]);
	return ns[BENCH_PLAIN][0] == 0 || ns[BENCH_FULL][0] == 0;
}
