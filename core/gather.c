/* SPDX-License-Identifier: BSD-2-Clause */
/* From sources to a key: the rounds, the thresholds, and starting over. */
#include "core.h"

/*
 * Chunks a round from a source that takes microseconds. With 11 a DRBG at 1/64
 * bit a byte is done in 48 rounds.
 */
#define GATHER_FAST_ASKS 11

static size_t gather_count(const struct seedbed *s)
{
	return s->hal->source_count;
}

/*
 * Fills id with zeros if there is none, or none that is understood, and returns
 * SB_OK. If there is one that cannot be read: zeros, and the error.
 */
static inline int gather_epoch_read(const struct seedbed *s, uint8_t id[16])
{
	int result = s->hal->epoch ? s->hal->epoch(id) : SB_ENODEV;

	if (result == SB_OK)
		return SB_OK;
	memset(id, 0, 16);
	return result == SB_ENODEV || result == SB_EUNFIT ? SB_OK : result;
}

/*
 * Mixes the id even if a change cannot be told from an error of reading it. It
 * may be all that differs between two clones.
 */
void sb_gather_restart(struct seedbed *s, enum seedbed_reason reason)
{
	(void)gather_epoch_read(s, s->epoch);
	for (size_t i = 0; i < gather_count(s); i++) {
		struct seedbed_slot *slot = &s->slot[i];

		if (slot->state == SEEDBED_USED_UP || slot->reason == SEEDBED_NOT_LOCAL ||
		    (slot->state == SEEDBED_RETIRED && reason != SEEDBED_TOLD)) {
			slot->credit = slot->earned = 0;
			continue;
		}
		sb_source_stop(&s->hal->sources[i], slot, SEEDBED_STARTUP);
		if (s->hal->sources[i].driver->flags & SB_LAST)
			slot->reason = SEEDBED_IN_RESERVE;
		slot->earned = 0;
		if (reason == SEEDBED_TOLD)
			slot->alarms = 0;
	}
	s->distrust = s->hal->distrust ? s->hal->distrust() : 0;
	s->way = sb_stream_choose();
	if (reason != SEEDBED_NO_EPOCH)
		s->fruitless = 0;
	s->generation++;
	sb_pool_mix(s, SB_FRAME_EPOCH, reason, s->epoch, sizeof s->epoch);
	sb_pool_rekey(s);
	sb_state_set(s, SEEDBED_GATHERING, reason);
	sb_consumer_give(s, SEEDBED_FROM_EPOCH, s->epoch, sizeof s->epoch);
}
SB_OWN(sb_gather_restart);

typedef uintptr_t __attribute__((may_alias, aligned(4))) gather_word;

_Static_assert(offsetof(struct seedbed, epoch) % 4 == 0, "words");

/* By words: a read compares twice, and a call of memcmp takes as long again. */
static int gather_same(const struct seedbed *s, const gather_word *id)
{
	const gather_word *epoch = (const void *)s->epoch;
	uintptr_t differ = 0;

	for (size_t i = 0; i < sizeof s->epoch / sizeof *id; i++)
		differ |= id[i] ^ epoch[i];
	return differ == 0;
}

int sb_gather_epoch(struct seedbed *s)
{
	gather_word id[sizeof s->epoch / sizeof(uintptr_t)];
	int result;

	if (!s->hal->epoch)
		return SB_OK;
	result = gather_epoch_read(s, (uint8_t *)id);
	if (result == SB_OK && gather_same(s, id)) {
		/* If it is readable again, the next error is a new change. */
		if (s->reason == SEEDBED_NO_EPOCH)
			s->reason = SEEDBED_CLONED;
		return SB_OK;
	}
	if (result == SB_OK) {
		sb_gather_restart(s, SEEDBED_CLONED);
		return SB_EAGAIN;
	}
	if (s->reason != SEEDBED_NO_EPOCH)
		sb_gather_restart(s, SEEDBED_NO_EPOCH);
	return SB_EIO;
}
SB_OWN(sb_gather_epoch);

/* Of the sources that may be credited here: the best that is left. */
enum gather_hope {
	GATHER_NONE,
	GATHER_SPENT, /* one is used up */
	GATHER_SOME,  /* one may yet earn credit */
	GATHER_COMING /* and has answered since its start */
};

