/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_stm32.h"
#include "trng.h"

/* RM0456, section "RNG registers". Without a conditioning reset: RM0090,
   section 24.4, CR, SR and DR alone. */
#define TRNG_STM32_CR 0x00
#define TRNG_STM32_CR_RNGEN (1u << 2)
#define TRNG_STM32_CR_CONFIG 0x3ffffff0u
#define TRNG_STM32_CR_CONDRST (1u << 30)
#define TRNG_STM32_SR 0x04
#define TRNG_STM32_SR_DRDY (1u << 0)
#define TRNG_STM32_SR_CECS (1u << 1)
#define TRNG_STM32_SR_SECS (1u << 2)
#define TRNG_STM32_SR_CEIS (1u << 5)
#define TRNG_STM32_SR_SEIS (1u << 6)
#define TRNG_STM32_SEED_ERROR (TRNG_STM32_SR_SECS | TRNG_STM32_SR_SEIS)
#define TRNG_STM32_DR 0x08
#define TRNG_STM32_NSCR 0x0c
#define TRNG_STM32_HTCR 0x10

/* Words that a unit may hold: RM0440, section 26.3.7. */
#define TRNG_STM32_HELD 12

static uint32_t trng_stm32_get(const struct sb_trng_stm32_state *state, uint32_t at)
{
	return sb_io_read32(state->base + at);
}

static void trng_stm32_set(const struct sb_trng_stm32_state *state, uint32_t at, uint32_t value)
{
	sb_io_write32(state->base + at, value);
}

static void trng_stm32_drain(const struct sb_trng_stm32_state *state)
{
	for (unsigned i = 0; i < TRNG_STM32_HELD; i++)
		(void)trng_stm32_get(state, TRNG_STM32_DR);
}

/* Until these bits of a register are 0. */
static int trng_stm32_wait(const struct sb_trng_stm32_state *state, uint32_t at, uint32_t bits)
{
	for (unsigned polls = 0; polls < SB_TRNG_STM32_RESET_POLLS; polls++)
		if (!(trng_stm32_get(state, at) & bits))
			return SB_OK;
	return SB_EIO;
}

/* RM0090, section 24.3.2, and RM0351, section 27.3.7: clear SEIS, then RNGEN
   off and on. RM0440, section 26.3.7: clear SEIS, drain, SEIS stays clear. One
   does not hurt the other. */
static int trng_stm32_start_plain(const struct sb_trng_stm32_state *state)
{
	trng_stm32_set(state, TRNG_STM32_SR, 0);
	trng_stm32_set(state, TRNG_STM32_CR, 0);
	trng_stm32_set(state, TRNG_STM32_CR, TRNG_STM32_CR_RNGEN);
	if (!(trng_stm32_get(state, TRNG_STM32_CR) & TRNG_STM32_CR_RNGEN))
		return SB_ENODEV;
	trng_stm32_drain(state);
	return trng_stm32_get(state, TRNG_STM32_SR) & TRNG_STM32_SR_SEIS ? SB_EIO : SB_OK;
}

/* RM0453, section 22.3.7: CONDRST to 1 and to 0, it reads 0, SEIS is clear,
   SECS ends. The configuration goes with CONDRST (RM0456, CR.CONDRST). */
static int trng_stm32_start_conditioned(const struct sb_trng_stm32_state *state)
{
	const struct sb_trng_stm32_config *config = state->config;
	uint32_t cr = config->cr & TRNG_STM32_CR_CONFIG;

	trng_stm32_set(state, TRNG_STM32_CR, cr | TRNG_STM32_CR_CONDRST);
	if (!(trng_stm32_get(state, TRNG_STM32_CR) & TRNG_STM32_CR_CONDRST))
		return SB_ENODEV;
	if ((trng_stm32_get(state, TRNG_STM32_CR) & TRNG_STM32_CR_CONFIG) != cr)
		return SB_EUNFIT;
	if (config->magic)
		trng_stm32_set(state, TRNG_STM32_HTCR, config->magic);
	trng_stm32_set(state, TRNG_STM32_HTCR, config->htcr);
	if (config->nscr)
		trng_stm32_set(state, TRNG_STM32_NSCR, config->nscr);
	trng_stm32_set(state, TRNG_STM32_CR, cr | TRNG_STM32_CR_RNGEN);
	if (trng_stm32_wait(state, TRNG_STM32_CR, TRNG_STM32_CR_CONDRST) != SB_OK ||
	    trng_stm32_get(state, TRNG_STM32_SR) & TRNG_STM32_SR_SEIS)
		return SB_EIO;
	return trng_stm32_wait(state, TRNG_STM32_SR, TRNG_STM32_SR_SECS);
}

