/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way into an instance and out of it. Every public function that changes
 * one goes through sb_enter and sb_leave.
 */
#include "core.h"

/* What core asks of its target. The order of bytes in words does not matter. */
_Static_assert(sizeof(uint8_t) == 1 && (uint8_t)~0u == 255, "a byte has 8 bits");
_Static_assert(sizeof(int) >= sizeof(uint32_t), "credit is counted in 32 bits: 1u << 28");

void sb_state_set(struct seedbed *s, enum seedbed_state state, enum seedbed_reason reason)
{
	s->state = (uint8_t)state;
	s->guard = (uint8_t)~state;
	s->reason = (uint8_t)reason;
}
SB_OWN(sb_state_set);

/*
 * An instance knows its own address. That tells it from memory that was never
 * initialised or was wiped, and from a copy, whose outputs would repeat.
 */
int sb_lives(const struct seedbed *s)
{
	return s && s->hook.ctx == s && s->hal;
}
SB_OWN(sb_lives);

int sb_sound(const struct seedbed *s)
{
	return (s->state ^ s->guard) == 0xff;
}
SB_OWN(sb_sound);

int sb_enter(struct seedbed *s)
{
	if (!s)
		return SB_EINVAL;
	if (!sb_lives(s))
		return SB_EIO;
	if (s->busy)
		return SB_EAGAIN;
	s->busy = 1;
	sb_barrier();
	s->alarmed = 0;
	if (!sb_sound(s))
		sb_state_set(s, SEEDBED_FAILED, SEEDBED_CORRUPT);
	if (s->state == SEEDBED_FAILED) {
		s->busy = 0;
		return SB_EIO;
	}
	return SB_OK;
}
SB_OWN(sb_enter);

int sb_leave(struct seedbed *s, int result)
{
	sb_wipe_stack();
	sb_barrier();
	s->busy = 0;
	return result;
}
SB_OWN(sb_leave);

int sb_within(const struct seedbed *s, const void *at, size_t len)
{
	return (uintptr_t)at - (uintptr_t)s < sizeof *s || (uintptr_t)s - (uintptr_t)at < len;
}
SB_OWN(sb_within);
