/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raspberry Pi 3B. The firmware loads the raw image as kernel8.img at 0x80000.
 * On a real one config.txt says enable_uart=1 and dtoverlay=disable-bt, so that
 * the PL011 is the console. Other CPUs are parked, by the firmware at EL2 or by
 * start.S at EL3. Interrupts are masked, so there is no enter and no leave.
 */
#include "aarch64.h"
#include "bcm2836.h"
#include "pl011.h"
#include "sb_aarch64.h"
#include "sb_cache_timing.h"
#include "sb_seed.h"
#include "sb_trng_bcm2835.h"
#include "wfi.h"

const char *board_facts;
const uintptr_t aarch64_uart = BCM2836_UART;

void board_write(const char *text, size_t len)
{
	pl011_write(BCM2836_UART, text, len);
}

static struct sb_seed_state raspi_seed;

/* QEMU gives an ELF image no tree. */
_Noreturn void aarch64_main(void *tree)
{
	struct sb_fdt fdt;

	if (tree && sb_fdt_open(&fdt, tree, AARCH64_TREE_MAX) == SB_OK)
		sb_fdt_seed(&fdt, &raspi_seed);
	bcm2836_local_start();
	board_exit(constructors_main());
}

static struct sb_trng_bcm2835_state raspi_trng = { .base = BCM2836_TRNG };
static struct sb_cache_timing_area raspi_lines;
static struct sb_cache_timing_state raspi_times = { SB_AARCH64_CACHE_TIMING, .area = &raspi_lines };

/*
 * Nobody says how the firmware makes its seed, and nobody recorded times here
 * (docs/evidence): both are mixed, and not counted.
 */
static const struct sb_source raspi_sources[] = {
	SB_TRNG_BCM2835(&raspi_trng),
	SB_SEED_AS(&raspi_seed, 0),
	SB_CACHE_TIMING_AS(&raspi_times, 0),
};

const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.loop = &wfi_loop,
	.sources = raspi_sources,
	.source_count = sizeof raspi_sources / sizeof raspi_sources[0],
};
