/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What would know the next sample of a machine that only seems to have noise.
 * Each predictor is asked before each sample, and counted over a window.
 */
#include "timing.h"

#define PREDICT_HITS 325u /* of 512: 1 bit a sample. tests/host/cutoffs.py */
#define PREDICT_SUM 16u
#define PREDICT_LEVEL 29u /* of 31 */

/* 1 if they are the same, without a branch: samples are secret. */
static uint16_t predict_equal(uint32_t a, uint32_t b)
{
	return (uint16_t)(((a ^ b) - 1) >> 31);
}

/* Sums of 16 samples that stay where they are. Noise adds up to more. */
static void predict_level(struct sb_cache_timing_past *past, uint32_t sample)
{
	past->sum = (uint16_t)(past->sum + sample);
	if (past->at % PREDICT_SUM != PREDICT_SUM - 1)
		return;
	if (past->at / PREDICT_SUM) /* there was one before */
		past->level += (uint32_t)past->sum - past->before + 1 < 3;
	past->before = past->sum;
	past->sum = 0;
}

static uint8_t predict_past(const struct sb_cache_timing_past *past, unsigned lag)
{
	return past->sample[(past->at - lag) % SB_CACHE_TIMING_LAGS];
}

/* The window has ended. Only the answer is a branch. */
static int predict_alarm(struct sb_cache_timing_past *past)
{
	uint32_t alarm = PREDICT_LEVEL - 1 - past->level;

	for (size_t i = 0; i < sizeof past->hits / sizeof *past->hits; i++) {
		alarm |= PREDICT_HITS - 1 - past->hits[i];
		past->hits[i] = 0;
	}
	past->level = 0;
	return (int32_t)alarm < 0;
}

int sb_timing_predict(struct sb_cache_timing_past *past, uint8_t sample)
{
	uint8_t a = predict_past(past, 1), b = predict_past(past, 2), c = predict_past(past, 3);
	uint8_t d = predict_past(past, 4);
	uint8_t change = (uint8_t)(sample - a);
	uint8_t *next = &past->next[((a - b) & 3) | ((b - c) & 3) << 2 | ((c - d) & 3) << 4];
	uint16_t *hits = past->hits;

	for (unsigned lag = 1; lag <= SB_CACHE_TIMING_LAGS; lag++, hits++)
		*hits += predict_equal(sample, predict_past(past, lag));
	*hits++ += predict_equal(change, (uint8_t)(a - b));
	*hits++ += predict_equal(change, (uint8_t)(2 * (a - b) - (b - c)));
	*hits += predict_equal(change, *next);
	*next = change;
	predict_level(past, sample);
	past->sample[past->at % SB_CACHE_TIMING_LAGS] = sample;
	if (++past->at % TIMING_WINDOW)
		return 0;
	past->at = 0;
	return predict_alarm(past);
}
SB_OWN(sb_timing_predict);