/* All sources together. */
struct gather_sum {
	uint32_t credit; /* 1/256 bit */
	uint8_t unheard, lost;
	uint8_t hope;   /* enum gather_hope */
	uint8_t enough; /* credit for a key, if each source was heard */
};

static void gather_sum(const struct seedbed *s, struct gather_sum *sum)
{
	*sum = (struct gather_sum){ 0, 0, 0, GATHER_NONE, 0 };
	for (size_t i = 0; i < gather_count(s); i++) {
		const struct seedbed_slot *slot = &s->slot[i];
		uint8_t hope;

		if (slot->state >= SEEDBED_LIVE)
			sum->credit += slot->credit;
		if (!sb_source_heard(slot))
			sum->unheard = 1;
		if (sb_source_lost(slot))
			sum->lost = 1;
		if (!sb_source_credit(s, i) || slot->state < SEEDBED_STOPPED)
			continue;
		hope = slot->state == SEEDBED_USED_UP ? GATHER_SPENT
		       : slot->answer                 ? GATHER_COMING
						      : GATHER_SOME;
		if (hope > sum->hope)
			sum->hope = hope;
	}
	sum->enough = sum->credit >=
		      SB_FULL_BITS * (sb_serving(s) ? SEEDBED_RESEED_BITS : SEEDBED_FIRST_BITS);
}

/*
 * A source that answers is waited for by the clock. The bound in rounds is for
 * a clock that stands still, or jumps back again and again. If it jumps
 * forward, or the caller pauses, each source is still asked a few times. A
 * child has no clock: its loop may be on another CPU.
 */
static int gather_stalled(struct seedbed *s, int coming)
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

/* Why there is no output yet, and whether asking again can help. */
static int gather_refuse(struct seedbed *s, const struct gather_sum *sum)
{
	enum seedbed_reason reason = SEEDBED_NEEDS_BITS;
	int result = SB_EAGAIN;

	if (sum->enough) {
		reason = SEEDBED_NEEDS_ROUND;
	} else if (sum->hope < GATHER_SOME) {
		reason = s->child    ? SEEDBED_NEEDS_SPLIT
			 : sum->hope ? SEEDBED_TOO_FEW
				     : SEEDBED_NO_SOURCE;
		result = SB_EIO;
	} else if (gather_stalled(s, sum->hope == GATHER_COMING)) {
		reason = SEEDBED_STALLED;
		result = SB_EIO;
	} else if (s->reason >= SEEDBED_CLONED && s->reason <= SEEDBED_TOLD) {
		reason = (enum seedbed_reason)s->reason; /* NO_EPOCH is between */
	}
	sb_state_set(s, SEEDBED_GATHERING, reason);
	return result;
}

int sb_gather_settle(struct seedbed *s)
{
	struct gather_sum sum;
	int begins = !sb_serving(s);

	gather_sum(s, &sum);
	if (sum.enough && !(s->first && sum.unheard)) {
		for (size_t i = 0; i < gather_count(s); i++)
			s->slot[i].credit = 0;
		sb_pool_rekey(s);
		s->served = 0;
		s->first = 0;
	} else if (begins) {
		return gather_refuse(s, &sum);
	}
	if (begins) {
		sb_consumer_burst(s);
		gather_sum(s, &sum); /* its draws may have raised an alarm */
	}
	if (sum.lost)
		sb_state_set(s, SEEDBED_DEGRADED, SEEDBED_LOST_SOURCE);
	else
		sb_state_set(s, SEEDBED_READY, SEEDBED_NONE);
	return SB_OK;
}
SB_OWN(sb_gather_settle);

/*
 * Nothing more is needed of a source that was heard and is past its start-up,
 * once there are enough bits.
 */
static int gather_has(const struct seedbed *s, size_t i)
{
	const struct seedbed_slot *slot = &s->slot[i];
	struct gather_sum sum;

	gather_sum(s, &sum);
	return slot->state == SEEDBED_LIVE && sb_source_heard(slot) && sum.enough;
}

