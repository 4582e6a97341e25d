/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_mcux.h"
#include "trng.h"

/* K82 Sub-Family Reference Manual, chapter TRNG, MCTL and ENT0 to ENT15.
   OSC2_FAIL is in newer parts alone. */
#define TRNG_MCUX_MCTL 0x00
#define TRNG_MCUX_OSC_DIV(n) ((uint32_t)(n) << 2)
#define TRNG_MCUX_ACC (1u << 5)
#define TRNG_MCUX_RST_DEF (1u << 6)
#define TRNG_MCUX_ENT_VAL (1u << 10)
#define TRNG_MCUX_ERR (1u << 12) /* writing 1 clears it */
#define TRNG_MCUX_TSTOP_OK (1u << 13)
#define TRNG_MCUX_OSC2_FAIL (1u << 15)
#define TRNG_MCUX_PRGM (1u << 16)
#define TRNG_MCUX_RAW 1u /* SAMP_MODE after a reset */
#define TRNG_MCUX_ENT 0x40
#define TRNG_MCUX_WORDS 16

static uint32_t trng_mcux_get(const struct sb_trng_mcux_state *state, uint32_t at)
{
	return sb_io_read32(state->base + at);
}

/* MCTL, the only register that is written, is the first one. */
static void trng_mcux_set(const struct sb_trng_mcux_state *state, uint32_t mctl)
{
	sb_io_write32(state->base, mctl);
}

/* The word that comes next. After the last one the unit makes new ones, and one
   more read of ENT0 is NXP's way round a defect there. */
static uint32_t trng_mcux_take(struct sb_trng_mcux_state *state)
{
	uint32_t word = trng_mcux_get(state, TRNG_MCUX_ENT + 4u * state->next);

	if (++state->next == TRNG_MCUX_WORDS) {
		state->next = 0;
		(void)trng_mcux_get(state, TRNG_MCUX_ENT);
	}
	return word;
}

/* New words, whatever there is. */
static void trng_mcux_renew(struct sb_trng_mcux_state *state)
{
	state->next = TRNG_MCUX_WORDS - 1;
	(void)trng_mcux_take(state);
}

static uint32_t trng_mcux_mode(const struct sb_trng_mcux_state *state)
{
	uint32_t mode = TRNG_MCUX_RAW | TRNG_MCUX_OSC_DIV(state->divider);

	return state->access ? mode | TRNG_MCUX_ACC : mode;
}

/* The mode can be written in program mode alone. */
static int trng_mcux_probe(void *ctx)
{
	struct sb_trng_mcux_state *state = ctx;
	uint32_t mode = trng_mcux_mode(state), mctl;

	trng_mcux_set(state, TRNG_MCUX_PRGM | TRNG_MCUX_RST_DEF | TRNG_MCUX_ERR);
	mctl = trng_mcux_get(state, TRNG_MCUX_MCTL);
	if (!mctl)
		return SB_ENODEV;
	if (!(mctl & TRNG_MCUX_PRGM))
		return SB_EUNFIT;
	trng_mcux_set(state, TRNG_MCUX_PRGM | mode);
	trng_mcux_set(state, mode);
	trng_mcux_renew(state);
	state->started = 0;
	state->first = 0;
	return SB_OK;
}

static int trng_mcux_failed(struct sb_trng_mcux_state *state, uint32_t mctl)
{
	if (state->started || mctl & TRNG_MCUX_OSC2_FAIL)
		return SB_EIO;
	state->started = 1;
	trng_mcux_set(state, trng_mcux_mode(state) | TRNG_MCUX_ERR);
	trng_mcux_renew(state);
	return SB_EAGAIN;
}

/* The first word of a generation is never that of the one before: FIPS 140-2,
   section 4.9.2. */
static int trng_mcux_repeats(struct sb_trng_mcux_state *state, uint32_t word)
{
	uint32_t before = state->first;

	state->first = word;
	return word == before;
}

/* The status is looked at before each word. */
static int trng_mcux_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_trng_mcux_state *state = ctx;
	size_t n = 0;

	for (uint32_t polls = 0; n < len && polls < SB_TRNG_MCUX_POLLS; polls++) {
		uint32_t mctl = trng_mcux_get(state, TRNG_MCUX_MCTL), word;
		int begins;

		if (mctl & (TRNG_MCUX_ERR | TRNG_MCUX_OSC2_FAIL))
			return trng_mcux_failed(state, mctl);
		if (!(mctl & TRNG_MCUX_ENT_VAL))
			continue;
		state->started = 1;
		begins = state->next == 0;
		word = trng_mcux_take(state);
		if (begins && trng_mcux_repeats(state, word))
			return SB_EIO;
		n = trng_word(buf, n, len, word);
	}
	return n ? (int)n : SB_EAGAIN;
}

static void trng_mcux_stop(void *ctx)
{
	struct sb_trng_mcux_state *state = ctx;

	state->first = 0;
	trng_mcux_set(state, TRNG_MCUX_PRGM | TRNG_MCUX_RST_DEF | TRNG_MCUX_ERR);
	for (uint32_t polls = 0; polls < SB_TRNG_MCUX_STOP_POLLS; polls++)
		if (trng_mcux_get(state, TRNG_MCUX_MCTL) & TRNG_MCUX_TSTOP_OK)
			return;
}

const struct sb_driver sb_trng_mcux = {
	.name = "mcux-trng",
	SB_ASSESSED(1024, 4),
	.flags = SB_CONDITIONED,
	.probe = trng_mcux_probe,
	.read = trng_mcux_read,
	.stop = trng_mcux_stop,
};
SB_DRIVER(sb_trng_mcux);
