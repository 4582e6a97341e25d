/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The timing noise of several makers, on this CPU. tools/evidence/peers runs
 * it, and assesses what it writes to stdout, in binary:
 *
 *   peers samples NAME N   the nanoseconds of CPU time that N samples took, and
 *                          2^24 steps of the counter in a tick (64 bits each);
 *                          then the samples, 32 bits each: ticks between two
 *                          looks, and of seedbed those in steps
 *   peers start NAME N     the same two numbers, of a way from nothing to 384
 *                          bits. Who counts nothing takes N samples. Of
 *                          jitterentropy the second is its version.
 *
 * Exit 3: there is no such noise here.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "sb_cache_timing.h"
#include "sb_x86.h"
#include "seedbed.h"

#define SEED_BYTES 48 /* 384 bits */
#define ROUNDS 1000   /* of seedbed_gather, at most */
#define ABSENT 3

struct peers_maker {
	const char *name;
	uint32_t (*sample)(void); /* NULL: it shows no sample */
	int (*start)(void);       /* 0: the seed is there. NULL: it counts nothing */
	uint64_t (*about)(void);  /* 0: this maker is not here */
};

static uint64_t peers_cpu_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* ------------------------------------------------ the counter, back to back */

static uint64_t peers_before;

static uint32_t peers_ticks(uint64_t now)
{
	uint64_t ticks = now - peers_before;

	peers_before = now;
	return (uint32_t)ticks;
}

static uint32_t peers_counter(void)
{
	return peers_ticks(sb_x86_tsc());
}

/* ------------------------------------------------------ mirage-crypto-rng */

/*
 * What mirage-crypto-rng does where the CPU has no instruction for it
 * (whirlwind_bootstrap of rng/entropy.ml): it looks at the counter, then
 * divides as often as the low ten bits of that look say, 100 times. The idea is
 * that of Everspaugh and others, Not-So-Random Numbers in Virtualized Linux and
 * the Whirlwind RNG, IEEE S&P 2014. It uses 16 bits of each look, and counts
 * nothing.
 */
static uint32_t peers_whirlwind(void)
{
	static volatile uint64_t kept; /* or the compiler drops the work */
	static uint64_t i;
	int64_t look = (int64_t)(sb_x86_tsc() & INT64_MAX);
	uint64_t a = kept;

	for (int64_t j = 1; j <= look % 1024; j++)
		a = (uint64_t)(look / j) - a * i + 1;
	kept = a;
	i = (i + 1) % 100;
	return peers_ticks((uint64_t)look);
}

/* ------------------------------------------------------------ jitterentropy */

/*
 * Its library, if this machine has it: libjitterentropy.so.3, or the path in
 * JITTERENTROPY. The functions are those of jitterentropy.h. It shows no raw
 * sample.
 */
static void *peers_library(const char *function)
{
	static void *library;
	const char *path = getenv("JITTERENTROPY");

	if (!library)
		library = dlopen(path ? path : "libjitterentropy.so.3", RTLD_NOW);
	return library ? dlsym(library, function) : NULL;
}

static uint64_t peers_jitterentropy_about(void)
{
	unsigned (*version)(void);

	*(void **)&version = peers_library("jent_version");
	return version ? version() : 0;
}

static int peers_jitterentropy_start(void)
{
	int (*init)(void);
	void *(*make)(unsigned rate, unsigned flags);
	ssize_t (*get)(void *collector, char *bytes, size_t len);
	char seed[SEED_BYTES];
	void *collector;

	*(void **)&init = peers_library("jent_entropy_init");
	*(void **)&make = peers_library("jent_entropy_collector_alloc");
	*(void **)&get = peers_library("jent_read_entropy");
	if (!init || !make || !get || init())
		return 1;
	collector = make(0, 0); /* as it likes it itself */
	return !collector || get(collector, seed, sizeof seed) != (ssize_t)sizeof seed;
}

/* ------------------------------------------------------------------ seedbed */

