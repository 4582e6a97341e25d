/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An image for tools/provenance, which is linked and never run. As it is, it
 * has no fault. tests/builds/provenance/check makes one fault at a time with
 * these switches.
 */
#include "seedbed.h"
#include "constructors.h"

#ifndef IMAGE_FLAGS
#define IMAGE_FLAGS SB_CONDITIONED
#endif
#ifndef IMAGE_CREDIT
#define IMAGE_CREDIT 2048
#endif
#ifndef IMAGE_COUNT
#define IMAGE_COUNT 1
#endif
#ifdef IMAGE_FILLED_LATER
#define IMAGE_TABLE static struct sb_source image_sources[1]
#else
#define IMAGE_TABLE \
	static const struct sb_source image_sources[1] = { { &image_driver, NULL, IMAGE_CREDIT } }
#endif
#ifdef IMAGE_UNRECORDED
#define IMAGE_RECORD(name) struct sb_unmarked
#else
#define IMAGE_RECORD(name) SB_DRIVER(name)
#endif

void _start(void);

static uint64_t image_cycles(void)
{
	return 0;
}

static int image_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static int image_read(void *ctx, uint8_t *buf, size_t len)
{
	(void)ctx;
	buf[0] = 0;
	return len ? 1 : SB_EAGAIN;
}

static void image_stop(void *ctx)
{
	(void)ctx;
}

static const struct sb_driver image_driver = {
	.name = "image-source",
	SB_ASSESSED(2048, 4),
#ifdef IMAGE_CUTOFF
	.repetition = IMAGE_CUTOFF,
#endif
	.flags = IMAGE_FLAGS,
	.probe = image_probe,
	.read = image_read,
	.stop = image_stop,
};
IMAGE_RECORD(image_driver);
/* The linker drops it with --gc-sections, unless something refers to it. */
extern const struct sb_driver image_other;
const struct sb_driver image_other = {
	.name = "image-other",
	SB_ASSESSED(2048, 4),
	.flags = SB_CONDITIONED | SB_TEST,
	.probe = image_probe,
	.read = image_read,
	.stop = image_stop,
};
IMAGE_RECORD(image_other);
IMAGE_TABLE;

const struct sb_hal sb_platform = {
	.cycles = image_cycles,
	.cycles_hz = 0x11223344,
	.cycle_bits = 7,
	.sources = image_sources,
	.source_count = IMAGE_COUNT,
};

#ifdef IMAGE_CONSTRUCTS
static uint8_t image_key[32];

__attribute__((constructor)) static void image_construct(void)
{
	(void)seedbed_random(image_key, sizeof image_key);
}
#endif

void _start(void)
{
	static uint8_t image_bytes[32];
	const void *volatile sink = image_sources;

#ifdef IMAGE_USES_OTHER
	sink = &image_other;
#endif
	(void)sink;
#ifdef IMAGE_RUNS
	constructors_run();
#endif
	(void)seedbed_random(image_bytes, sizeof image_bytes);
	for (;;)
		;
}
