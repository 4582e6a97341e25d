/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of an instance: born, asked about, split. */
#include "core.h"

static int bed_start(struct seedbed *s, const struct sb_hal *hal, int child)
{
	int again;

	if (sb_inside(s))
		return SB_EAGAIN;
	if (!sb_lives(s)) {
		s->state = SEEDBED_GATHERING;
		sb_barrier();
		sb_clear(s);
	}
	s->wiped = 0;
	sb_inside_set(s);
	again = s->hal != NULL;
	if (again)
		sb_detach(s, hal == s->hal ? SEEDBED_STARTUP : SEEDBED_RETIRED);
	else
		s->generation = UINT32_MAX; /* the restart below makes it 0 */
	memset(s->slot, 0, sizeof s->slot);
	s->reads = 0;
	s->cycles = hal->cycles;
	sb_barrier(); /* an event that sees hal calls cycles */
	s->hal = hal;
	s->child = (uint8_t)child;
	s->first = 1;
	if (!again)
		sb_pool_start(s);
	sb_gather_restart(s, SEEDBED_NEEDS_BITS);
	for (size_t i = 0; i < hal->source_count; i++)
		sb_source_start(s, i);
	/* A child has a CPU of its own; the loop may be on another one. */
	if (hal->loop && !child)
		hal->loop->harvest->start(s);
	return sb_leave(s, SB_OK);
}

int seedbed_init(struct seedbed *s, const struct sb_hal *hal)
{
	int result = s ? sb_table_check(hal) : SB_EINVAL;

	return result == SB_OK ? bed_start(s, hal, 0) : result;
}
SB_OWN(seedbed_init);

int seedbed_split(struct seedbed *child, struct seedbed *parent, const struct sb_hal *hal)
{
	uint8_t secret[32];
	int result;

	if (!child || child == parent || sb_table_check(hal) != SB_OK)
		return SB_EINVAL;
	result = sb_enter(parent);
	if (result == SB_OK)
		result = sb_out(parent, sb_serving(parent) ? SB_OK : SB_EAGAIN);
	/*
	 * The child's epoch is read before the secret is drawn. So the child
	 * will notice a clone that is made in between.
	 */
	if (result == SB_OK)
		result = bed_start(child, hal, 1);
	if (result == SB_OK)
		result = seedbed_read(parent, secret, sizeof secret);
	if (result == SB_OK)
		result = sb_enter(child);
	if (result == SB_OK) {
		sb_pool_mix(child, SB_FRAME_PARENT, 0, secret, sizeof secret);
		sb_pool_rekey(child);
		child->first = 0;
		sb_state_set(child, SEEDBED_READY, SEEDBED_NONE);
		/* So its first read has a fresh word, as each later one. */
		sb_fast_round(child);
		result = sb_leave(child, SB_OK);
	}
	sb_wipe(secret, sizeof secret);
	return result;
}
SB_OWN(seedbed_split);

int seedbed_stir(struct seedbed *s, const void *data, size_t len)
{
	const uint8_t *p = data;
	int result;

	if (!sb_outside(s, data, len))
		return SB_EINVAL;
	result = sb_enter(s);
	if (result != SB_OK)
		return result;
	for (size_t n; len; p += n, len -= n) {
		n = len < SB_CHUNK ? len : SB_CHUNK;
		sb_pool_mix(s, SB_FRAME_STIR, 0, p, n);
	}
	return sb_leave(s, SB_OK);
}
SB_OWN(seedbed_stir);

struct seedbed_status seedbed_status(const struct seedbed *s)
{
	struct seedbed_status status = { SEEDBED_EMPTY, SEEDBED_NONE, 0, 0, 0, 0, 0 };
	uint32_t credit = 0, any = 0;
	uint8_t id[16];

	if (!sb_lives(s))
		return status;
	status.state = s->state;
	status.reason = s->reason;
	if (!sb_sound(s)) {
		status.state = SEEDBED_FAILED;
		status.reason = SEEDBED_CORRUPT;
	}
	for (size_t i = 0; i < sizeof s->epoch; i++)
		any |= s->epoch[i];
	status.epoch = any || status.reason == SEEDBED_NO_EPOCH;
	if (!status.epoch)
		status.epoch_reason = s->hal->epoch && s->hal->epoch(id) == SB_EUNFIT
					      ? SEEDBED_NOT_UNDERSTOOD
					      : SEEDBED_NOT_FOUND;
	for (size_t i = 0; i < SEEDBED_SOURCES_MAX; i++)
		if (s->slot[i].state >= SEEDBED_LIVE)
			credit += s->slot[i].credit;
	status.bits = credit / SB_FULL_BITS;
	status.reads = s->reads;
	status.generation = s->generation;
	return status;
}
SB_OWN(seedbed_status);

int seedbed_inspect(const struct seedbed *s, size_t i, struct seedbed_report *r)
{
	const struct sb_driver *driver;
	const struct seedbed_slot *slot;

	if (!sb_lives(s) || !r || i >= s->hal->source_count)
		return SB_EINVAL;
	driver = s->hal->sources[i].driver;
	slot = &s->slot[i];
	r->name = driver->name;
	r->flags = driver->flags;
	r->state = slot->state;
	r->reason = slot->reason < SB_PENDING  ? slot->reason
		    : slot->reason < SB_SILENT ? SEEDBED_PENDING
					       : SEEDBED_SILENT;
	r->alarms = slot->alarms;
	r->credit = sb_source_credit(s, &s->hal->sources[i]);
	/* Even if pending or used up: its bytes would have earned nothing. */
	if (r->credit != s->hal->sources[i].credit &&
	    (r->reason == SEEDBED_NONE || r->reason == SEEDBED_PENDING))
		r->reason = r->credit ? SEEDBED_UNRECORDED : SEEDBED_DISTRUSTED;
	r->bits = slot->state == SEEDBED_STARTUP ? 0 : slot->earned / SB_FULL_BITS;
	r->bytes = slot->bytes;
	return SB_OK;
}
SB_OWN(seedbed_inspect);

const char *seedbed_stream(const struct seedbed *s)
{
	return sb_lives(s) ? sb_stream_name(s->way) : "";
}
SB_OWN(seedbed_stream);
