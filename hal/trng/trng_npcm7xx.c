/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_npcm7xx.h"

/* Linux drivers/char/hw_random/npcm-rng.c */
#define TRNG_NPCM7XX_CONTROL 0x0 /* RNGCS */
#define TRNG_NPCM7XX_CONTROL_ON 1u
#define TRNG_NPCM7XX_CONTROL_VALID 2u
#define TRNG_NPCM7XX_CONTROL_25MHZ 0x18u
#define TRNG_NPCM7XX_BYTE 0x4 /* RNGD */
#define TRNG_NPCM7XX_MODE 0x8 /* RNGMODE */
#define TRNG_NPCM7XX_MODE_MASK 3u
#define TRNG_NPCM7XX_MODE_OSCILLATORS 2u /* M1ROSEL */

static uintptr_t trng_npcm7xx_base(const void *ctx)
{
	return ((const struct sb_trng_npcm7xx_state *)ctx)->base;
}

static int trng_npcm7xx_probe(void *ctx)
{
	uintptr_t base = trng_npcm7xx_base(ctx);

	sb_io_write32(base + TRNG_NPCM7XX_MODE, TRNG_NPCM7XX_MODE_OSCILLATORS);
	if ((sb_io_read32(base + TRNG_NPCM7XX_MODE) & TRNG_NPCM7XX_MODE_MASK) !=
	    TRNG_NPCM7XX_MODE_OSCILLATORS)
		return SB_ENODEV;
	sb_io_write32(base + TRNG_NPCM7XX_CONTROL,
		      TRNG_NPCM7XX_CONTROL_25MHZ | TRNG_NPCM7XX_CONTROL_ON);
	(void)sb_io_read32(base + TRNG_NPCM7XX_BYTE);
	return SB_OK;
}

static int trng_npcm7xx_read(void *ctx, uint8_t *buf, size_t len)
{
	uintptr_t base = trng_npcm7xx_base(ctx);
	size_t n = 0;

	for (uint32_t polls = 0; n < len && polls < SB_TRNG_NPCM7XX_POLLS; polls++)
		if (sb_io_read32(base + TRNG_NPCM7XX_CONTROL) & TRNG_NPCM7XX_CONTROL_VALID)
			buf[n++] = (uint8_t)sb_io_read32(base + TRNG_NPCM7XX_BYTE);
	return n ? (int)n : SB_EAGAIN;
}

static void trng_npcm7xx_stop(void *ctx)
{
	sb_io_write32(trng_npcm7xx_base(ctx) + TRNG_NPCM7XX_CONTROL, TRNG_NPCM7XX_CONTROL_25MHZ);
}

const struct sb_driver sb_trng_npcm7xx = {
	.name = "npcm7xx-trng",
	SB_ASSESSED(1024, 1),
	.flags = SB_NOISE,
	.probe = trng_npcm7xx_probe,
	.read = trng_npcm7xx_read,
	.stop = trng_npcm7xx_stop,
};
SB_DRIVER(sb_trng_npcm7xx);
