/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_solo5.h"
#include "solo5_abi.h"

/* In ns. spt and hvt would accept any deadline, and sleep until it. */
#define YIELD_MAX 500000000u

static struct sb_hook *yield_hooks;

void (*sb_solo5_ready)(uint64_t handles);
SB_OWN(sb_solo5_ready);

static void yield_wait(uint64_t deadline)
{
	uint64_t now, handles = 0;

	sb_loop_run(yield_hooks);
	now = solo5_clock_monotonic();
	if (deadline > now && deadline - now > YIELD_MAX)
		deadline = now + YIELD_MAX;
	solo5_yield(deadline, &handles);
	if (handles && sb_solo5_ready)
		sb_solo5_ready(handles);
}

const struct sb_loop sb_solo5_loop = {
	.now = solo5_clock_monotonic,
	.wait = yield_wait,
	.hooks = &yield_hooks,
	.harvest = &sb_harvest,
};
SB_OWN(sb_solo5_loop);
