/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Nuvoton NPCM750. Its data sheet is not public: addresses are those of Linux's
 * device tree (nuvoton-common-npcm7xx.dtsi). One CPU of the two, with
 * interrupts masked, so there is no enter and no leave.
 */
#include "a9.h"
#include "arm.h"
#include "sb_hal.h"
#include "sb_trng_npcm7xx.h"
#include "wfi.h"

#define NPCM_PERIPHBASE 0xf03fe000u

const char *board_facts;

static struct sb_trng_npcm7xx_state npcm_trng = { .base = 0xf000b000 };

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	a9_start(NPCM_PERIPHBASE, A9_QEMU_HZ);
	board_exit(constructors_main());
}

static const struct sb_source npcm_sources[] = { SB_TRNG_NPCM7XX(&npcm_trng) };

const struct sb_hal sb_platform = {
	.cycles = a9_cycles,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = npcm_sources,
	.source_count = sizeof npcm_sources / sizeof npcm_sources[0],
};
