/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_versal.h"
#include "trng.h"

/* Versal ACAP Register Reference (AM012), module TRNG. */
#define TRNG_VERSAL_STATUS 0x04
#define TRNG_VERSAL_STATUS_DONE (1u << 0)
#define TRNG_VERSAL_STATUS_FAILED 0xau /* CERTF, DTF */
#define TRNG_VERSAL_STATUS_WORDS 0xe00u
#define TRNG_VERSAL_STATUS_FOUR 0x800u
#define TRNG_VERSAL_CONTROL 0x08
#define TRNG_VERSAL_CONTROL_RESET (1u << 0)
#define TRNG_VERSAL_CONTROL_OSCILLATORS (1u << 2) /* TRSSEN: they give the seed */
#define TRNG_VERSAL_CONTROL_START (1u << 5)
#define TRNG_VERSAL_CONTROL_GENERATE (1u << 7) /* PRNGMODE; 0: seed */
#define TRNG_VERSAL_OUTPUT 0xc0
#define TRNG_VERSAL_RESET 0xd0
#define TRNG_VERSAL_OSCILLATORS 0xd4

#define TRNG_VERSAL_BURST 4    /* words that STATUS.QCNT announces at once */
#define TRNG_VERSAL_REQUEST 32 /* bytes of one request to the generator */

static uint32_t trng_versal_status(uintptr_t base)
{
	return sb_io_read32(base + TRNG_VERSAL_STATUS);
}

static void trng_versal_control(uintptr_t base, uint32_t value)
{
	sb_io_write32(base + TRNG_VERSAL_CONTROL, value);
}

static void trng_versal_hold(uintptr_t base)
{
	for (uint32_t looks = 0; looks < SB_TRNG_VERSAL_RESET; looks++)
		(void)trng_versal_status(base);
}

/* The generator forgets its seed, its words and its flags. */
static void trng_versal_clear(uintptr_t base)
{
	trng_versal_control(base, TRNG_VERSAL_CONTROL_RESET);
	trng_versal_hold(base);
	trng_versal_control(base, TRNG_VERSAL_CONTROL_OSCILLATORS);
}

static void trng_versal_stop(void *ctx)
{
	uintptr_t base = ((const struct sb_trng_versal_state *)ctx)->base;

	if (!base)
		return;
	sb_io_write32(base + TRNG_VERSAL_OSCILLATORS, 0);
	trng_versal_control(base, TRNG_VERSAL_CONTROL_RESET);
	sb_io_write32(base + TRNG_VERSAL_RESET, 1);
}

static int trng_versal_probe(void *ctx)
{
	uintptr_t base = ((const struct sb_trng_versal_state *)ctx)->base;

	if (!base)
		return SB_ENODEV;
	trng_versal_stop(ctx);
	trng_versal_hold(base);
	sb_io_write32(base + TRNG_VERSAL_RESET, 0);
	sb_io_write32(base + TRNG_VERSAL_OSCILLATORS, 1);
	trng_versal_clear(base);
	return sb_io_read32(base + TRNG_VERSAL_CONTROL) == TRNG_VERSAL_CONTROL_OSCILLATORS
		       ? SB_OK
		       : SB_ENODEV;
}

/* Until the bits are as wanted. A failure is looked for first. */
static int trng_versal_wait(uintptr_t base, uint32_t bits, uint32_t wanted)
{
	for (uint32_t polls = 0; polls < SB_TRNG_VERSAL_POLLS; polls++) {
		uint32_t status = trng_versal_status(base);

		if (status & TRNG_VERSAL_STATUS_FAILED)
			return SB_EIO;
		if ((status & bits) == wanted)
			return SB_OK;
	}
	return SB_EAGAIN;
}

/* A test that failed since the last read is not cleared away. */
static int trng_versal_seed(uintptr_t base)
{
	if (trng_versal_status(base) & TRNG_VERSAL_STATUS_FAILED)
		return SB_EIO;
	trng_versal_clear(base);
	trng_versal_control(base, TRNG_VERSAL_CONTROL_OSCILLATORS | TRNG_VERSAL_CONTROL_START);
	return trng_versal_wait(base, TRNG_VERSAL_STATUS_DONE, TRNG_VERSAL_STATUS_DONE);
}

static int trng_versal_read(void *ctx, uint8_t *buf, size_t len)
{
	uintptr_t base = ((const struct sb_trng_versal_state *)ctx)->base;
	int result = trng_versal_seed(base);
	size_t n = 0;

	if (result != SB_OK)
		return result;
	if (len > TRNG_VERSAL_REQUEST)
		len = TRNG_VERSAL_REQUEST;
	trng_versal_control(base, TRNG_VERSAL_CONTROL_OSCILLATORS);
	trng_versal_control(base, TRNG_VERSAL_CONTROL_OSCILLATORS | TRNG_VERSAL_CONTROL_GENERATE |
					  TRNG_VERSAL_CONTROL_START);
	while (n < len) {
		result = trng_versal_wait(base, TRNG_VERSAL_STATUS_WORDS, TRNG_VERSAL_STATUS_FOUR);
		if (result != SB_OK)
			return result;
		for (unsigned i = 0; i < TRNG_VERSAL_BURST; i++)
			n = trng_word(buf, n, len, sb_io_read32(base + TRNG_VERSAL_OUTPUT));
	}
	trng_versal_control(base, TRNG_VERSAL_CONTROL_OSCILLATORS);
	return (int)n;
}

const struct sb_driver sb_trng_versal = {
	.name = "versal-trng",
	SB_ASSESSED(1024, 4),
	.flags = SB_CONDITIONED,
	.probe = trng_versal_probe,
	.read = trng_versal_read,
	.stop = trng_versal_stop,
};
SB_DRIVER(sb_trng_versal);
