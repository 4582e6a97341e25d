/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

#define RNDR_ISAR0_SHIFT \
	60 /* ID_AA64ISAR0_EL1.RNDR; 0: neither register exists (Arm ARM, DDI 0487, section D19.2) */

/* By their encodings, so that no assembler needs to be told of ARMv8.5. */
#define RNDR_RNDR "s3_3_c2_c4_0"
#define RNDR_RNDRRS "s3_3_c2_c4_1"

/* The read itself sets NZCV: 0000 with a number, 0100 (Z) without, and only that tells success: zero is a legal number. One asm, so that
   nothing comes between. */
#define RNDR_READ(name, word, valid) \
	__asm__ volatile("mrs %0, " name "\n\tcset %w1, ne" : "=r"(word), "=r"(valid) : : "cc")

static int rndr_step(uint64_t *word)
{
	uint32_t valid;

	RNDR_READ(RNDR_RNDR, *word, valid);
	return (int)valid;
}

static int rndrrs_step(uint64_t *word)
{
	uint32_t valid;

	RNDR_READ(RNDR_RNDRRS, *word, valid);
	return (int)valid;
}

static int rndr_probe(void *ctx)
{
	const struct sb_aarch64_cpu *cpu = ctx;

	return cpu->isar0() >> RNDR_ISAR0_SHIFT ? SB_OK : SB_ENODEV;
}

static int rndr_read(void *ctx, uint8_t *buf, size_t len)
{
	int n = sb_aarch64_words(rndr_step, SB_AARCH64_TRIES, buf, len);

	(void)ctx;
	return n ? n : SB_EAGAIN;
}

static int rndrrs_read(void *ctx, uint8_t *buf, size_t len)
{
	int n = sb_aarch64_words(rndrrs_step, SB_AARCH64_TRIES, buf, len);

	(void)ctx;
	return n ? n : SB_EAGAIN;
}

static void rndr_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered and nothing powered */
}

/* The output of a DRBG looks full whatever its seed: the health tests look for broken hardware, the credit is the initialiser's. */
const struct sb_driver sb_aarch64_rndr = {
	.name = "aarch64-rndr",
	.entropy = 2048,
	.width = 8,
	.flags = SB_CONDITIONED | SB_LOCAL | SB_FAST,
	.probe = rndr_probe,
	.read = rndr_read,
	.stop = rndr_stop,
};
SB_DRIVER(sb_aarch64_rndr);

/* Not SB_FAST: "likely to be significantly slower" than RNDR, and no document says how slow. */
const struct sb_driver sb_aarch64_rndrrs = {
	.name = "aarch64-rndrrs",
	.entropy = 2048,
	.width = 8,
	.flags = SB_CONDITIONED | SB_LOCAL,
	.probe = rndr_probe,
	.read = rndrrs_read,
	.stop = rndr_stop,
};
SB_DRIVER(sb_aarch64_rndrrs);
