/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

static const struct sb_source *source_entry(const struct seedbed *s, size_t i)
{
	return &s->hal->sources[i];
}

/*
 * The compiler is not told where the slot lies. Else it computes the address of
 * each member anew, which a Cortex-M0 pays for.
 */
static struct seedbed_slot *source_slot(struct seedbed *s, size_t i)
{
	struct seedbed_slot *slot = &s->slot[i];

	__asm__("" : "+r"(slot));
	return slot;
}

uint16_t sb_source_credit(const struct seedbed *s, const struct sb_source *source)
{
	unsigned flags = source->driver->flags;

	if (flags & s->distrust)
		return 0;
	if (flags & SB_TIMING && s->distrust & SB_UNRECORDED)
		return source->credit / 2;
	return source->credit;
}
SB_OWN(sb_source_credit);

/* Absent, unfit, unseen, retired or used up: nothing more will come of it. */
static int source_over(const struct seedbed_slot *slot)
{
	return slot->state < SEEDBED_STOPPED || slot->state == SEEDBED_USED_UP;
}

int sb_source_heard(const struct seedbed_slot *slot)
{
	return slot->bytes >= SB_BYTES_HEARD || slot->asked >= SB_ROUNDS_HEARD ||
	       slot->reason == SEEDBED_IN_RESERVE || source_over(slot);
}
SB_OWN(sb_source_heard);

static void source_forfeit(struct seedbed_slot *slot)
{
	slot->earned -= slot->credit;
	slot->credit = 0;
}

void sb_source_stop(const struct sb_source *source, struct seedbed_slot *slot,
		    enum seedbed_source_state from)
{
	const struct sb_driver *driver = source->driver;

	if (slot->state >= from)
		(from != SEEDBED_RETIRED && driver->restart ? driver->restart
							    : driver->stop)(source->ctx);
	source_forfeit(slot);
	slot->state = SEEDBED_STOPPED;
}
SB_OWN(sb_source_stop);

/*
 * All credit since the last reseed is void: the source may have been wrong for
 * as long as that.
 */
static void source_alarm(struct seedbed *s, const struct sb_source *source,
			 struct seedbed_slot *slot, unsigned reason)
{
	sb_source_stop(source, slot, SEEDBED_STARTUP);
	s->alarmed = 1;
	s->batch = 0;
	slot->reason = (uint8_t)reason;
	slot->alarm_at = (uint16_t)(slot->bytes / 1024);
	if (++slot->alarms >= SB_ALARMS_MAX)
		slot->state = SEEDBED_RETIRED;
}

/* Why a probe did not say SB_OK. */
static uint8_t source_reason(int result)
{
	static const uint8_t reason[] = {
		[-SB_OK] = SEEDBED_FAULT,
		[-SB_EAGAIN] = SEEDBED_FAULT,
		[-SB_ENODEV] = SEEDBED_NOT_FOUND,
		[-SB_EIO] = SEEDBED_FAULT,
		[-SB_EINVAL] = SEEDBED_FAULT,
		[-SB_EUNFIT] = SEEDBED_UNFIT,
		[-SB_EUNSEEN] = SEEDBED_UNSEEN,
		[-SB_ESTANDS] = SEEDBED_STANDS,
		[-SB_ECOARSE] = SEEDBED_COARSE,
		[-SB_EUNCACHED] = SEEDBED_UNCACHED,
		[-SB_EPREDICTABLE] = SEEDBED_PREDICTABLE,
	};
	unsigned at = 0u - (unsigned)result;

	return at < sizeof reason ? reason[at] : SEEDBED_FAULT;
}

void sb_source_start(struct seedbed *s, size_t i)
{
	const struct sb_source *source = source_entry(s, i);
	struct seedbed_slot *slot = source_slot(s, i);
	int result;

	if (slot->state != SEEDBED_STOPPED || slot->reason == SEEDBED_IN_RESERVE)
		return;
	result = source->driver->probe(source->ctx);
	if (result == SB_OK) {
		sb_health_start(slot, source->driver);
		slot->state = slot->startup ? SEEDBED_STARTUP : SEEDBED_LIVE;
		return;
	}
	slot->reason = source_reason(result);
	if (slot->reason == SEEDBED_FAULT)
		source_alarm(s, source, slot, SEEDBED_FAULT);
	else
		slot->state = SEEDBED_ABSENT;
}
SB_OWN(sb_source_start);

