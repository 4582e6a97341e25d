/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raspberry Pi A+ (BCM2835 ARM Peripherals, Broadcom 2012; addresses as its CPU
 * sees them, section 1.2.3). One CPU with interrupts masked, so there is no
 * enter and no leave.
 */
#include "arm.h"
#include "compare.h"
#include "io.h"
#include "sb_hal.h"
#include "sb_trng_bcm2835.h"
#include "wfi.h"

/*
 * The system timer, chapter 12: 64 bits at 1 MHz, and compare registers for the
 * lower half. The firmware uses 0 and 2.
 */
#define RASPI_STATUS 0x20003000u
#define RASPI_LOW 0x20003004u
#define RASPI_HIGH 0x20003008u
#define RASPI_COMPARE1 0x20003010u
#define RASPI_COMPARE3 0x20003018u
#define RASPI_MATCH1 2u
#define RASPI_MATCH3 8u
#define RASPI_HZ 1000000u
#define RASPI_READS 8 /* the higher half changes once in 71 minutes */
/* Chapter 7, Enable IRQs 1: the timer's have the bits of its matches. */
#define RASPI_ENABLE 0x2000b210u

const char *board_facts;

static struct sb_trng_bcm2835_state raspi_trng = { .base = 0x20104000 };

static uint64_t raspi_cycles(void)
{
	uint32_t low, high = sb_io_read32(RASPI_HIGH), before;
	int reads = RASPI_READS;

	do {
		before = high;
		low = sb_io_read32(RASPI_LOW);
		high = sb_io_read32(RASPI_HIGH);
	} while (high != before && --reads);
	return (uint64_t)high << 32 | low;
}

uint64_t wfi_now(void)
{
	return wfi_ns(raspi_cycles(), RASPI_HZ);
}

const struct compare_timer compare_timer = {
	.count = RASPI_LOW,
	.status = RASPI_STATUS,
	.compare = { RASPI_COMPARE1, RASPI_COMPARE3 },
	.match = { RASPI_MATCH1, RASPI_MATCH3 },
	.hz = RASPI_HZ,
};

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	sb_io_write32(RASPI_ENABLE, RASPI_MATCH1 | RASPI_MATCH3);
	compare_start();
	board_exit(constructors_main());
}

static const struct sb_source raspi_sources[] = { SB_TRNG_BCM2835(&raspi_trng) };

const struct sb_hal sb_platform = {
	.cycles = raspi_cycles,
	.cycles_hz = RASPI_HZ,
	.cycle_bits = 64,
	.loop = &wfi_loop,
	.sources = raspi_sources,
	.source_count = sizeof raspi_sources / sizeof raspi_sources[0],
};
