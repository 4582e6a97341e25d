/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raspberry Pi 2: BCM2836. One CPU of the four, with interrupts masked, so
 * there is no enter and no leave.
 */
#include "arm.h"
#include "io.h"
#include "pmu.h"
#include "sb_arm.h"
#include "sb_hal.h"
#include "sb_trng_bcm2835.h"
#include "wfi.h"

/*
 * BCM2836 ARM-local peripherals (Broadcom's QA7, revision 3.4), of core 0: which
 * of its timers interrupt it, what is pending, and a mailbox that it writes to
 * itself.
 */
#define RASPI_TIMERS 0x40000040u
#define RASPI_TIMERS_VIRTUAL 8u
#define RASPI_MAILBOXES 0x40000050u
#define RASPI_PENDING 0x40000060u
#define RASPI_PENDING_MAILBOX 0x10u
#define RASPI_MAILBOX_SET 0x40000080u
#define RASPI_MAILBOX_CLEAR 0x400000c0u

const char *board_facts;

/* The timer's stays pending as long as the timer rings: the alarm is off. */
int wfi_taken(void)
{
	uint32_t pending = sb_io_read32(RASPI_PENDING);

	sb_io_write32(RASPI_MAILBOX_CLEAR, UINT32_MAX);
	return (pending & RASPI_PENDING_MAILBOX) != 0;
}

int board_event(void)
{
	sb_io_write32(RASPI_MAILBOX_SET, 1);
	return 0;
}

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	pmu_start();
	sb_io_write32(RASPI_TIMERS, RASPI_TIMERS_VIRTUAL);
	sb_io_write32(RASPI_MAILBOXES, 1);
	wfi_works = 1;
	board_exit(constructors_main());
}

static struct sb_trng_bcm2835_state raspi_trng = { .base = 0x3f104000 };

static const struct sb_source raspi_sources[] = { SB_TRNG_BCM2835(&raspi_trng) };

const struct sb_hal sb_platform = {
	.cycles = sb_arm_pmccntr,
	.cycle_bits = 32,
	.loop = &wfi_loop,
	.sources = raspi_sources,
	.source_count = sizeof raspi_sources / sizeof raspi_sources[0],
};