/*
 * One call of the driver. It is held to its contract.
 *
 * RDSEED is slow to refill, so a fast source gives no more than its start-up
 * takes. Both halves have one length, or a replay would not be seen.
 */
static int source_answer(struct seedbed *s, const struct sb_source *source,
			 struct seedbed_slot *slot, uint8_t *buf, size_t len)
{
	int n;

	if (slot->state == SEEDBED_STARTUP && source->driver->flags & SB_FAST)
		len = SB_STARTUP_BYTES / 2;
	n = source->driver->read(source->ctx, buf, len);
	s->reads++;
	if (n > 0 && (size_t)n <= len)
		return n;
	if (n == SB_EAGAIN) {
		if (slot->reason < SB_PENDING)
			slot->reason = SB_PENDING;
		else if (slot->reason < SB_SILENT)
			slot->reason++;
	} else if (n == SB_ENODEV) {
		source->driver->stop(source->ctx);
		if (slot->state == SEEDBED_STARTUP)
			source_forfeit(slot); /* it cannot keep its promise */
		slot->state = SEEDBED_USED_UP;
		slot->reason = SEEDBED_NONE;
	} else {
		source_alarm(s, source, slot, n <= SB_ESTANDS ? source_reason(n) : SEEDBED_FAULT);
		n = SB_EIO;
	}
	return n;
}

/*
 * Runs the health tests over one answer. Returns the number of bytes that they
 * vouch for (whole samples; all bytes of a seed), or SB_EIO.
 */
static int source_test(struct seedbed *s, const struct sb_source *source, struct seedbed_slot *slot,
		       const uint8_t *buf, size_t len)
{
	const struct sb_driver *driver = source->driver;
	int n = (int)len;

	if (!(driver->flags & SB_SEED)) {
		n = sb_health_test(slot, driver, buf, len);
		if (n < 0) {
			source_alarm(s, source, slot, (unsigned)-n);
			return SB_EIO;
		}
	}
	slot->bytes += (uint32_t)len;
	if (slot->alarms &&
	    (uint16_t)(slot->bytes / 1024 - slot->alarm_at) > SB_ALARMS_FORGOTTEN / 1024)
		slot->alarms = 0;
	slot->reason = SEEDBED_NONE;
	if (!slot->startup)
		slot->state = SEEDBED_LIVE;
	return n;
}

int sb_source_ask(struct seedbed *s, size_t i)
{
	const struct sb_source *source = source_entry(s, i);
	struct seedbed_slot *slot = source_slot(s, i);
	uint8_t buf[SB_CHUNK];
	uint32_t each, credit;
	int n;

	sb_source_start(s, i);
	if (slot->state != SEEDBED_STARTUP && slot->state != SEEDBED_LIVE)
		return 0;
	n = source_answer(s, source, slot, buf, sizeof buf);
	if (n <= 0)
		return 0;
	sb_pool_mix(s, SB_FRAME_SOURCE, i, buf, (size_t)n);
	n = source_test(s, source, slot, buf, (size_t)n);
	sb_wipe(buf, sizeof buf);
	if (n < 0)
		return 0;
	/* In start-up this is a promise: only a live source's credit counts. */
	each = sb_source_credit(s, source);
	credit = (uint32_t)n * each;
	if (slot->credit < 1u << 28)
		slot->credit += credit;
	if (slot->earned < 1u << 31)
		slot->earned += credit;
	return each != 0;
}
SB_OWN(sb_source_ask);

int sb_source_draw(struct seedbed *s, size_t i, uint8_t *buf, size_t len)
{
	const struct sb_source *source = source_entry(s, i);
	struct seedbed_slot *slot = source_slot(s, i);
	int n;

	if (slot->state != SEEDBED_LIVE || source->driver->flags & SB_SEED)
		return SB_EAGAIN;
	n = source_answer(s, source, slot, buf, len);
	if (n == SB_ENODEV)
		return SB_EAGAIN;
	if (n > 0 && source_test(s, source, slot, buf, (size_t)n) < 0)
		return SB_EIO;
	return n;
}
SB_OWN(sb_source_draw);

const char *seedbed_held(const struct sb_hal *hal)
{
	for (size_t i = 0; hal && i < hal->source_count; i++) {
		const struct sb_source *source = &hal->sources[i];

		if (source->driver->held && source->driver->held(source->ctx))
			return source->driver->name;
	}
	return NULL;
}
SB_OWN(seedbed_held);
