/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_bcm2835.h"
#include "trng.h"

/* Linux drivers/char/hw_random/bcm2835-rng.c */
#define TRNG_BCM2835_CTRL 0x0
#define TRNG_BCM2835_CTRL_RUN 1u
#define TRNG_BCM2835_STATUS 0x4 /* bits 0 to 19: warm-up, 24 to 31: words */
#define TRNG_BCM2835_STATUS_WORDS 24
#define TRNG_BCM2835_DATA 0x8

static uintptr_t trng_bcm2835_base(const void *ctx)
{
	return ((const struct sb_trng_bcm2835_state *)ctx)->base;
}

static uint32_t trng_bcm2835_words(uintptr_t base)
{
	return sb_io_read32(base + TRNG_BCM2835_STATUS) >> TRNG_BCM2835_STATUS_WORDS;
}

/* Nonzero if the register took it: nothing else tells that the unit is
   there. */
static int trng_bcm2835_set(uintptr_t base, uint32_t run)
{
	sb_io_write32(base + TRNG_BCM2835_CTRL, run);
	return (sb_io_read32(base + TRNG_BCM2835_CTRL) & TRNG_BCM2835_CTRL_RUN) == run;
}

/* While it stands no word comes, so what is counted is all there is. */
static void trng_bcm2835_drop(uintptr_t base)
{
	for (uint32_t left = trng_bcm2835_words(base); left; left--)
		(void)sb_io_read32(base + TRNG_BCM2835_DATA);
}

static int trng_bcm2835_probe(void *ctx)
{
	uintptr_t base = trng_bcm2835_base(ctx);

	if (!trng_bcm2835_set(base, 0))
		return SB_ENODEV;
	trng_bcm2835_drop(base);
	sb_io_write32(base + TRNG_BCM2835_STATUS, SB_TRNG_BCM2835_WARM_UP);
	return trng_bcm2835_set(base, TRNG_BCM2835_CTRL_RUN) ? SB_OK : SB_ENODEV;
}

static int trng_bcm2835_read(void *ctx, uint8_t *buf, size_t len)
{
	uintptr_t base = trng_bcm2835_base(ctx);
	size_t n = 0;

	for (uint32_t polls = 0; n < len && polls < SB_TRNG_BCM2835_POLLS; polls++)
		if (trng_bcm2835_words(base))
			n = trng_word(buf, n, len, sb_io_read32(base + TRNG_BCM2835_DATA));
	return n ? (int)n : SB_EAGAIN;
}

static void trng_bcm2835_stop(void *ctx)
{
	sb_io_write32(trng_bcm2835_base(ctx) + TRNG_BCM2835_CTRL, 0);
}

const struct sb_driver sb_trng_bcm2835 = {
	.name = "bcm2835-trng",
	SB_ASSESSED(1024, 1),
	.flags = SB_NOISE,
	.probe = trng_bcm2835_probe,
	.read = trng_bcm2835_read,
	.stop = trng_bcm2835_stop,
};
SB_DRIVER(sb_trng_bcm2835);
