/* SPDX-License-Identifier: BSD-2-Clause */
/* The buffered reader, over an instance of the board, and without its epoch. */
#include "beds.h"
#include "seedbed_buffer.h"

struct buffered {
	struct bench_bed bed;
	struct seedbed_buffer buffer;
};

static int buffered_make(void *ctx, uint8_t *out, size_t len)
{
	struct buffered *b = ctx;

	return seedbed_buffer_read(&b->buffer, &b->bed.bed, out, len);
}

static void buffered_has(const char *name, struct buffered *b)
{
	if (bench_ready(&b->bed) == SB_OK)
		turns_has(name, buffered_make, b);
	else
		turns_lacks(name, "no source is here");
}

void bench_buffered(unsigned way)
{
	static struct buffered with, without;

	with.bed.way = without.bed.way = way;
	bench_table(&with.bed, 0, 0);
	bench_table(&without.bed, 0, 0);
	without.bed.hal.epoch = NULL;
	buffered_has("seedbed buffered", &with);
	buffered_has("seedbed buffered without epoch", &without);
}
