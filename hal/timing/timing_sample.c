/* SPDX-License-Identifier: BSD-2-Clause */
#include "timing.h"

static volatile uint8_t *sample_at(struct sb_cache_timing_state *t, unsigned line)
{
	return t->area->bytes + (line % SB_CACHE_TIMING_LINES) * SB_CACHE_TIMING_LINE;
}

/*
 * Each line comes once in 256 (Knuth, The Art of Computer Programming, section
 * 3.2.1.2, theorem A), and no two steps are the same: a prefetcher would hide a
 * flush. The line 128 further on comes 128 steps later. So within a sample no
 * line is loaded that was flushed for another.
 */
static unsigned sample_next(unsigned line)
{
	return line * 5 + 1;
}

uint32_t sb_timing_sample(struct sb_cache_timing_state *t, unsigned apart)
{
	unsigned shift = t->cycle_bits < 32 ? 32u - t->cycle_bits : 0;
	unsigned line = t->line;
	uint32_t from, passed;

	for (unsigned i = t->loads; i--; line = sample_next(line)) {
		(void)*sample_at(t, line);
		(void)*sample_at(t, line + apart);
	}
	line = t->line;
	t->fence();
	from = (uint32_t)t->cycles();
	for (unsigned i = t->loads; i--; line = sample_next(line)) {
		t->flush(sample_at(t, line + apart));
		t->fence();
		(void)*sample_at(t, line);
		t->fence();
	}
	passed = ((uint32_t)t->cycles() - from) << shift;
	t->line = (uint8_t)line;
	return passed >> 31 ? UINT32_MAX : passed >> shift;
}
SB_OWN(sb_timing_sample);
