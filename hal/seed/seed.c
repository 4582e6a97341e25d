/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_seed.h"

static int seed_probe(void *ctx)
{
	const struct sb_seed_state *seed = ctx;

	return seed->at && seed->len ? SB_OK : SB_ENODEV;
}

static int seed_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_seed_state *seed = ctx;
	/* volatile: the memory outlives the program, so the erasing stores must
	   happen */
	volatile uint8_t *from = seed->at;
	size_t n = 0;

	if (!seed->at || !seed->len)
		return SB_ENODEV;
	for (; n < len && seed->len; n++, seed->at++, seed->len--) {
		buf[n] = *from;
		*from++ = 0;
	}
	return (int)n;
}

static void seed_stop(void *ctx)
{
	struct sb_seed_state *seed = ctx;
	volatile uint8_t *from = seed->at;

	for (; from && seed->len; seed->len--)
		*from++ = 0;
}

const struct sb_driver sb_seed = {
	.name = "board-seed",
	SB_ASSESSED(2048, 1),
	.flags = SB_SEED,
	.probe = seed_probe,
	.read = seed_read,
	.stop = seed_stop,
};
SB_DRIVER(sb_seed);

/* The same for a seed that the host or hypervisor made, and so knows. */
const struct sb_driver sb_seed_host = {
	.name = "host-seed",
	SB_ASSESSED(2048, 1),
	.flags = SB_SEED | SB_HOST,
	.probe = seed_probe,
	.read = seed_read,
	.stop = seed_stop,
};
SB_DRIVER(sb_seed_host);
