/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm MPS2+ with a Cortex-M33, application note AN505 (DAI 0505). mps2-an505 is
 * its secure state alone: the SAU stays off, so all memory is secure.
 * mps2-an505-ns is the non-secure one: boards/common/mps2/secure.S brings the
 * CPU there. On a real part the secure side would keep the source, and offer a
 * call. One CPU and no task switch, so there is no enter and no leave. No
 * source of its own, but for a seed in the last 64 bytes of RAM:
 * boards/common/seed.
 */
#include "mps2.h"

/* TIMER0 at 20 MHz */
const struct mps2_alarm mps2_alarm = { .timer = 0x40000000, .irq = 3, .tick = 50 };

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
	.cycles_hz = 20000000,
	.cycle_bits = SYSTICK_BITS,
	.loop = &cortex_m_loop,
	.sources = mps2_sources,
	.source_count = sizeof mps2_sources / sizeof mps2_sources[0],
};
