/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_imx_rngc.h"
#include "trng.h"

/* K60 Sub-Family Reference Manual, section 33.3. */
#define TRNG_IMX_RNGC_VERSION 0x00
#define TRNG_IMX_RNGC_VERSION_TYPE 28
#define TRNG_IMX_RNGC_TYPE_B 1u
#define TRNG_IMX_RNGC_TYPE_C 2u
#define TRNG_IMX_RNGC_COMMAND 0x04
#define TRNG_IMX_RNGC_SELF_TEST (1u << 0)
#define TRNG_IMX_RNGC_SEED (1u << 1)
#define TRNG_IMX_RNGC_CLEAR (3u << 4) /* interrupt and error */
#define TRNG_IMX_RNGC_RESET (1u << 6)
#define TRNG_IMX_RNGC_CONTROL 0x08
#define TRNG_IMX_RNGC_CONTROL_MASK (3u << 5) /* no interrupt, no automatic seed */
#define TRNG_IMX_RNGC_STATUS 0x0c
#define TRNG_IMX_RNGC_STATUS_BUSY (1u << 1)
#define TRNG_IMX_RNGC_STATUS_TESTED (1u << 4)
#define TRNG_IMX_RNGC_STATUS_SEEDED (1u << 5)
#define TRNG_IMX_RNGC_STATUS_LEVEL(status) ((status) >> 8 & 15u)
#define TRNG_IMX_RNGC_STATUS_ERROR (1u << 16)
#define TRNG_IMX_RNGC_ERROR 0x10
#define TRNG_IMX_RNGC_ERROR_STATISTICS (1u << 3)
#define TRNG_IMX_RNGC_FIFO 0x14

#define TRNG_IMX_RNGC_NUMBER 20 /* bytes that one run of SHA-1 gives */

static uint32_t trng_imx_rngc_get(const struct sb_trng_imx_rngc_state *state, uintptr_t at)
{
	return sb_io_read32(state->base + at);
}

static void trng_imx_rngc_command(const struct sb_trng_imx_rngc_state *state, uint32_t command)
{
	sb_io_write32(state->base + TRNG_IMX_RNGC_COMMAND, command);
}

/*
 * Nonzero once no command runs. A command bit clears itself at the end. It is
 * looked at too, since BUSY may come late.
 */
static int trng_imx_rngc_idle(const struct sb_trng_imx_rngc_state *state)
{
	for (uint32_t polls = 0; polls < SB_TRNG_IMX_RNGC_POLLS; polls++)
		if (!(trng_imx_rngc_get(state, TRNG_IMX_RNGC_COMMAND) &
		      (TRNG_IMX_RNGC_SELF_TEST | TRNG_IMX_RNGC_SEED | TRNG_IMX_RNGC_RESET)) &&
		    !(trng_imx_rngc_get(state, TRNG_IMX_RNGC_STATUS) & TRNG_IMX_RNGC_STATUS_BUSY))
			return 1;
	return 0;
}

static void trng_imx_rngc_stop(void *ctx)
{
	struct sb_trng_imx_rngc_state *state = ctx;

	trng_imx_rngc_command(state, TRNG_IMX_RNGC_RESET);
	state->pending = state->failed = 0;
}

/* The answer is looked for by read. */
static void trng_imx_rngc_ask(struct sb_trng_imx_rngc_state *state, uint8_t command)
{
	trng_imx_rngc_command(state, TRNG_IMX_RNGC_CLEAR);
	trng_imx_rngc_command(state, command);
	state->pending = command;
}

static int trng_imx_rngc_probe(void *ctx)
{
	struct sb_trng_imx_rngc_state *state = ctx;
	uint32_t type =
		trng_imx_rngc_get(state, TRNG_IMX_RNGC_VERSION) >> TRNG_IMX_RNGC_VERSION_TYPE;

	if (type != TRNG_IMX_RNGC_TYPE_B && type != TRNG_IMX_RNGC_TYPE_C)
		return SB_ENODEV;
	trng_imx_rngc_stop(state);
	if (!trng_imx_rngc_idle(state))
		return SB_EIO;
	sb_io_write32(state->base + TRNG_IMX_RNGC_CONTROL, TRNG_IMX_RNGC_CONTROL_MASK);
	trng_imx_rngc_ask(state, TRNG_IMX_RNGC_SELF_TEST);
	return SB_OK;
}

/* Statistics alone may fail now and then. */
static int trng_imx_rngc_error(struct sb_trng_imx_rngc_state *state)
{
	return trng_imx_rngc_get(state, TRNG_IMX_RNGC_ERROR) == TRNG_IMX_RNGC_ERROR_STATISTICS &&
			       ++state->failed < SB_TRNG_IMX_RNGC_SEEDS
		       ? SB_EAGAIN
		       : SB_EIO;
}

/* SB_OK: the unit has a fresh seed. */
static int trng_imx_rngc_seed(struct sb_trng_imx_rngc_state *state)
{
	uint32_t status, done;

	if (!state->pending)
		trng_imx_rngc_ask(state, TRNG_IMX_RNGC_SEED);
	if (!trng_imx_rngc_idle(state))
		return SB_EAGAIN;
	done = state->pending == TRNG_IMX_RNGC_SEED ? TRNG_IMX_RNGC_STATUS_SEEDED
						    : TRNG_IMX_RNGC_STATUS_TESTED;
	state->pending = 0;
	status = trng_imx_rngc_get(state, TRNG_IMX_RNGC_STATUS);
	if (status & TRNG_IMX_RNGC_STATUS_ERROR)
		return trng_imx_rngc_error(state);
	if (!(status & done))
		return SB_EIO;
	if (done == TRNG_IMX_RNGC_STATUS_TESTED)
		return SB_EAGAIN;
	state->failed = 0;
	return SB_OK;
}

/* The unit sleeps while its FIFO has words, so what it has was made of the
   seed before. */
static void trng_imx_rngc_drop(const struct sb_trng_imx_rngc_state *state)
{
	uint32_t left = TRNG_IMX_RNGC_STATUS_LEVEL(trng_imx_rngc_get(state, TRNG_IMX_RNGC_STATUS));

	for (; left; left--)
		(void)trng_imx_rngc_get(state, TRNG_IMX_RNGC_FIFO);
}

static int trng_imx_rngc_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_trng_imx_rngc_state *state = ctx;
	int result = trng_imx_rngc_seed(state);
	size_t n = 0;

	if (result != SB_OK)
		return result;
	trng_imx_rngc_drop(state);
	if (len > TRNG_IMX_RNGC_NUMBER)
		len = TRNG_IMX_RNGC_NUMBER;
	for (uint32_t polls = 0; n < len && polls < SB_TRNG_IMX_RNGC_POLLS; polls++) {
		uint32_t status = trng_imx_rngc_get(state, TRNG_IMX_RNGC_STATUS);

		if (status & TRNG_IMX_RNGC_STATUS_ERROR)
			return SB_EIO;
		if (TRNG_IMX_RNGC_STATUS_LEVEL(status))
			n = trng_word(buf, n, len, trng_imx_rngc_get(state, TRNG_IMX_RNGC_FIFO));
	}
	return n ? (int)n : SB_EAGAIN;
}

const struct sb_driver sb_trng_imx_rngc = {
	.name = "imx-rngc",
	SB_ASSESSED(1024, 4),
	.flags = SB_CONDITIONED,
	.probe = trng_imx_rngc_probe,
	.read = trng_imx_rngc_read,
	.stop = trng_imx_rngc_stop,
};
SB_DRIVER(sb_trng_imx_rngc);
