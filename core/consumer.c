/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entropy for accumulators outside of the instance. A consumer knows the bytes
 * that it is given. So they are draws of their own and earn nothing here.
 *
 * The other files come here by sb_consumers, through the pointer that
 * seedbed_add_consumer leaves in each consumer. An image that adds none links
 * nothing of this file.
 */
#include "core.h"

#define CONSUMER_DRAW 32

static void consumer_give(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len)
{
	for (struct seedbed_consumer *c = s->consumers; c; c = c->next)
		c->take(c->ctx, source, bytes, len);
}

/* One draw from source i, if it is live. */
static void consumer_feed(struct seedbed *s, size_t i)
{
	uint8_t buf[CONSUMER_DRAW];
	int n = sb_source_draw(s, i, buf, sizeof buf);

	if (n > 0) {
		sb_pool_mix(s, SB_FRAME_CONSUMER, i, buf, (size_t)n);
		consumer_give(s, i, buf, (size_t)n);
	}
	sb_wipe(buf, sizeof buf);
}

static void consumer_serve(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len)
{
	if (bytes)
		consumer_give(s, source, bytes, len);
	else if (source != SB_EVERY_SOURCE)
		consumer_feed(s, source);
	else
		for (size_t i = 0; i < s->hal->source_count; i++)
			consumer_feed(s, i);
}

/* Where it stands in the list, or the end of the list. */
static struct seedbed_consumer **consumer_find(struct seedbed *s,
					       const struct seedbed_consumer *consumer)
{
	struct seedbed_consumer **at = &s->consumers;

	while (*at && *at != consumer)
		at = &(*at)->next;
	return at;
}

static int consumer_add(struct seedbed *s, struct seedbed_consumer *consumer)
{
	if (*consumer_find(s, consumer))
		return SB_EINVAL;
	consumer->next = s->consumers;
	consumer->serve = consumer_serve;
	s->consumers = consumer;
	/* No consumer gets what a source buffered before a clone. */
	(void)sb_gather_epoch(s);
	if (sb_serving(s)) {
		consumer_serve(s, SB_EVERY_SOURCE, NULL, 0);
		(void)sb_gather_settle(s); /* a draw may raise an alarm */
	}
	return SB_OK;
}

int seedbed_add_consumer(struct seedbed *s, struct seedbed_consumer *consumer)
{
	int result = consumer && consumer->take ? sb_enter(s) : SB_EINVAL;

	return result == SB_OK ? sb_leave(s, consumer_add(s, consumer)) : result;
}
SB_OWN(seedbed_add_consumer);

int seedbed_remove_consumer(struct seedbed *s, struct seedbed_consumer *consumer)
{
	struct seedbed_consumer **at;
	int result = consumer ? sb_enter(s) : SB_EINVAL;

	if (result != SB_OK)
		return result;
	at = consumer_find(s, consumer);
	if (*at)
		*at = consumer->next;
	else
		result = SB_EINVAL;
	return sb_leave(s, result);
}
SB_OWN(seedbed_remove_consumer);
