/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm MPS2+ with a Cortex-M3, application note AN385 (DAI 0385), or with a
 * Cortex-M7, AN500 (DAI 0500), whose caches are left off, as a reset leaves
 * them. One CPU and no task switch, so there is no enter and no leave. The
 * machine has no source of its own, but for a seed in the last 64 bytes of RAM:
 * boards/common/seed.
 */
#include "mps2.h"

/* TIMER0 at 25 MHz */
const struct mps2_alarm mps2_alarm = { .timer = 0x40000000, .irq = 8, .tick = 40 };

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
	.cycles_hz = 25000000,
	.cycle_bits = SYSTICK_BITS,
	.loop = &cortex_m_loop,
	.sources = mps2_sources,
	.source_count = sizeof mps2_sources / sizeof mps2_sources[0],
};
