/* SPDX-License-Identifier: BSD-2-Clause */
#include "lwip/debug.h"
#include "lwip/err.h"
#include "lwip.h"
#include "seedbed.h"

/*
 * Calls for one number. They matter if a clone is noticed while lwIP works and
 * a slow device must answer first. With a device that answers slowly they are
 * up to 64000 rounds. With one that never does they are about 1250: the first
 * four calls go on for 64 rounds each, and each later one for the round that
 * says STALLED.
 */
#define LWIP_RAND_TRIES 1000

uint32_t seedbed_lwip_rand(void)
{
	uint32_t word = 0;
	int result = SB_EAGAIN;

	for (int i = 0; i < LWIP_RAND_TRIES && result != SB_OK; i++)
		result = seedbed_random(&word, sizeof word);
	if (result != SB_OK) {
		LWIP_PLATFORM_ASSERT("seedbed refused, and LWIP_RAND cannot");
		__builtin_trap();
	}
	return word;
}
SB_OWN(seedbed_lwip_rand);

int seedbed_lwip_ready(void)
{
	uint8_t byte;
	int result = seedbed_random(&byte, sizeof byte);

	return result == SB_OK ? ERR_OK : result == SB_EAGAIN ? ERR_WOULDBLOCK : ERR_IF;
}
SB_OWN(seedbed_lwip_ready);
