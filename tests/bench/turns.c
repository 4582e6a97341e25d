/* SPDX-License-Identifier: BSD-2-Clause */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include "turns.h"

#define TURNS_MAKERS_MAX 32
#define TURNS_NAME 64

struct turns_maker {
	char name[TURNS_NAME];
	turns_make make;
	turns_figure figure;
	void *ctx;
};

static struct turns_maker turns_makers[TURNS_MAKERS_MAX];
static size_t turns_count;

static void turns_add(const char *name, turns_make make, turns_figure figure, void *ctx)
{
	struct turns_maker *maker = &turns_makers[turns_count];

	if (turns_count == TURNS_MAKERS_MAX || strlen(name) >= TURNS_NAME) {
		turns_lacks(name, "no room in tests/bench/turns.c");
		return;
	}
	strcpy(maker->name, name);
	maker->make = make;
	maker->figure = figure;
	maker->ctx = ctx;
	turns_count++;
	printf("has %s\n", name);
}

void turns_has(const char *name, turns_make make, void *ctx)
{
	turns_add(name, make, NULL, ctx);
}

void turns_has_figure(const char *name, turns_figure figure, void *ctx)
{
	turns_add(name, NULL, figure, ctx);
}

void turns_lacks(const char *name, const char *why)
{
	printf("lacks %s: %s\n", name, why);
}

void turns_is(const char *what, const char *value)
{
	printf("is %s %s\n", what, value);
}

uint64_t turns_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int turns_seed(void *out, size_t len)
{
	return getrandom(out, len, 0) != (ssize_t)len;
}

/* Another program had the CPU before: some calls that are not counted. */
static double turns_time(const struct turns_maker *maker, uint8_t *out, size_t len, size_t calls)
{
	uint64_t begin;
	int wrong = 0;

	for (size_t i = 0; i < 1 + calls / 8; i++)
		wrong |= maker->make(maker->ctx, out, len);
	begin = turns_now();
	for (size_t i = 0; i < calls; i++)
		wrong |= maker->make(maker->ctx, out, len);
	return wrong ? -1 : (double)(turns_now() - begin) / (double)calls;
}

static double turns_take(const char *name, size_t len, size_t calls)
{
	static uint8_t out[TURNS_LEN_MAX];

	for (size_t i = 0; i < turns_count; i++) {
		const struct turns_maker *maker = &turns_makers[i];

		if (!strcmp(maker->name, name) && len <= sizeof out && calls)
			return maker->figure ? maker->figure(maker->ctx, out, len, calls)
					     : turns_time(maker, out, len, calls);
	}
	return -1;
}

int turns_serve(void)
{
	char line[TURNS_NAME + 64];

	printf("ready\n");
	fflush(stdout);
	while (fgets(line, sizeof line, stdin)) {
		size_t len, calls;
		int at = 0;
		double figure = -1;

		line[strcspn(line, "\n")] = 0;
		if (sscanf(line, "%zu %zu %n", &len, &calls, &at) == 2 && at)
			figure = turns_take(line + at, len, calls);
		if (figure < 0)
			printf("failed\n");
		else
			printf("%.3f\n", figure);
		fflush(stdout);
	}
	return 0;
}
