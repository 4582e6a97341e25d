/* SPDX-License-Identifier: BSD-2-Clause */
#include "lwip_buffered.h"
#include "seedbed_buffer.h"

static struct seedbed_buffer lwip_buffer;

uint32_t seedbed_lwip_rand_buffered(void)
{
	uint32_t word;
	int result;

	if (sb_platform.enter)
		sb_platform.enter();
	result = seedbed_buffer_read(&lwip_buffer, seedbed_shared(), &word, sizeof word);
	if (sb_platform.leave)
		sb_platform.leave();
	return result == SB_OK ? word : seedbed_lwip_rand();
}
SB_OWN(seedbed_lwip_rand_buffered);
