/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samsung Exynos 4210. Its manual is not public: addresses are those of Linux's
 * device tree (exynos4.dtsi, exynos4210.dtsi). One CPU of the two, with
 * interrupts masked, so there is no enter and no leave.
 */
#include "a9.h"
#include "arm.h"
#include "sb_hal.h"
#include "sb_trng_exynos4.h"
#include "seed_window.h"
#include "wfi.h"

#define SMDK_PERIPHBASE 0x10500000u

const char *board_facts;

static struct sb_trng_exynos4_state smdk_prng = { .base = 0x10830400 };

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	seed_window_take();
	a9_start(SMDK_PERIPHBASE, A9_QEMU_HZ);
	board_exit(constructors_main());
}

static const struct sb_source smdk_sources[] = {
	SEED_WINDOW,
	SB_TRNG_EXYNOS4(&smdk_prng),
};

const struct sb_hal sb_platform = {
	.cycles = a9_cycles,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = smdk_sources,
	.source_count = sizeof smdk_sources / sizeof smdk_sources[0],
};
