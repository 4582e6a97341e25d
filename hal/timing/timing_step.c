/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A counter may move in steps that are no whole number of ticks. Then a time is
 * one of two neighbours, by where between two steps it began. That is no noise,
 * so it is divided out. Lengths are 24.8 fixed point.
 */
#include "timing.h"

#define STEP_ONE 256u
#define STEP_SAME (3 * STEP_ONE / 2) /* two times of as many steps */
#define STEP_WRONG (2 * STEP_ONE)    /* of a difference of two times, at most */
#define STEP_LEAST (8 * STEP_ONE)    /* a shorter one would fit to anything */
/* The longest quarter may be interrupts. */
#define STEP_TICKS (TIMING_TICKS * 3 / 4)
#define STEP_LONGEST 0x3ffffu /* the sum of their lengths fits in 32 bits */

struct step_found {
	uint32_t step, reach; /* the longest length that is a multiple of it */
};

static uint32_t step_times(uint32_t step, uint32_t length)
{
	return (length + step / 2) / step;
}

static uint32_t step_off(uint32_t step, uint32_t length)
{
	uint32_t over = length % step;

	return over < step - over ? over : step - over;
}

/*
 * Euclid's algorithm, with what is known of the error: that of this length, and
 * that of reach as often as it is in this length. Where that leaves open how
 * often the step is in it, the length says nothing.
 */
static void step_divide(struct step_found *found, uint32_t length)
{
	uint32_t wrong, off;

	if (length <= STEP_SAME)
		return;
	if (!found->step)
		found->step = found->reach = length;
	wrong = STEP_WRONG + length / (found->reach / STEP_WRONG + 1);
	if (wrong > found->step / 2)
		return;
	off = step_off(found->step, length);
	if (off > wrong) {
		found->step = found->reach = off;
	} else if (length > found->reach) {
		found->step = length / step_times(found->step, length);
		found->reach = length;
	}
}

/* The mean step of all times, or 0 where they do not fit to it. */
static uint32_t step_mean(uint32_t step, const uint32_t ticks[TIMING_TICKS])
{
	uint32_t sum = 0, times = 0, fit = 0;

	for (unsigned i = 0; i < STEP_TICKS; i++) {
		sum += ticks[i] * STEP_ONE;
		times += step_times(step, ticks[i] * STEP_ONE);
	}
	step = times ? sum / times : 0;
	for (unsigned i = 0; i < STEP_TICKS && step; i++)
		fit += step_off(step, ticks[i] * STEP_ONE) <= STEP_SAME;
	return fit < STEP_TICKS * 7 / 8 ? 0 : step;
}

uint32_t sb_timing_scale(const uint32_t ticks[TIMING_TICKS])
{
	struct step_found found = { 0, 0 };

	if (ticks[STEP_TICKS - 1] > STEP_LONGEST)
		return TIMING_FULL;
	for (unsigned i = 0; i < STEP_TICKS; i++)
		step_divide(&found, (ticks[i] - ticks[0]) * STEP_ONE);
	if (found.step)
		step_divide(&found, ticks[0] * STEP_ONE);
	if (found.step >= STEP_LEAST)
		found.step = step_mean(found.step, ticks);
	return found.step < STEP_LEAST ? TIMING_FULL : UINT32_MAX / found.step;
}
SB_OWN(sb_timing_scale);
