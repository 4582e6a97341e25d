/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A counter may move in steps that are no whole number of ticks. Then a time is
 * one of two neighbours, by where between two steps it began. That is no noise,
 * so it is divided out. Lengths are 24.8 fixed point.
 */
#include "timing.h"

#define STEP_ONE 256u
#define STEP_NEAR (3 * STEP_ONE / 2) /* of a time to a whole number of steps */
#define STEP_LEAST (8 * STEP_ONE)    /* a shorter one would fit to anything */
#define STEP_NONE (1u << 23)         /* ticks: too long to be in any time */
/* The longest quarter may be interrupts. */
#define STEP_TICKS (TIMING_TICKS * 3 / 4)
#define STEP_FIT (STEP_TICKS * 7 / 8)
#define STEP_LONGEST 0x3ffffu /* the sum of their lengths fits in 32 bits */

static uint32_t step_times(uint32_t step, uint32_t length)
{
	return (length + step / 2) / step;
}

/*
 * A first guess. Times of the same number of steps are neighbours that differ
 * by one tick at most. A larger difference is a step or more, and where there
 * is noise the smallest one is a step.
 */
static uint32_t step_guess(const uint32_t ticks[TIMING_TICKS])
{
	uint32_t least = STEP_NONE;

	for (unsigned i = 1; i < STEP_TICKS; i++) {
		uint32_t more = ticks[i] - ticks[i - 1];

		if (more > 1 && more < least)
			least = more;
	}
	return least * STEP_ONE;
}

/*
 * The guess is up to a tick or two wrong. That is divided by ever more steps,
 * as the differences to the shortest time grow.
 */
static uint32_t step_refine(uint32_t step, const uint32_t ticks[TIMING_TICKS])
{
	for (unsigned i = 1; i < STEP_TICKS; i++) {
		uint32_t length = (ticks[i] - ticks[0]) * STEP_ONE, times;

		times = step_times(step, length);
		if (times)
			step = length / times;
	}
	return step;
}

/* The mean step of all times, so that their errors cancel. 0: there is none. */
static uint32_t step_mean(uint32_t step, const uint32_t ticks[TIMING_TICKS])
{
	uint32_t sum = 0, times = 0;

	for (unsigned i = 0; i < STEP_TICKS; i++) {
		sum += ticks[i] * STEP_ONE;
		times += step_times(step, ticks[i] * STEP_ONE);
	}
	return times ? sum / times : 0;
}

static int step_fits(uint32_t step, const uint32_t ticks[TIMING_TICKS])
{
	unsigned fit = 0;

	for (unsigned i = 0; i < STEP_TICKS; i++)
		fit += (ticks[i] * STEP_ONE + STEP_NEAR) % step <= 2 * STEP_NEAR;
	return fit >= STEP_FIT;
}

uint32_t sb_timing_scale(const uint32_t ticks[TIMING_TICKS])
{
	uint32_t step;

	if (ticks[STEP_TICKS - 1] > STEP_LONGEST)
		return TIMING_FULL;
	step = step_mean(step_refine(step_guess(ticks), ticks), ticks);
	return step < STEP_LEAST || !step_fits(step, ticks) ? TIMING_FULL : UINT32_MAX / step;
}
SB_OWN(sb_timing_scale);
