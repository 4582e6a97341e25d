/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entropy for accumulators outside of the instance. A consumer knows the bytes
 * that it is given. So they are draws of their own and earn nothing here.
 */
#include "core.h"

#define CONSUMER_DRAW 32

void sb_consumer_give(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len)
{
	for (struct seedbed_consumer *c = s->consumers; c; c = c->next)
		c->take(c->ctx, source, bytes, len);
}
SB_OWN(sb_consumer_give);

void sb_consumer_feed(struct seedbed *s, size_t i)
{
	uint8_t buf[CONSUMER_DRAW];
	int n = sb_source_draw(s, i, buf, sizeof buf);

	if (n > 0) {
		sb_pool_mix(s, SB_FRAME_CONSUMER, i, buf, (size_t)n);
		sb_consumer_give(s, i, buf, (size_t)n);
	}
	sb_wipe(buf, sizeof buf);
}
SB_OWN(sb_consumer_feed);

void sb_consumer_burst(struct seedbed *s)
{
	for (size_t i = 0; s->consumers && i < s->hal->source_count; i++)
		sb_consumer_feed(s, i);
}
SB_OWN(sb_consumer_burst);

struct seedbed_consumer **sb_consumer_find(struct seedbed *s,
					   const struct seedbed_consumer *consumer)
{
	struct seedbed_consumer **at = &s->consumers;

	while (*at && *at != consumer)
		at = &(*at)->next;
	return at;
}
SB_OWN(sb_consumer_find);

int seedbed_remove_consumer(struct seedbed *s, struct seedbed_consumer *consumer)
{
	struct seedbed_consumer **at;
	int result = consumer ? sb_enter(s) : SB_EINVAL;

	if (result != SB_OK)
		return result;
	at = sb_consumer_find(s, consumer);
	if (*at)
		*at = consumer->next;
	else
		result = SB_EINVAL;
	return sb_leave(s, result);
}
SB_OWN(seedbed_remove_consumer);
