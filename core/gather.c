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

/* A source that starts over, or stays as it is: used up, retired, or absent. */
static void gather_begin(const struct seedbed *s, const struct sb_source *source,
			 struct seedbed_slot *slot, enum seedbed_reason reason)
{
	unsigned flags = source->driver->flags;

	if (s->child && !(flags & SB_LOCAL)) {
		slot->reason = SEEDBED_NOT_LOCAL;
	} else if (slot->state != SEEDBED_USED_UP &&
		   (slot->state != SEEDBED_RETIRED || reason == SEEDBED_TOLD)) {
		sb_source_stop(source, slot, SEEDBED_STARTUP);
		if (flags & SB_LAST)
			slot->reason = SEEDBED_IN_RESERVE;
		if (reason == SEEDBED_TOLD)
			slot->alarms = 0;
	}
	slot->credit = slot->earned = 0;
}

/*
 * Mixes the id even if a change cannot be told from an error of reading it. It
 * may be all that differs between two clones.
 */
void sb_gather_restart(struct seedbed *s, enum seedbed_reason reason)
{
	(void)gather_epoch_read(s, s->epoch);
	for (size_t i = 0; i < gather_count(s); i++)
		gather_begin(s, &s->hal->sources[i], &s->slot[i], reason);
	s->distrust = s->hal->distrust ? s->hal->distrust() : 0;
	s->way = sb_stream_choose();
	if (reason != SEEDBED_NO_EPOCH)
		s->fruitless = 0;
	s->generation++;
	sb_pool_mix(s, SB_FRAME_EPOCH, reason, s->epoch, sizeof s->epoch);
	sb_pool_rekey(s);
	sb_state_set(s, SEEDBED_GATHERING, reason);
	sb_consumers(s, SEEDBED_FROM_EPOCH, s->epoch, sizeof s->epoch);
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

/* All sources together. */
enum gather_sum {
	GATHER_ENOUGH = 1,  /* credited bits for a key */
	GATHER_UNHEARD = 2, /* one is not heard */
	GATHER_LOST = 4,    /* one is lost */
	/* Of those that may be credited here: */
	GATHER_SPENT = 8,  /* one is used up */
	GATHER_SOME = 16,  /* one may yet earn credit */
	GATHER_COMING = 32 /* and has answered since its start */
};

static unsigned gather_hope(const struct seedbed_slot *slot)
{
	if (slot->state == SEEDBED_USED_UP)
		return GATHER_SPENT;
	return slot->answer ? GATHER_SOME | GATHER_COMING : GATHER_SOME;
}

static unsigned gather_sum(const struct seedbed *s)
{
	uint32_t credit = 0, bits = sb_serving(s) ? SEEDBED_RESEED_BITS : SEEDBED_FIRST_BITS;
	unsigned sum = 0;

	for (size_t i = 0; i < gather_count(s); i++) {
		const struct seedbed_slot *slot = &s->slot[i];

		if (slot->state >= SEEDBED_LIVE)
			credit += slot->credit;
		if (!sb_source_heard(slot))
			sum |= GATHER_UNHEARD;
		if (sb_source_lost(slot))
			sum |= GATHER_LOST;
		if (sb_source_credit(s, &s->hal->sources[i]) && slot->state >= SEEDBED_STOPPED)
			sum |= gather_hope(slot);
	}
	return credit >= bits * SB_FULL_BITS ? sum | GATHER_ENOUGH : sum;
}

/* A child has no clock: its loop may be on another CPU. */
static int gather_stalled(struct seedbed *s, unsigned coming)
{
	if (coming && s->hal->loop && !s->child)
		return s->hal->loop->harvest->stalled(s);
	return s->fruitless >= SB_FRUITLESS_MAX;
}

/* Why there is no output yet, and whether asking again can help. */
static int gather_refuse(struct seedbed *s, unsigned sum)
{
	enum seedbed_reason reason = SEEDBED_NEEDS_BITS;
	int result = SB_EAGAIN;

	if (sum & GATHER_ENOUGH) {
		reason = SEEDBED_NEEDS_ROUND;
	} else if (!(sum & GATHER_SOME)) {
		reason = s->child             ? SEEDBED_NEEDS_SPLIT
			 : sum & GATHER_SPENT ? SEEDBED_TOO_FEW
					      : SEEDBED_NO_SOURCE;
		result = SB_EIO;
	} else if (gather_stalled(s, sum & GATHER_COMING)) {
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
	unsigned sum = gather_sum(s);
	int begins = !sb_serving(s);

	if (sum & GATHER_ENOUGH && !(s->first && sum & GATHER_UNHEARD)) {
		for (size_t i = 0; i < gather_count(s); i++)
			s->slot[i].credit = 0;
		sb_pool_rekey(s);
		s->served = 0;
		s->first = 0;
	} else if (begins) {
		return gather_refuse(s, sum);
	}
	if (begins) {
		sb_consumers(s, SB_EVERY_SOURCE, NULL, 0);
		sum = gather_sum(s); /* its draws may have raised an alarm */
	}
	if (sum & GATHER_LOST)
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

	return slot->state == SEEDBED_LIVE && sb_source_heard(slot) &&
	       gather_sum(s) & GATHER_ENOUGH;
}

int sb_gather_source(struct seedbed *s, size_t i, int least)
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
SB_OWN(sb_gather_source);

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
		sb_consumers(s, i - n, NULL, 0);
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
		progress |= sb_gather_source(s, i, 0);
	}
	return progress;
}

/* A last resort is one where nothing else is left to wait or to hope for. */
static int gather_needs_last(const struct seedbed *s, int progress)
{
	unsigned sum = gather_sum(s);

	return ((!progress && !(sum & GATHER_UNHEARD)) || !(sum & GATHER_SOME)) &&
	       !(sum & GATHER_ENOUGH);
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
