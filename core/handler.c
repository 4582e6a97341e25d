/* SPDX-License-Identifier: BSD-2-Clause */
/* Entropy for a dependent's own accumulator. A handler knows the bytes it is given, so they are draws of their own and earn nothing here. */
#include "core.h"

#define HANDLER_DRAW 32

void sb_handler_give(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len)
{
	for (struct seedbed_handler *h = s->handlers; h; h = h->next)
		h->take(h->ctx, source, bytes, len);
}
SB_OWN(sb_handler_give);

void sb_handler_feed(struct seedbed *s, size_t i)
{
	uint8_t buf[HANDLER_DRAW];
	int n = sb_source_draw(s, i, buf, sizeof buf);

	if (n > 0) {
		sb_pool_mix(s, SB_FRAME_HANDLER, i, buf, (size_t)n);
		sb_handler_give(s, i, buf, (size_t)n);
	}
	sb_wipe(buf, sizeof buf);
}
SB_OWN(sb_handler_feed);

void sb_handler_burst(struct seedbed *s)
{
	for (size_t i = 0; s->handlers && i < s->hal->source_count; i++)
		sb_handler_feed(s, i);
}
SB_OWN(sb_handler_burst);

static struct seedbed_handler **handler_find(struct seedbed *s, const struct seedbed_handler *h)
{
	struct seedbed_handler **at = &s->handlers;

	while (*at && *at != h)
		at = &(*at)->next;
	return at;
}

int seedbed_add_handler(struct seedbed *s, struct seedbed_handler *h)
{
	int result = h && h->take ? sb_enter(s) : SB_EINVAL;

	if (result != SB_OK)
		return result;
	if (*handler_find(s, h))
		return sb_leave(s, SB_EINVAL);
	h->next = s->handlers;
	s->handlers = h;
	(void)sb_gather_epoch(s); /* what a source buffered before a clone is not for a handler */
	if (sb_serving(s)) {
		sb_handler_burst(s);
		(void)sb_gather_settle(s); /* an alarm may have been among its draws */
	}
	return sb_leave(s, SB_OK);
}
SB_OWN(seedbed_add_handler);

int seedbed_remove_handler(struct seedbed *s, struct seedbed_handler *h)
{
	struct seedbed_handler **at;
	int result = h ? sb_enter(s) : SB_EINVAL;

	if (result != SB_OK)
		return result;
	at = handler_find(s, h);
	if (!*at)
		return sb_leave(s, SB_EINVAL);
	*at = h->next;
	return sb_leave(s, SB_OK);
}
SB_OWN(seedbed_remove_handler);
