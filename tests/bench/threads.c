/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads, each with an instance that was split off; and an event. */
#include <pthread.h>
#include <stdio.h>
#include "beds.h"

#define THREADS_MAX 4

/* Of cache lines of its own. */
struct threads_one {
	struct bench_bed bed __attribute__((aligned(128)));
	uint8_t out[4096];
	size_t len, calls;
	uint64_t ns;
	int wrong;
};

static struct bench_bed threads_parent;
static struct threads_one threads_all[THREADS_MAX];

static void *threads_run(void *ctx)
{
	struct threads_one *one = ctx;
	uint64_t begin = turns_now();

	for (size_t i = 0; i < one->calls; i++)
		one->wrong |= seedbed_read(&one->bed.bed, one->out, one->len);
	one->ns = turns_now() - begin;
	return NULL;
}

/*
 * The CPU time of a read, on average over so many threads at once. What they
 * share would make it longer.
 */
static double threads_figure(void *ctx, uint8_t *out, size_t len, size_t calls)
{
	size_t count = *(const size_t *)ctx, ns = 0;
	pthread_t thread[THREADS_MAX];
	int wrong = 0;

	(void)out;
	for (size_t i = 0; i < count; i++) {
		threads_all[i].len = len <= sizeof threads_all[i].out ? len : 0;
		threads_all[i].calls = calls;
		if (pthread_create(&thread[i], NULL, threads_run, &threads_all[i]))
			return -1;
	}
	for (size_t i = 0; i < count; i++) {
		pthread_join(thread[i], NULL);
		ns += threads_all[i].ns;
		wrong |= threads_all[i].wrong;
	}
	return wrong ? -1 : (double)ns / (double)(calls * count);
}

static int threads_split(unsigned way)
{
	int result;

	threads_parent.way = way;
	bench_table(&threads_parent, 0, SB_TIMING);
	result = bench_ready(&threads_parent);
	for (size_t i = 0; i < THREADS_MAX && result == SB_OK; i++) {
		struct bench_bed *b = &threads_all[i].bed;

		bench_table(b, 0, SB_TIMING);
		result = seedbed_split(&b->bed, &threads_parent.bed, &b->hal);
	}
	return result;
}

static int threads_event(void *ctx, uint8_t *out, size_t len)
{
	(void)out;
	seedbed_event(ctx, (uint32_t)len);
	return 0;
}

void bench_threads(unsigned way)
{
	static size_t counts[] = { 1, 2, THREADS_MAX };
	int result = threads_split(way);

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		char name[64];

		snprintf(name, sizeof name, "seedbed threads %zu", counts[i]);
		if (result == SB_OK)
			turns_has_figure(name, threads_figure, &counts[i]);
		else
			turns_lacks(name, "the instance is not split");
	}
	turns_has("seedbed_event", threads_event, &threads_parent.bed);
}
