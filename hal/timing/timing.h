/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of this folder tell each other. A file calls those above it:
 * timing_sample.c, timing_contrast.c, timing_step.c, timing_predict.c,
 * cache_timing.c.
 */
#ifndef TIMING_H
#define TIMING_H

#include "sb_cache_timing.h"

#define TIMING_PAIRS 32u
#define TIMING_TICKS (2 * TIMING_PAIRS)
#define TIMING_WINDOW 512u
#define TIMING_FULL 16777216u /* struct sb_cache_timing_state.scale of one tick a step */

/*
 * One sample in ticks: flush, fence, load, fence, for each load. UINT32_MAX:
 * the counter went backwards.
 */
uint32_t sb_timing_sample(struct sb_cache_timing_state *t);

/*
 * The same for its loads alone, whose lines were flushed before. `apart` lines
 * lie between a line that was flushed and the one that is loaded: 0, or 128 to
 * load one that is in the cache.
 */
uint32_t sb_timing_load(struct sb_cache_timing_state *t, unsigned apart);

/*
 * Fills ticks, in ascending order, with the times of 32 pairs of samples: of a
 * flushed line, and of one in the cache. Returns the pairs where the flushed
 * line was slower. Where `turned` has a bit, the two of a pair change places.
 */
unsigned sb_timing_contrast(struct sb_cache_timing_state *t, uint32_t ticks[TIMING_TICKS],
			    uint32_t turned);

/* The scale for these ticks. */
uint32_t sb_timing_scale(const uint32_t ticks[TIMING_TICKS]);

/* Takes one sample. Nonzero: a window has ended, and it was predictable. */
int sb_timing_predict(struct sb_cache_timing_past *past, uint8_t sample);

#endif