/* Asks until the round has what it needs of the source, and `least` times. */
static int gather_source(struct seedbed *s, size_t i, int least)
{
	struct seedbed_slot *slot = &s->slot[i];
	unsigned alarms = slot->alarms;
	int asks = s->hal->sources[i].driver->flags & SB_FAST ? GATHER_FAST_ASKS : 1, progress = 0;

	if (slot->asked < SB_ROUNDS_HEARD)
		slot->asked++;
	/* It stops at the first alarm, so that one glitch counts once. */
	while (asks-- && slot->alarms == alarms && (least-- > 0 || !gather_has(s, i)))
		progress |= sb_source_ask(s, i);
	return progress;
}

/* Each is asked, even if the first one gives enough: that one may lie. */
int sb_gather_fast(struct seedbed *s)
{
	for (size_t i = 0; i < gather_count(s); i++)
		if (s->hal->sources[i].driver->flags & SB_FAST)
			gather_source(s, i, 1);
	return sb_gather_settle(s);
}
SB_OWN(sb_gather_fast);

/*
 * When ready: one source a round, in turn. Every other cycle over the sources
 * is of draws for the consumers.
 */
static void gather_turn(struct seedbed *s)
{
	size_t n = gather_count(s), i = s->turn;

	if (i >= 2 * n)
		i = 0; /* with no source at all, slot 0 is an absent one */
	s->turn = (uint8_t)(i + 1);
	if (i >= n && s->consumers)
		sb_consumer_feed(s, i - n);
	else
		sb_source_ask(s, i < n ? i : i - n);
}

/* Asks the sources in reserve, which are no longer, or all others. */
static int gather_ask(struct seedbed *s, int reserve)
{
	int progress = 0;

	for (size_t i = 0; i < gather_count(s); i++) {
		struct seedbed_slot *slot = &s->slot[i];

		if ((slot->reason == SEEDBED_IN_RESERVE) != reserve)
			continue;
		if (reserve)
			slot->reason = SEEDBED_NONE;
		progress |= gather_source(s, i, 0);
	}
	return progress;
}

/* A last resort is one where nothing else is left to wait or to hope for. */
static int gather_needs_last(const struct seedbed *s, int progress)
{
	struct gather_sum sum;

	gather_sum(s, &sum);
	return ((!progress && !sum.unheard) || sum.hope < GATHER_SOME) && !sum.enough;
}

static int gather_round(struct seedbed *s)
{
	int unreadable = sb_gather_epoch(s) == SB_EIO, progress = 0;

	sb_event_drain(s);
	if (sb_serving(s)) {
		gather_turn(s);
		return sb_gather_settle(s);
	}
	if (!unreadable) {
		progress = gather_ask(s, 0);
		if (gather_needs_last(s, progress))
			progress = gather_ask(s, 1);
	}
	if (progress)
		s->fruitless = 0;
	else if (s->fruitless < SB_PATIENCE_ROUNDS)
		s->fruitless++;
	if (unreadable)
		return s->fruitless < SB_FRUITLESS_MAX ? SB_EAGAIN : SB_EIO;
	return sb_gather_settle(s);
}

int seedbed_gather(struct seedbed *s)
{
	int result = sb_enter(s);

	return result == SB_OK ? sb_leave(s, gather_round(s)) : result;
}
SB_OWN(seedbed_gather);

int seedbed_reseed(struct seedbed *s)
{
	int result = sb_enter(s);

	if (result != SB_OK)
		return result;
	sb_gather_restart(s, SEEDBED_TOLD);
	return sb_leave(s, SB_OK);
}
SB_OWN(seedbed_reseed);

static int gather_add(struct seedbed *s, struct seedbed_consumer *consumer)
{
	if (*sb_consumer_find(s, consumer))
		return SB_EINVAL;
	consumer->next = s->consumers;
	s->consumers = consumer;
	/* No consumer gets what a source buffered before a clone. */
	(void)sb_gather_epoch(s);
	if (sb_serving(s)) {
		sb_consumer_burst(s);
		(void)sb_gather_settle(s); /* a draw may raise an alarm */
	}
	return SB_OK;
}

int seedbed_add_consumer(struct seedbed *s, struct seedbed_consumer *consumer)
{
	int result = consumer && consumer->take ? sb_enter(s) : SB_EINVAL;

	return result == SB_OK ? sb_leave(s, gather_add(s, consumer)) : result;
}
SB_OWN(seedbed_add_consumer);
