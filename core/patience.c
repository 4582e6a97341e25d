/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * A source that answers is waited for by the clock. The bound in rounds is for
 * a clock that stands still, or jumps back again and again. If it jumps
 * forward, or the caller pauses, each source is still asked a few times. A
 * child has no clock: its loop may be on another CPU.
 */
int sb_patience_over(struct seedbed *s, int coming)
{
	uint64_t now;

	if (!coming || !s->hal->loop || s->child)
		return s->fruitless >= SB_FRUITLESS_MAX;
	now = s->hal->loop->now();
	if (s->fruitless <= 1 || now < s->since)
		s->since = now;
	return s->fruitless >= SB_PATIENCE_ROUNDS ||
	       (s->fruitless >= SB_ROUNDS_HEARD && now - s->since >= SB_PATIENCE_NS);
}
SB_OWN(sb_patience_over);
