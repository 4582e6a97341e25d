/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an event loop is for: rounds of its own, and a clock. The other files
 * come here by the pointer that the board's loop has.
 */
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

static void harvest_start(struct seedbed *s)
{
	s->hook.run = harvest_run;
	s->hook.ctx = s;
	s->hooked = s->hal;
	sb_loop_add(s->hal->loop->hooks, &s->hook);
}

static void harvest_stop(struct seedbed *s)
{
	sb_loop_remove(s->hal->loop->hooks, &s->hook);
}

/*
 * A source that answers is waited for by the clock. The bound in rounds is for
 * a clock that stands still, or jumps back again and again. If it jumps
 * forward, or the caller pauses, each source is still asked a few times.
 */
static int harvest_stalled(struct seedbed *s)
{
	uint64_t now = s->hal->loop->now();

	if (s->fruitless <= 1 || now < s->since)
		s->since = now;
	return s->fruitless >= SB_PATIENCE_ROUNDS ||
	       (s->fruitless >= SB_ROUNDS_HEARD && now - s->since >= SB_PATIENCE_NS);
}

const struct sb_harvest sb_harvest = {
	.start = harvest_start,
	.stop = harvest_stop,
	.stalled = harvest_stalled,
};
SB_OWN(sb_harvest);
