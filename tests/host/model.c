/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C side of model.py. Its sources hand out the bytes of the command line,
 * and its counter stands still. It prints two outputs of 64 bytes: the first
 * when the instance is ready, the second after ROUNDS more rounds.
 *
 *   model KEYSTREAM COUNTER ID CREDIT ROUNDS SOURCE...
 *
 * KEYSTREAM is a name of sb_stream_name. ID and SOURCE are in hex. ID has 16
 * bytes, or is "-". A SOURCE that begins with "+" is fast.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "fake.h"
#include "streams.h"

struct model_file {
	uint8_t bytes[4096];
	size_t len, at;
};

static struct model_file file[SEEDBED_SOURCES_MAX];
static unsigned model_way;

/* It takes the place of sb_stream_choose (--wrap). */
unsigned __wrap_sb_stream_choose(void);
unsigned __wrap_sb_stream_choose(void)
{
	return model_way;
}

static size_t model_hex(const char *hex, uint8_t *out, size_t max)
{
	size_t n = 0;
	unsigned byte;

	for (; n < max && sscanf(hex + 2 * n, "%2x", &byte) == 1; n++)
		out[n] = (uint8_t)byte;
	return n;
}

static int model_read(void *ctx, uint8_t *buf, size_t len)
{
	struct model_file *f = ctx;
	size_t n = f->len - f->at < len ? f->len - f->at : len;

	if (n == 0)
		return SB_EAGAIN;
	memcpy(buf, f->bytes + f->at, n);
	f->at += n;
	return (int)n;
}

static int model_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static void model_stop(void *ctx)
{
	(void)ctx;
}

static int model_output(void)
{
	uint8_t out[64];

	if (seedbed_read(&bed, out, sizeof out) != SB_OK)
		return 1;
	for (size_t i = 0; i < sizeof out; i++)
		printf("%02x", out[i]);
	return puts("") < 0;
}

int main(int argc, char **argv)
{
	int rounds;

	if (argc < 7)
		return 2;
	model_way = streams_way(argv[1]);
	fake_reset();
	fake.now = strtoull(argv[2], NULL, 0);
	if (model_hex(argv[3], fake.id, 16) == 16)
		fake.epoch = SB_OK;
	for (int i = 6; i < argc && i < 6 + SEEDBED_SOURCES_MAX; i++) {
		int fast = argv[i][0] == '+';
		struct fake_source *f = fake_add(fast ? SB_CONDITIONED | SB_FAST : SB_CONDITIONED,
						 (uint16_t)atoi(argv[4]));

		f->driver.probe = model_probe;
		f->driver.read = model_read;
		f->driver.stop = model_stop;
		file[i - 6].len =
			model_hex(argv[i] + fast, file[i - 6].bytes, sizeof file[0].bytes);
		fake.table[i - 6].ctx = &file[i - 6];
	}
	if (fake_ready(&bed) < 0 || bed.way != model_way || model_output())
		return 1;
	rounds = atoi(argv[5]);
	while (rounds--)
		if (seedbed_gather(&bed) != SB_OK)
			return 1;
	return model_output();
}
