/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AMD Versal, its first Cortex-A72, entered at EL3 without a firmware. Versal
 * ACAP Technical Reference Manual (AM011), chapter Memory Map. Interrupts stay
 * masked, so there is no enter and no leave. Its GICv3 is left alone: a wait
 * polls.
 */
#include "aarch64.h"
#include "pl011.h"
#include "sb_aarch64.h"
#include "sb_cache_timing.h"
#include "sb_trng_versal.h"
#include "seed_window.h"
#include "wfi.h"

#define VERSAL_UART 0xff000000u
#define VERSAL_TRNG 0xf1230000u
#define VERSAL_TRNG_STATUS (VERSAL_TRNG + 4)

const char *board_facts;
const uintptr_t aarch64_uart = VERSAL_UART;

static struct sb_trng_versal_state versal_trng;
static struct sb_cache_timing_area versal_lines;
static struct sb_cache_timing_state versal_times = { SB_AARCH64_CACHE_TIMING,
						     .area = &versal_lines };

void board_write(const char *text, size_t len)
{
	pl011_write(VERSAL_UART, text, len);
}

/* Never called: nothing sets wfi_works. */
int wfi_taken(void)
{
	return 0;
}

int board_event(void)
{
	return -1;
}

/*
 * QEMU before 9.0 has no TRNG, and a board's firmware may keep it to the PMC.
 * Then a read of it traps.
 */
_Noreturn void aarch64_main(void *tree)
{
	(void)tree;
	if (aarch64_is_memory(VERSAL_TRNG_STATUS))
		versal_trng.base = VERSAL_TRNG;
	seed_window_take();
	board_exit(constructors_main());
}

/* Nobody recorded times here (docs/evidence), so they are not counted. */
static const struct sb_source versal_sources[] = {
	SB_TRNG_VERSAL(&versal_trng),
	SEED_WINDOW,
	SB_CACHE_TIMING_AS(&versal_times, 0),
};

const struct sb_hal sb_platform = {
	.cycles = sb_aarch64_cntvct,
	.cycle_bits = 56,
	.loop = &wfi_loop,
	.sources = versal_sources,
	.source_count = sizeof versal_sources / sizeof versal_sources[0],
};
