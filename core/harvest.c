/* SPDX-License-Identifier: BSD-2-Clause */
/* The rounds that an event loop makes on its own. */
#include "core.h"

/*
 * The loop calls it, so it takes the lock: another task may be inside
 * seedbed_random.
 */
static void harvest_run(void *ctx)
{
	struct seedbed *s = ctx;
	const struct sb_hal *hal = s->hal;
	int result;

	if (hal != s->hooked)
		return; /* after a flip: hal may be no table */
	if (hal->enter)
		hal->enter();
	result = seedbed_gather(s);
	if (hal->leave)
		hal->leave();
	(void)result; /* the next seedbed_read tells it */
}

void sb_harvest(struct seedbed *s)
{
	s->hook.run = harvest_run;
	s->hook.ctx = s;
	s->hooked = s->hal;
	sb_loop_add(s->hal->loop->hooks, &s->hook);
}
SB_OWN(sb_harvest);
