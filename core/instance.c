/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way into an instance and out of it. Every public function that changes
 * one goes through sb_enter and sb_leave.
 */
#include "core.h"
#include "instance.h"

/* What core asks of its target. The order of bytes in words does not matter. */
_Static_assert(sizeof(uint8_t) == 1 && (uint8_t)~0u == 255, "a byte has 8 bits");
_Static_assert(sizeof(int) >= sizeof(uint32_t), "credit is counted in 32 bits: 1u << 28");

/*
 * An instance knows its own address, its table and its counter. That tells it
 * from memory that was never initialised or was wiped, and from a copy, whose
 * outputs would repeat. No single bit makes one mark of another.
 */
int sb_lives(const struct seedbed *s)
{
	return s && (s->mark == instance_mark(s) || sb_inside(s)) && s->hal;
}
SB_OWN(sb_lives);

_Static_assert(offsetof(struct seedbed, state) % 4 == 0 && offsetof(struct seedbed, slot) % 4 == 0,
	       "words");
_Static_assert(offsetof(struct seedbed, seal) - offsetof(struct seedbed, state) == 12,
	       "three words that decide");
_Static_assert(sizeof(struct seedbed_slot) % 4 == 0 && offsetof(struct seedbed_slot, bytes) == 12,
	       "four words that decide");

int sb_sound(const struct seedbed *s)
{
	return sb_inside(s) || (!s->wiped && s->seal == instance_sum(s));
}
SB_OWN(sb_sound);

int sb_enter(struct seedbed *s)
{
	return s ? instance_enter(s, s->mark) : SB_EINVAL;
}
SB_OWN(sb_enter);

int sb_out(struct seedbed *s, int result)
{
	if (s->wiped) /* before the store to mark, and again behind it */
		result = SB_EIO;
	s->seal = instance_sum(s);
	sb_barrier();
	s->mark = instance_mark(s);
	if (s->wiped)
		seedbed_wipe(s);
	return result;
}
SB_OWN(sb_out);

int sb_outside(const struct seedbed *s, const void *at, size_t len)
{
	return s && at && len <= PTRDIFF_MAX && (uintptr_t)at - (uintptr_t)s >= sizeof *s &&
	       (uintptr_t)s - (uintptr_t)at >= len;
}
SB_OWN(sb_outside);

void sb_detach(struct seedbed *s, enum seedbed_source_state from)
{
	for (size_t i = 0; i < s->hal->source_count; i++)
		if (from == SEEDBED_RETIRED || !(s->hal->sources[i].driver->flags & SB_SEED))
			sb_source_stop(&s->hal->sources[i], &s->slot[i], from);
	if (s->hal->loop)
		s->hal->loop->harvest->stop(s);
	s->hook.next = NULL;
}
SB_OWN(sb_detach);

/*
 * state must stay nonzero meanwhile. Otherwise a seedbed_random from an
 * interrupt would initialise a new instance here, and we would then erase its
 * key.
 *
 * After a flip in mark we do not know the loop, so the hook may still be in its
 * list. The list must not end there.
 */
void sb_clear(struct seedbed *s)
{
	struct sb_hook *next = s->hook.next;

	sb_wipe(s, offsetof(struct seedbed, state));
	sb_wipe(&s->reason, sizeof *s - offsetof(struct seedbed, reason));
	s->hook.next = next;
}
SB_OWN(sb_clear);

void seedbed_wipe(struct seedbed *s)
{
	uintptr_t was;

	if (!s)
		return;
	was = s->mark;
	sb_inside_set(s); /* an interrupt may come, and a driver's stop lets one in */
	sb_wipe(s->mixed, offsetof(struct seedbed, epoch) - offsetof(struct seedbed, mixed));
	if (was == s->mark) {
		s->wiped = 1;
		return;
	}
	if (was == instance_mark(s)) {
		sb_detach(s, SEEDBED_RETIRED);
		/* First, in one store: an event that sees hal calls cycles. */
		*(const struct sb_hal *volatile *)&s->hal = NULL;
	}
	sb_barrier();
	sb_clear(s);
	s->wiped = 0; /* an interrupt may have wiped meanwhile */
	s->state = SEEDBED_EMPTY;
}
SB_OWN(seedbed_wipe);
