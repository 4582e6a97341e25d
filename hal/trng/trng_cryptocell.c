/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_cryptocell.h"
#include "trng.h"

/* RP2350 datasheet, section 12.12, list of registers; nRF5340 Product
   Specification, CC_RNG. */
#define TRNG_CRYPTOCELL_IMR 0x100
#define TRNG_CRYPTOCELL_ISR 0x104
#define TRNG_CRYPTOCELL_ICR 0x108
#define TRNG_CRYPTOCELL_AUTOCORR (1u << 1)
#define TRNG_CRYPTOCELL_ERRORS 0xeu /* and CRNGT_ERR and VN_ERR */
#define TRNG_CRYPTOCELL_ALL 0xfu    /* and EHR_VALID */
#define TRNG_CRYPTOCELL_CONFIG 0x10c
#define TRNG_CRYPTOCELL_EHR 0x114
#define TRNG_CRYPTOCELL_BLOCK 24 /* bytes there */
#define TRNG_CRYPTOCELL_ENABLE 0x12c
#define TRNG_CRYPTOCELL_SAMPLE_CNT 0x130
#define TRNG_CRYPTOCELL_DEBUG 0x138
#define TRNG_CRYPTOCELL_BYPASS 0xeu
#define TRNG_CRYPTOCELL_RESET 0x140
#define TRNG_CRYPTOCELL_RST_BITS 0x1bc

static uint32_t trng_cryptocell_get(const struct sb_trng_cryptocell_state *state, uint32_t at)
{
	return sb_io_read32(state->base + at);
}

static void trng_cryptocell_set(const struct sb_trng_cryptocell_state *state, uint32_t at,
				uint32_t value)
{
	sb_io_write32(state->base + at, value);
}

static void trng_cryptocell_clock(const struct sb_trng_cryptocell_state *state, uint32_t on)
{
	if (state->clock)
		trng_cryptocell_set(state, state->clock, on);
}

/* A reset turns the clock off as well. It has ended when a register keeps what
   is written. */
static int trng_cryptocell_reset(const struct sb_trng_cryptocell_state *state)
{
	trng_cryptocell_clock(state, 1);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_RESET, 1);
	for (unsigned polls = 0; polls < SB_TRNG_CRYPTOCELL_RESET_POLLS; polls++) {
		trng_cryptocell_clock(state, 1);
		trng_cryptocell_set(state, TRNG_CRYPTOCELL_SAMPLE_CNT, state->sample);
		if (trng_cryptocell_get(state, TRNG_CRYPTOCELL_SAMPLE_CNT) == state->sample)
			return SB_OK;
	}
	return SB_ENODEV;
}

static int trng_cryptocell_bypassed(const struct sb_trng_cryptocell_state *state)
{
	return (trng_cryptocell_get(state, TRNG_CRYPTOCELL_DEBUG) & TRNG_CRYPTOCELL_BYPASS) != 0;
}

/* The source is off, as RST_BITS_COUNTER demands. So no bit of ISR is about a
   block that was collected before, however long an interrupt takes here. */
static void trng_cryptocell_collect(const struct sb_trng_cryptocell_state *state)
{
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_RST_BITS, 1);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_ICR, TRNG_CRYPTOCELL_ALL);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_ENABLE, 1);
}

/* From a reset: AUTOCORR_ERR stops the unit until then. */
static int trng_cryptocell_start(const struct sb_trng_cryptocell_state *state)
{
	int result = trng_cryptocell_reset(state);

	if (result != SB_OK)
		return result;
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_ENABLE, 0);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_CONFIG, state->config | state->ring);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_DEBUG, 0);
	if (trng_cryptocell_bypassed(state))
		return SB_EUNFIT;
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_IMR, TRNG_CRYPTOCELL_ALL);
	trng_cryptocell_collect(state);
	return SB_OK;
}

static int trng_cryptocell_probe(void *ctx)
{
	struct sb_trng_cryptocell_state *state = ctx;

	state->failed = state->good = 0;
	return trng_cryptocell_start(state);
}

/* What the unit's own tests refused is dropped with the reset. */
static int trng_cryptocell_refused(struct sb_trng_cryptocell_state *state, uint32_t errors)
{
	if (errors & TRNG_CRYPTOCELL_AUTOCORR)
		state->ring = (state->ring + 1) & 3;
	state->good = 0;
	if (++state->failed == SB_TRNG_CRYPTOCELL_FAILS)
		return SB_EIO;
	return trng_cryptocell_start(state) == SB_OK ? SB_EAGAIN : SB_EIO;
}

static uint32_t trng_cryptocell_wait(const struct sb_trng_cryptocell_state *state)
{
	uint32_t isr = 0;

	for (uint32_t polls = 0; !isr && polls < SB_TRNG_CRYPTOCELL_POLLS; polls++)
		isr = trng_cryptocell_get(state, TRNG_CRYPTOCELL_ISR) & TRNG_CRYPTOCELL_ALL;
	return isr;
}

static int trng_cryptocell_take(const struct sb_trng_cryptocell_state *state, uint8_t *buf,
				size_t len)
{
	size_t n = 0;

	for (uint32_t at = 0; at < TRNG_CRYPTOCELL_BLOCK; at += 4)
		n = trng_word(buf, n, len, trng_cryptocell_get(state, TRNG_CRYPTOCELL_EHR + at));
	return (int)n;
}

/* The errors are looked at after the block as well: one may have come since. */
static int trng_cryptocell_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_trng_cryptocell_state *state = ctx;
	uint32_t isr = trng_cryptocell_wait(state);
	int n;

	if (!isr)
		return SB_EAGAIN;
	if (isr & TRNG_CRYPTOCELL_ERRORS)
		return trng_cryptocell_refused(state, isr);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_ENABLE, 0);
	n = trng_cryptocell_take(state, buf, len);
	isr = trng_cryptocell_get(state, TRNG_CRYPTOCELL_ISR);
	if (isr & TRNG_CRYPTOCELL_ERRORS)
		return trng_cryptocell_refused(state, isr);
	if (trng_cryptocell_bypassed(state))
		return SB_EIO;
	trng_cryptocell_collect(state);
	if (++state->good == SB_TRNG_CRYPTOCELL_GOOD)
		state->good = state->failed = 0;
	return n;
}

static void trng_cryptocell_stop(void *ctx)
{
	const struct sb_trng_cryptocell_state *state = ctx;

	trng_cryptocell_clock(state, 1);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_ENABLE, 0);
	trng_cryptocell_set(state, TRNG_CRYPTOCELL_RESET, 1);
	trng_cryptocell_clock(state, 0);
}

const struct sb_driver sb_trng_cryptocell = {
	.name = "cryptocell-trng",
	SB_ASSESSED(1024, 1),
	.flags = SB_NOISE,
	.probe = trng_cryptocell_probe,
	.read = trng_cryptocell_read,
	.stop = trng_cryptocell_stop,
};
SB_DRIVER(sb_trng_cryptocell);