/* This board's row of timing noise, with the credit that it has there. */
static const struct sb_source *peers_row(void)
{
	for (size_t i = 0; i < sb_platform.source_count; i++)
		if (sb_platform.sources[i].driver->flags & SB_TIMING)
			return &sb_platform.sources[i];
	return NULL;
}

/* An instance that has nothing else. */
static int peers_seedbed_start(void)
{
	static struct seedbed bed;
	static struct sb_hal alone;
	uint8_t seed[SEED_BYTES];
	int result;

	alone = sb_platform;
	alone.sources = peers_row();
	alone.source_count = 1;
	if (!alone.sources)
		return ABSENT;
	result = seedbed_init(&bed, &alone);
	for (int i = 0; i < ROUNDS && result == (i ? SB_EAGAIN : SB_OK); i++)
		result = seedbed_gather(&bed);
	return result ? result : seedbed_read(&bed, seed, sizeof seed);
}

static uint32_t peers_seedbed(void)
{
	static uint8_t bytes[32];
	static int at, end;
	const struct sb_source *row = peers_row();

	if (!end && (!row || row->driver->probe(row->ctx)))
		exit(ABSENT);
	if (at == end) {
		at = 0;
		end = row->driver->read(row->ctx, bytes, sizeof bytes);
	}
	if (end <= 0)
		exit(1);
	return bytes[at++];
}

/* What our driver finds: the same for all, and asked for when all is over. */
static uint64_t peers_scale(void)
{
	const struct sb_source *row = peers_row();
	const struct sb_cache_timing_state *state = row ? row->ctx : NULL;

	return state && !row->driver->probe(row->ctx) ? state->scale : 1 << 24;
}

/* --------------------------------------------------------------------- main */

static const struct peers_maker peers_makers[] = {
	{ "counter", peers_counter, NULL, peers_scale },
	{ "whirlwind", peers_whirlwind, NULL, peers_scale },
	{ "jitterentropy", NULL, peers_jitterentropy_start, peers_jitterentropy_about },
	{ "seedbed", peers_seedbed, peers_seedbed_start, peers_scale },
};

static const struct peers_maker *peers_named(const char *name)
{
	for (size_t i = 0; i < sizeof peers_makers / sizeof peers_makers[0]; i++)
		if (!strcmp(peers_makers[i].name, name))
			return &peers_makers[i];
	return NULL;
}

static int peers_say(const struct peers_maker *maker, uint64_t begin, const uint32_t *samples,
		     size_t n)
{
	uint64_t head[2] = { peers_cpu_time() - begin, maker->about() };

	return fwrite(head, sizeof head, 1, stdout) != 1 ||
	       fwrite(samples, sizeof *samples, n, stdout) != n;
}

static int peers_samples(const struct peers_maker *maker, size_t n)
{
	uint32_t *samples = calloc(n, sizeof *samples);
	uint64_t begin;

	if (!samples || !maker->sample)
		return ABSENT;
	(void)maker->sample(); /* before it there was no look, and no probe */
	begin = peers_cpu_time();
	for (size_t i = 0; i < n; i++)
		samples[i] = maker->sample();
	return peers_say(maker, begin, samples, n);
}

static int peers_start(const struct peers_maker *maker, size_t n)
{
	uint64_t begin;
	int result = 0;

	if (maker->sample == NULL && !maker->about()) /* loads its library */
		return ABSENT;
	begin = peers_cpu_time();
	for (size_t i = 0; !maker->start && i < n; i++)
		(void)maker->sample();
	if (maker->start)
		result = maker->start();
	return result ? result : peers_say(maker, begin, NULL, 0);
}

int main(int argc, char **argv)
{
	const struct peers_maker *maker = argc == 4 ? peers_named(argv[2]) : NULL;
	unsigned long n = maker ? strtoul(argv[3], NULL, 0) : 0;

	if (maker && !strcmp(argv[1], "samples") && n)
		return peers_samples(maker, n);
	if (maker && !strcmp(argv[1], "start"))
		return peers_start(maker, n);
	fputs("peers samples|start counter|whirlwind|jitterentropy|seedbed N\n", stderr);
	return 2;
}
