/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raspberry Pi 2: BCM2836. One CPU of the four, with interrupts masked, so
 * there is no enter and no leave.
 */
#include "arm.h"
#include "bcm2836.h"
#include "pl011.h"
#include "pmu.h"
#include "sb_arm.h"
#include "sb_hal.h"
#include "sb_trng_bcm2835.h"
#include "wfi.h"

const char *board_facts;

void board_write(const char *text, size_t len)
{
	pl011_write(BCM2836_UART, text, len);
}

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	pmu_start();
	bcm2836_local_start();
	board_exit(constructors_main());
}

static struct sb_trng_bcm2835_state raspi_trng = { .base = BCM2836_TRNG };

static const struct sb_source raspi_sources[] = { SB_TRNG_BCM2835(&raspi_trng) };

const struct sb_hal sb_platform = {
	.cycles = sb_arm_pmccntr,
	.cycle_bits = 32,
	.loop = &wfi_loop,
	.sources = raspi_sources,
	.source_count = sizeof raspi_sources / sizeof raspi_sources[0],
};
