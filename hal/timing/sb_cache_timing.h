/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Noise from the time that a load takes when its cache line was flushed: a
 * source for a machine that has no other. docs/timing.md says why each test is
 * there, and what none of them can see.
 *
 * A sample is the time of flush, fence, load and fence, once or up to 32 times.
 * It has the same instructions each time. So a machine whose clock counts
 * instructions gives one value, and is refused.
 */
#ifndef SB_CACHE_TIMING_H
#define SB_CACHE_TIMING_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_CACHE_TIMING_LINE 64u /* a CPU may have longer lines */
#define SB_CACHE_TIMING_LINES 256u
#define SB_CACHE_TIMING_LOADS 32u /* flushes and loads in a sample, at most */
#define SB_CACHE_TIMING_LAGS 64u

/*
 * Looks at the counter in one call, at most: two for each sample. read has 64
 * samples, and may drop two. probe has 64 for each of 6 numbers of loads, and
 * 64 more where these show a cache.
 */
#define SB_CACHE_TIMING_LOOKS_OF_READ 132u
#define SB_CACHE_TIMING_LOOKS_OF_PROBE 1536u

/* What the predictors know of the samples so far. It is secret. */
struct sb_cache_timing_past {
	uint8_t next[64];                     /* for each context: the difference that came last */
	uint8_t sample[SB_CACHE_TIMING_LAGS]; /* a ring */
	uint16_t hits[SB_CACHE_TIMING_LAGS + 3]; /* of each predictor */
	uint16_t sum, before, level;             /* of 16 samples */
	uint16_t at;                             /* samples of this window */
};

/* What is flushed and loaded. Its bytes tell nothing. */
struct sb_cache_timing_area {
	uint8_t bytes[SB_CACHE_TIMING_LINES * SB_CACHE_TIMING_LINE] __attribute__((aligned(64)));
};

/*
 * A ctx. One for each CPU, in static memory of the board. The board fills in
 * what comes first, and leaves the rest zero.
 */
struct sb_cache_timing_state {
	/* Nonzero: this CPU has the flush. NULL: it always has. */
	int (*able)(void);
	/*
	 * As in sb_hal. Of a counter with more than 32 bits the low 32 are
	 * used. cycle_bits 0: there is none.
	 */
	uint64_t (*cycles)(void);
	uint8_t cycle_bits;
	/*
	 * Loads in a sample, at most: as many as the recordings have on which
	 * the credit rests. A counter that needs more is of another class. 0:
	 * SB_CACHE_TIMING_LOADS.
	 */
	uint8_t loads_most;
	/*
	 * Writes the cache line of that byte back and out of every cache. NULL:
	 * no such instruction.
	 */
	void (*flush)(const volatile void *at);
	/*
	 * Loads and flushes before it are over before any load, flush or look
	 * at the counter after it begins.
	 */
	void (*fence)(void);
	/* Apart from the rest, as it need not lie in the image. */
	struct sb_cache_timing_area *area;

	/* The driver's own. */
	uint8_t loads;    /* in a sample: 1, 2, 4 .. 32 */
	uint8_t line;     /* the next one */
	uint8_t backward; /* samples dropped in this window */
	uint32_t scale;   /* 2^24 steps of the counter in a tick */
	struct sb_cache_timing_past past __attribute__((aligned(64)));
};

/*
 * A byte is a sample: the low 8 bits of the time in steps of the counter. It is
 * raw.
 *
 * probe writes the whole area. It finds the fewest loads with which a flushed
 * line is slower 28 times of 32, twice, and the step of the counter. That takes
 * some 50 us with a fine counter, and at most 5 ms with a coarse one. Returned
 * are
 *
 * - SB_ENODEV: able said no, or there is no flush, or no area.
 * - SB_ESTANDS: the counter did not move within a sample, or there is none.
 * - SB_ECOARSE: a sample of the most loads takes fewer than 8 steps of the
 *   counter, so it cannot show whether the flush works.
 * - SB_EUNCACHED: it takes more, and flushed lines are not slower. An emulator
 *   has no cache. Nor has a CPU whose cache is off.
 * - SB_EIO: with the same number of loads the counter went backwards twice.
 *
 * read gives len bytes, at most 64, or
 *
 * - SB_EPREDICTABLE: in 512 samples a predictor was right 325 times, or their
 *   sums lie on a line. That is 1 bit a sample, three times what is credited.
 * - SB_EIO: the counter went backwards twice in 512 samples. Once drops the
 *   sample: a task that waits for half the range of the counter looks like it.
 *
 * None of them waits: a call ends after a number of looks (above), whatever the
 * counter says. restart and stop wipe what came from samples. What the board
 * filled in stays.
 */
extern const struct sb_driver sb_cache_timing;

/*
 * A row of sb_hal.sources, behind all others: SB_LAST. credit is 85, 1/3 bit a
 * byte, where docs/evidence/ has a recording of the instruction set, the class
 * of clock and the board that supports it: at most a quarter of the least of
 * ten estimators of SP 800-90B section 6.3. Elsewhere it is 0.
 */
/* clang-format off */
#define SB_CACHE_TIMING_AS(state, credit) { &sb_cache_timing, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
