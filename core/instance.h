/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way into an instance, in line: for instance.c, and for buffer.c, where a
 * call is a tenth of a short read.
 */
#ifndef SB_INSTANCE_H
#define SB_INSTANCE_H

#include "core.h"

static inline uintptr_t instance_mark(const struct seedbed *s)
{
	return (uintptr_t)s ^ (uintptr_t)s->hal ^ (uintptr_t)s->cycles;
}

typedef uint32_t __attribute__((may_alias)) instance_word;

/*
 * The words that decide whether the instance may serve, summed up. Any bit of
 * them that turns over between two calls changes the sum.
 */
static inline uint32_t instance_sum(const struct seedbed *s)
{
	const instance_word *w = (const void *)&s->state;
	uint32_t sum = w[0] + w[1] + w[2];

	for (size_t i = 0; i < s->hal->source_count; i++) {
		w = (const void *)&s->slot[i];
		sum += w[0] + w[1] + w[2] + w[3];
	}
	return sum;
}

/*
 * mark: that of s. A wipe from an interrupt may come between any two
 * instructions.
 */
static inline int instance_enter(struct seedbed *s, uintptr_t mark)
{
	if (mark == ~(uintptr_t)s)
		return SB_EAGAIN;
	if (mark != instance_mark(s))
		return SB_EIO;
	sb_inside_set(s);
	if (!s->hal || s->seal != instance_sum(s)) {
		s->mark = s->hal ? mark : 0;
		return SB_EIO;
	}
	s->alarmed = 0;
	return SB_OK;
}

#endif
