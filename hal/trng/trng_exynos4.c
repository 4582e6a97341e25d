/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_exynos4.h"
#include "trng.h"

/* Linux drivers/crypto/exynos-rng.c */
#define TRNG_EXYNOS4_CONTROL 0x000
#define TRNG_EXYNOS4_CONTROL_START 0x18u
#define TRNG_EXYNOS4_STATUS 0x010
#define TRNG_EXYNOS4_STATUS_SEEDED (1u << 1)
#define TRNG_EXYNOS4_STATUS_DONE (1u << 5) /* written: cleared */
#define TRNG_EXYNOS4_SEED 0x140
#define TRNG_EXYNOS4_OUT 0x160
#define TRNG_EXYNOS4_WORDS 5u

static uintptr_t trng_exynos4_base(const void *ctx)
{
	return ((const struct sb_trng_exynos4_state *)ctx)->base;
}

/* Five words, none of them 0. */
static void trng_exynos4_seed(uintptr_t base)
{
	for (uint32_t i = 0; i < TRNG_EXYNOS4_WORDS; i++)
		sb_io_write32(base + TRNG_EXYNOS4_SEED + 4 * i, i + 1);
}

/* A bus without a device may read as all ones. */
static int trng_exynos4_probe(void *ctx)
{
	uintptr_t base = trng_exynos4_base(ctx);
	uint32_t status;

	trng_exynos4_seed(base);
	status = sb_io_read32(base + TRNG_EXYNOS4_STATUS);
	return status & TRNG_EXYNOS4_STATUS_SEEDED && status != UINT32_MAX ? SB_OK : SB_ENODEV;
}

/* Nonzero: it is done within the polls. */
static int trng_exynos4_run(uintptr_t base)
{
	sb_io_write32(base + TRNG_EXYNOS4_STATUS, TRNG_EXYNOS4_STATUS_DONE);
	sb_io_write32(base + TRNG_EXYNOS4_CONTROL, TRNG_EXYNOS4_CONTROL_START);
	for (uint32_t polls = 0; polls < SB_TRNG_EXYNOS4_POLLS; polls++)
		if (sb_io_read32(base + TRNG_EXYNOS4_STATUS) & TRNG_EXYNOS4_STATUS_DONE)
			return 1;
	return 0;
}

static int trng_exynos4_read(void *ctx, uint8_t *buf, size_t len)
{
	uintptr_t base = trng_exynos4_base(ctx);
	size_t n = 0;

	if (!trng_exynos4_run(base))
		return SB_EAGAIN;
	for (uint32_t i = 0; i < TRNG_EXYNOS4_WORDS; i++)
		n = trng_word(buf, n, len, sb_io_read32(base + TRNG_EXYNOS4_OUT + 4 * i));
	return (int)n;
}

static void trng_exynos4_stop(void *ctx)
{
	sb_io_write32(trng_exynos4_base(ctx) + TRNG_EXYNOS4_CONTROL, 0);
}

const struct sb_driver sb_trng_exynos4 = {
	.name = "exynos4-prng",
	SB_ASSESSED(1024, 4),
	.flags = SB_CONDITIONED,
	.probe = trng_exynos4_probe,
	.read = trng_exynos4_read,
	.stop = trng_exynos4_stop,
};
SB_DRIVER(sb_trng_exynos4);
