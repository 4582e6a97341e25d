/* SPDX-License-Identifier: BSD-2-Clause */
#include <nettle/yarrow.h>
#include "turns.h"

static int nettle_make(void *ctx, uint8_t *out, size_t len)
{
	yarrow256_random(ctx, len, out);
	return 0;
}

int main(void)
{
	static struct yarrow256_ctx yarrow;
	uint8_t seed[YARROW256_SEED_FILE_SIZE];

	yarrow256_init(&yarrow, 0, NULL);
	if (turns_seed(seed, sizeof seed))
		return 1;
	yarrow256_seed(&yarrow, sizeof seed, seed);
	turns_has("nettle Yarrow", nettle_make, &yarrow);
	return turns_serve();
}
