/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed as the board unix has it, by each keystream that runs here. It is
 * linked with the board's own objects and library. The linker gives it the
 * choice of the keystream (--wrap=sb_stream_choose).
 */
#include <stdio.h>
#include <string.h>
#include "beds.h"
#include "sb_keystreams.h"
#include "stream.h"

#define SEEDBED_WAYS 16
#define SEEDBED_ROUNDS 1000

/* A board may link none. */
extern const struct sb_keystream *const sb_keystreams[] __attribute__((weak));
uint32_t sb_keystream_facts(void) __attribute__((weak));

static unsigned seedbed_way;

unsigned __real_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void)
{
	return seedbed_way;
}

void bench_table(struct bench_bed *b, uint16_t with, uint16_t without)
{
	b->hal = sb_platform;
	b->hal.enter = b->hal.leave = NULL;
	b->hal.loop = NULL;
	b->hal.sources = b->sources;
	b->hal.source_count = 0;
	for (size_t i = 0; i < sb_platform.source_count; i++) {
		uint16_t flags = sb_platform.sources[i].driver->flags;

		if ((flags & with) == with && !(flags & without))
			b->sources[b->hal.source_count++] = sb_platform.sources[i];
	}
}

int bench_ready(struct bench_bed *b)
{
	int result;

	seedbed_way = b->way;
	result = seedbed_init(&b->bed, &b->hal);
	for (int i = 0; i < SEEDBED_ROUNDS && result == (i ? SB_EAGAIN : SB_OK); i++)
		result = seedbed_gather(&b->bed);
	return result;
}

static int seedbed_make(void *ctx, uint8_t *out, size_t len)
{
	struct bench_bed *b = ctx;

	return seedbed_read(&b->bed, out, len);
}

static int seedbed_make_shared(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	return seedbed_random(out, len);
}

static int seedbed_make_from_nothing(void *ctx, uint8_t *out, size_t len)
{
	struct bench_bed *b = ctx;
	int result = bench_ready(b);

	if (result == SB_OK)
		result = seedbed_read(&b->bed, out, len);
	seedbed_wipe(&b->bed);
	return result;
}

/* Which source gave how many bytes until it was ready, and how often CPUID was
   asked. */
static void seedbed_say_parts(struct bench_bed *b)
{
	struct seedbed_report report;
	char bytes[16];

	snprintf(bytes, sizeof bytes, "%u", bench_cpuids(seedbed_make_from_nothing, b));
	turns_is("cpuids", bytes);
	if (bench_ready(b) != SB_OK)
		return;
	for (size_t i = 0; seedbed_inspect(&b->bed, i, &report) == SB_OK; i++) {
		snprintf(bytes, sizeof bytes, "%u", (unsigned)report.bytes);
		turns_is(report.name, bytes);
	}
	seedbed_wipe(&b->bed);
}

static void seedbed_has(const char *name, struct bench_bed *b)
{
	if (bench_ready(b) == SB_OK)
		turns_has(name, seedbed_make, b);
	else
		turns_lacks(name, seedbed_reason_text(seedbed_status(&b->bed).reason));
}

/* Each keystream of the board's table, and ChaCha20 of core/. */
static void seedbed_streams(void)
{
	static struct bench_bed beds[SEEDBED_WAYS];
	uint32_t facts = sb_keystream_facts ? sb_keystream_facts() : 0;
	char name[64];

	for (unsigned way = 0; way < SEEDBED_WAYS; way++) {
		snprintf(name, sizeof name, "seedbed %s", sb_stream_name(way));
		if (way && (!sb_keystreams || !sb_keystreams[way - 1]))
			return;
		if (way && sb_keystreams[way - 1]->needs & ~facts) {
			turns_lacks(name, "not on this CPU");
			continue;
		}
		beds[way].way = way;
		bench_table(&beds[way], 0, 0);
		seedbed_has(name, &beds[way]);
	}
}

/* As the board ships, but for one thing or two. */
static void seedbed_parts(unsigned way)
{
	static struct bench_bed beds[3];

	for (int i = 0; i < 3; i++)
		beds[i].way = way;
	bench_table(&beds[0], 0, 0);
	bench_table(&beds[1], 0, SB_FAST);
	bench_table(&beds[2], 0, SB_FAST);
	beds[0].hal.epoch = beds[2].hal.epoch = NULL;
	seedbed_has("seedbed without epoch", &beds[0]);
	seedbed_has("seedbed without fresh word", &beds[1]);
	seedbed_has("seedbed without both", &beds[2]);
}

/* Of the CPU's instructions. The times of loads are there, and not needed. */
static void seedbed_from_nothing(unsigned way)
{
	static struct bench_bed bed;
	uint8_t out[32];

	bed.way = way;
	bench_table(&bed, SB_LOCAL, 0);
	seedbed_say_parts(&bed);
	if (bed.hal.source_count > 1 && !seedbed_make_from_nothing(&bed, out, sizeof out))
		turns_has("seedbed from nothing", seedbed_make_from_nothing, &bed);
	else
		turns_lacks("seedbed from nothing", "no source of the CPU's own");
}

int main(void)
{
	static struct bench_bed counted;
	unsigned way = __real_sb_stream_choose();

	turns_is("shipped", sb_stream_name(way));
	seedbed_streams();
	seedbed_parts(way);
	seedbed_from_nothing(way);
	bench_buffered(way);
	bench_threads(way);
	counted.way = way;
	bench_steps(&counted);
	seedbed_way = way;
	turns_has("seedbed_random", seedbed_make_shared, NULL);
	return turns_serve();
}