static int trng_stm32_probe(void *ctx)
{
	struct sb_trng_stm32_state *state = ctx;

	state->words = 0;
	return state->config ? trng_stm32_start_conditioned(state) : trng_stm32_start_plain(state);
}

enum trng_stm32_answer { TRNG_STM32_WORD = 1, TRNG_STM32_NONE, TRNG_STM32_SEED, TRNG_STM32_WRONG };

/*
 * One word. With a zero the status is looked at again: a seed error may have
 * come between status and data (RM0453, section 22.3.5). Only the bit of the
 * clock is cleared, since a seed error may come just then: writing 1 there has
 * no effect.
 */
static enum trng_stm32_answer trng_stm32_word(const struct sb_trng_stm32_state *state,
					      uint32_t *word)
{
	int zero = 0;

	for (uint32_t polls = 0; polls < SB_TRNG_STM32_POLLS; polls++) {
		uint32_t sr = trng_stm32_get(state, TRNG_STM32_SR);

		if (sr & TRNG_STM32_SEED_ERROR)
			return TRNG_STM32_SEED;
		if (sr & TRNG_STM32_SR_CEIS)
			trng_stm32_set(state, TRNG_STM32_SR, TRNG_STM32_SR_SEIS);
		if (!(sr & TRNG_STM32_SR_DRDY))
			continue;
		*word = trng_stm32_get(state, TRNG_STM32_DR);
		if (*word)
			return TRNG_STM32_WORD;
		if (zero)
			return TRNG_STM32_WRONG;
		zero = 1;
	}
	return trng_stm32_get(state, TRNG_STM32_SR) & TRNG_STM32_SR_CECS ? TRNG_STM32_WRONG
									 : TRNG_STM32_NONE;
}

static int trng_stm32_recover(struct sb_trng_stm32_state *state)
{
	int sound = state->words == SB_TRNG_STM32_SOUND;

	return trng_stm32_probe(state) == SB_OK && sound ? SB_EAGAIN : SB_EIO;
}

static int trng_stm32_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_trng_stm32_state *state = ctx;
	size_t n = 0;
	uint32_t word = 0;

	while (n < len) {
		enum trng_stm32_answer answer = trng_stm32_word(state, &word);

		if (answer == TRNG_STM32_SEED)
			return trng_stm32_recover(state);
		if (answer == TRNG_STM32_NONE)
			break;
		if (answer == TRNG_STM32_WRONG || word == state->last)
			return SB_EIO;
		state->last = word;
		if (state->words)
			n = trng_word(buf, n, len, word);
		if (state->words < SB_TRNG_STM32_SOUND)
			state->words++;
	}
	return n ? (int)n : SB_EAGAIN;
}

/* With RNGEN off a unit still has words (RM0453, section 22.3.8). */
static void trng_stm32_stop(void *ctx)
{
	struct sb_trng_stm32_state *state = ctx;

	state->last = 0;
	state->words = 0;
	if (state->config) {
		trng_stm32_set(state, TRNG_STM32_CR,
			       (state->config->cr & TRNG_STM32_CR_CONFIG) | TRNG_STM32_CR_CONDRST);
	} else {
		trng_stm32_set(state, TRNG_STM32_CR, 0);
		trng_stm32_drain(state);
	}
}

const struct sb_driver sb_trng_stm32 = {
	.name = "stm32-trng",
	SB_ASSESSED(1024, 4),
	.flags = SB_CONDITIONED,
	.probe = trng_stm32_probe,
	.read = trng_stm32_read,
	.stop = trng_stm32_stop,
};
SB_DRIVER(sb_trng_stm32);
