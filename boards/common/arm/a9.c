/* SPDX-License-Identifier: BSD-2-Clause */
#include "a9.h"
#include "gic.h"
#include "io.h"
#include "wfi.h"

/*
 * Cortex-A9 MPCore, DDI 0407, section 1.5: places; 4.1 and 4.2: the private
 * timer, which counts down and rings; 4.3 and 4.4: the global timer.
 */
#define A9_CPU_INTERFACE 0x100
#define A9_GLOBAL_LOW 0x200
#define A9_GLOBAL_HIGH 0x204
#define A9_GLOBAL_CONTROL 0x208
#define A9_PRIVATE_LOAD 0x600
#define A9_PRIVATE_CONTROL 0x608
#define A9_PRIVATE_RUN 5u /* interrupt enable, timer enable; once */
#define A9_PRIVATE_STATUS 0x60c
#define A9_DISTRIBUTOR 0x1000
#define A9_PRIVATE_ID 29u
#define A9_READS 8 /* the high word changes once in 13 s or more */

static uintptr_t a9_base;
static uint32_t a9_hz;

uint64_t a9_cycles(void)
{
	uint32_t low, high = sb_io_read32(a9_base + A9_GLOBAL_HIGH), before;
	int reads = A9_READS;

	do {
		before = high;
		low = sb_io_read32(a9_base + A9_GLOBAL_LOW);
		high = sb_io_read32(a9_base + A9_GLOBAL_HIGH);
	} while (high != before && --reads);
	return (uint64_t)high << 32 | low;
}

uint64_t wfi_now(void)
{
	return wfi_ns(a9_cycles(), a9_hz);
}

void wfi_alarm(uint32_t ns)
{
	sb_io_write32(a9_base + A9_PRIVATE_CONTROL, 0);
	sb_io_write32(a9_base + A9_PRIVATE_STATUS, 1);
	if (!ns)
		return;
	sb_io_write32(a9_base + A9_PRIVATE_LOAD, (uint32_t)wfi_ticks(ns, a9_hz) + 1);
	sb_io_write32(a9_base + A9_PRIVATE_CONTROL, A9_PRIVATE_RUN);
}

void a9_start(uintptr_t base, uint32_t hz)
{
	a9_base = base;
	a9_hz = hz;
	sb_io_write32(base + A9_GLOBAL_CONTROL, 1);
	gic_start(base + A9_DISTRIBUTOR, base + A9_CPU_INTERFACE, A9_PRIVATE_ID);
}
