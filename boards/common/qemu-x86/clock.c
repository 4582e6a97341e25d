/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event loop: the TSC as the clock, and sleep by apic.c. Without an APIC it
 * polls.
 */
#include "io.h"
#include "qemu_x86.h"
#include "sb_x86.h"
#include "scale.h"

/* without any reference the loop runs fast or slow, but it runs */
#define CLOCK_HZ_UNKNOWN 1000000000u
/*
 * One wait ends after this many looks at the clock. An early end counts as an
 * event.
 */
#define CLOCK_WAIT_POLLS 1000000u
#define CLOCK_PIT_POLLS 200000u

/*
 * Intel 8254, 1193182 Hz: counter 0 in mode 0, both bytes. microvm has counter
 * 0 too; counter 2 needs port 0x61.
 */
#define CLOCK_PIT 0x40
#define CLOCK_PIT_CONTROL 0x43
#define CLOCK_PIT_MODE0 0x30
#define CLOCK_PIT_LATCH 0x00
#define CLOCK_PIT_HZ 1193182u
#define CLOCK_PIT_TICKS 11932u /* 10 ms */

/* nanoseconds a tick, 32.32; 0: not measured yet */
static uint64_t clock_scale;
static struct sb_hook *clock_hooks;

static uint16_t clock_pit_count(void)
{
	uint16_t low;

	sb_io_out8(CLOCK_PIT_CONTROL, CLOCK_PIT_LATCH);
	low = sb_io_in8(CLOCK_PIT);
	return (uint16_t)(low | sb_io_in8(CLOCK_PIT) << 8);
}

/* Returns 0 if there is no such timer, or if it stands still. */
static uint64_t clock_measure(void)
{
	uint64_t begin;
	uint16_t from;

	sb_io_out8(CLOCK_PIT_CONTROL, CLOCK_PIT_MODE0);
	sb_io_out8(CLOCK_PIT, 0xff);
	sb_io_out8(CLOCK_PIT, 0xff);
	from = clock_pit_count();
	begin = sb_x86_tsc();
	for (uint32_t polls = 0; polls < CLOCK_PIT_POLLS; polls++) {
		uint16_t gone = (uint16_t)(from - clock_pit_count());

		if (gone >= CLOCK_PIT_TICKS)
			return scale_divide((sb_x86_tsc() - begin) * CLOCK_PIT_HZ, gone);
	}
	return 0;
}

/*
 * Asks CPUID. Leaf 15h: Intel SDM volume 3, section 18.7.3. Hypervisors: leaf
 * 40000010h, EAX in kHz. It is the VMware leaf, and KVM and QEMU have it too.
 */
static uint64_t clock_told(void)
{
	uint32_t reg[4];

	sb_x86_cpuid(0, 0, reg);
	if (reg[0] >= 0x15) {
		sb_x86_cpuid(0x15, 0, reg);
		if (reg[0] && reg[1] && reg[2])
			return scale_divide((uint64_t)reg[2] * reg[1], reg[0]);
	}
	sb_x86_cpuid(1, 0, reg);
	if (!(reg[2] & 1u << 31))
		return 0;
	sb_x86_cpuid(0x40000000, 0, reg);
	if (reg[0] < 0x40000010 || reg[0] > 0x400000ff)
		return 0;
	sb_x86_cpuid(0x40000010, 0, reg);
	return (uint64_t)reg[0] * 1000;
}

static uint64_t clock_now(void)
{
	if (!clock_scale) {
		uint64_t hz = clock_told();

		if (!hz)
			hz = clock_measure();
		clock_scale =
			scale_divide(1000000000ull << 32,
				     hz && hz <= UINT32_MAX ? (uint32_t)hz : CLOCK_HZ_UNKNOWN);
	}
	return scale_multiply(sb_x86_tsc(), clock_scale);
}

static void clock_wait(uint64_t deadline)
{
	sb_loop_run(clock_hooks);
	if (clock_now() >= deadline || qemu_x86_sleep(deadline))
		return;
	for (uint32_t polls = 0; polls < CLOCK_WAIT_POLLS && clock_now() < deadline; polls++)
		sb_io_relax();
}

const struct sb_loop qemu_x86_loop = {
	.now = clock_now, .wait = clock_wait, .hooks = &clock_hooks, .harvest = &sb_harvest
};
