/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

/* ID_AA64ISAR0_EL1.RNDR. If it is 0, neither register exists (Arm ARM, DDI
   0487, section D19.2). */
#define RNDR_ISAR0_SHIFT 60

/* The encodings of the registers, for assemblers that do not know ARMv8.5. */
#define RNDR_RNDR "s3_3_c2_c4_0"
#define RNDR_RNDRRS "s3_3_c2_c4_1"

/* The read sets NZCV: 0000 with a number, 0100 (Z) without. Only that tells
   success, since zero is a legal number. It is one asm, so that no other
   instruction changes the flags. */
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
	(void)ctx; /* nothing is buffered, nothing is powered */
}

/* The output of a DRBG looks full with any seed. The health tests look for
   broken hardware; the credit is in SB_AARCH64_RNDR and SB_AARCH64_RNDRRS. */
const struct sb_driver sb_aarch64_rndr = {
	.name = "aarch64-rndr",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL | SB_FAST,
	.probe = rndr_probe,
	.read = rndr_read,
	.stop = rndr_stop,
};
SB_DRIVER(sb_aarch64_rndr);

/* It is not SB_FAST, because it is "likely to be significantly slower" than
   RNDR, and no document says how slow. */
const struct sb_driver sb_aarch64_rndrrs = {
	.name = "aarch64-rndrrs",
	SB_ASSESSED(2048, 8),
	.flags = SB_CONDITIONED | SB_LOCAL,
	.probe = rndr_probe,
	.read = rndrrs_read,
	.stop = rndr_stop,
};
SB_DRIVER(sb_aarch64_rndrrs);
