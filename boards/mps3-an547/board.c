/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm MPS3 with a Cortex-M55, application note AN547 (DAI 0547), in its secure
 * state alone: the SAU stays off, so all memory is secure. The caches are left
 * off, as a reset leaves them. One CPU and no task switch, so there is no enter
 * and no leave. No source of its own, but for a seed in the last 64 bytes of
 * RAM: boards/common/seed.
 */
#include "mps2.h"

/* the S32K timer of the SSE-300 (Arm 101773), which counts at 32 kHz */
const struct mps2_alarm mps2_alarm = { .timer = 0x4802f000, .irq = 2, .tick = 31250 };

void cortex_m_setup(void)
{
	mps2_setup();
}

void cortex_m_interrupt(unsigned exception)
{
	mps2_interrupt(exception);
}

static const struct sb_source mps2_sources[] = { SEED_WINDOW };

const struct sb_hal sb_platform = {
	.cycles = systick_cycles,
	.cycles_hz = 32000000,
	.cycle_bits = SYSTICK_BITS,
	.loop = &cortex_m_loop,
	.sources = mps2_sources,
	.source_count = sizeof mps2_sources / sizeof mps2_sources[0],
};
