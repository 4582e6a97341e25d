/* SPDX-License-Identifier: BSD-2-Clause */
/* The random number instruction of Power ISA 3.0B, Book I, section 3.3.9. */
#include "sb_power.h"

/* "In the absence of other guidance" ten attempts (same section). */
#define DARN_TRIES 10
/* The one word that says that there is none. It is never a number. */
#define DARN_ERROR UINT64_MAX

static int darn_take(uint64_t *word)
{
	for (unsigned tries = DARN_TRIES; tries; tries--) {
		*word = sb_power_darn_word();
		if (*word != DARN_ERROR)
			return 1;
	}
	return 0;
}

static int darn_probe(void *ctx)
{
	return ((const struct sb_power_cpu *)ctx)->darn ? SB_OK : SB_ENODEV;
}

/* Low byte first, in both byte orders. */
static int darn_read(void *ctx, uint8_t *buf, size_t len)
{
	uint64_t word;
	volatile uint64_t *forget = &word;
	size_t done = 0;

	(void)ctx;
	while (done < len && darn_take(&word))
		for (unsigned i = 0; i < sizeof word && done < len; i++)
			buf[done++] = (uint8_t)(word >> 8 * i);
	*forget = 0; /* the caller wipes buf, and cannot reach this copy */
	return done ? (int)done : SB_EAGAIN;
}

static void darn_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

/*
 * The health tests look at a word as at least 32 bits: two equal neighbours are
 * an alarm. It is not SB_FAST: no document says how long it takes.
 */
const struct sb_driver sb_power_darn = {
	.name = "power-darn",
	SB_ASSESSED(1024, 8),
	.flags = SB_CONDITIONED | SB_LOCAL,
	.probe = darn_probe,
	.read = darn_read,
	.stop = darn_stop,
};
SB_DRIVER(sb_power_darn);
