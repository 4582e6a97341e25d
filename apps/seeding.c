/* SPDX-License-Identifier: BSD-2-Clause */
#include "seeding.h"

#define SEEDING_ROUNDS_MAX 1500
#define SEEDING_WAIT_MS 20

int seeding_start(struct seedbed *s)
{
	int result = seedbed_selftest();

	return result == SB_OK ? seedbed_init(s, &sb_platform) : result;
}

void seeding_wait(uint32_t ms)
{
	const struct sb_loop *loop = sb_platform.loop;

	if (loop)
		loop->wait(loop->now() + ms * 1000000u);
}

int seeding_rounds(struct seedbed *s)
{
	uint32_t bits = seedbed_status(s).bits;
	int result = seedbed_gather(s);

	for (int round = 1; round < SEEDING_ROUNDS_MAX && result == SB_EAGAIN; round++) {
		uint32_t now = seedbed_status(s).bits;

		if (now == bits)
			seeding_wait(SEEDING_WAIT_MS);
		bits = now;
		result = seedbed_gather(s);
	}
	return result;
}
