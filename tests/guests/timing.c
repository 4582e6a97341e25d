/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For -icount, where time is a count of instructions. The work that is timed
 * depends on data, as in other people's collectors: the counter says how often
 * a loop goes round. Its times look like noise, no predictor knows them, and
 * they are the same in each boot. The contrast test sees that no cache is
 * there.
 *
 * Prints "refused: WHY". WITHOUT_CONTRAST takes that test out of the driver.
 * Then it is ready, and prints what a key would have been: "ready HEX".
 */
#include "print.h"
#include "sb_x86.h"
#include "seedbed.h"

#ifdef WITHOUT_CONTRAST
#define sb_timing_contrast timing_no_contrast
#define sb_cache_timing timing_cache_timing
#include "cache_timing.c"

unsigned timing_no_contrast(struct sb_cache_timing_state *t, uint32_t ticks[TIMING_TICKS],
			    uint32_t turned)
{
	(void)turned;
	for (unsigned i = 0; i < TIMING_TICKS; i++)
		ticks[i] = sb_timing_sample(t, 0);
	return TIMING_PAIRS;
}
#else
#include "sb_cache_timing.h"
#endif

/* In the place of a flush. */
static void timing_work(const volatile void *at)
{
	static uint32_t state;

	(void)at;
	state ^= (uint32_t)sb_x86_tsc();
	for (uint32_t n = (state = state * 1664525 + 1013904223) >> 25; n; n--)
		__asm__ volatile("" : "+r"(n));
}

static struct sb_cache_timing_area timing_lines;
static struct sb_cache_timing_state timing_state = { SB_X86_CACHE_TIMING, .area = &timing_lines };
static const struct sb_source timing_source = SB_CACHE_TIMING_AS(&timing_state, 85);
static const struct sb_hal timing_hal = {
	.cycles = sb_x86_tsc, .cycle_bits = 64, .sources = &timing_source, .source_count = 1
};
static struct seedbed timing_bed;

int main(void)
{
	struct seedbed_report report;
	uint8_t key[32];
	int result;

	timing_state.flush = timing_work;
	result = seedbed_init(&timing_bed, &timing_hal);
	for (unsigned i = 0; i < 64 && result != SB_EIO; i++)
		if ((result = seedbed_gather(&timing_bed)) == SB_OK)
			break;
	if (result == SB_OK && seedbed_read(&timing_bed, key, sizeof key) == SB_OK) {
		print_text("ready ");
		print_hex(key, sizeof key);
		print_text("\n");
		return 1;
	}
	if (seedbed_inspect(&timing_bed, 0, &report) != SB_OK)
		return 1;
	print_text("refused: ");
	print_text(seedbed_reason_text(report.reason));
	print_text("\n");
	return report.reason != SEEDBED_UNCACHED;
}
