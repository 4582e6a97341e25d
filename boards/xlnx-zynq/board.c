/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Xilinx Zynq-7000 (Technical Reference Manual, UG585). One CPU of the two,
 * with interrupts masked, so there is no enter and no leave. The chip has no
 * source of its own, but for a seed below the image: boards/common/seed.
 */
#include "a9.h"
#include "arm.h"
#include "sb_hal.h"
#include "seed_window.h"
#include "wfi.h"

#define ZYNQ_PERIPHBASE 0xf8f00000u /* UG585, section 4.1 */

const char *board_facts;

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	seed_window_take();
	a9_start(ZYNQ_PERIPHBASE, A9_QEMU_HZ);
	board_exit(constructors_main());
}

static const struct sb_source zynq_sources[] = { SEED_WINDOW };

const struct sb_hal sb_platform = {
	.cycles = a9_cycles,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = zynq_sources,
	.source_count = sizeof zynq_sources / sizeof zynq_sources[0],
};
