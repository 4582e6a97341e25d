/* SPDX-License-Identifier: BSD-2-Clause */
/* The clock and the alarm of boards/common/wfi, by Count and Compare. */
#include "mips.h"
#include "sb_mips.h"
#include "scale.h"

#define TIMER_NS 1000000000u
#define TIMER_SOON 64u /* ticks: more than it takes to set them */
#define TIMER_TRIES 16
#define TIMER_NEVER 0xffffffffu

static uint64_t timer_scale;   /* nanoseconds a tick, 32.32 */
static uint64_t timer_rate;    /* ticks a nanosecond, 32.32 */
static uint64_t timer_ticks;   /* up to timer_last */
static uint32_t timer_last;    /* the last count that was looked at */
static uint32_t timer_pending; /* the bit of its interrupt */

uint32_t mips_timer_bit(void)
{
	return timer_pending;
}

void mips_timer_start(uint32_t hz)
{
	uint32_t control, status;

	timer_scale = scale_divide((uint64_t)TIMER_NS << 32, hz);
	timer_rate = scale_divide((uint64_t)hz << 32, TIMER_NS);
	__asm__ volatile("mfc0 %0, $12, 1" : "=r"(control)); /* IntCtl */
	timer_pending = MIPS_RAISED << (control >> 29);
	mips_timer_set(TIMER_NEVER);
	__asm__ volatile("mfc0 %0, $12" : "=r"(status));
	status |= timer_pending | MIPS_RAISED;
	__asm__ volatile("mtc0 %0, $12\n\tehb" : : "r"(status) : "memory");
	wfi_works = 1;
}

uint64_t wfi_now(void)
{
	uint32_t now = (uint32_t)sb_mips_count();

	timer_ticks += now - timer_last;
	timer_last = now;
	return scale_multiply(timer_ticks, timer_scale);
}

/*
 * A count that is past before it is set would match a round later, so then
 * another one is set. That takes back an interrupt that was pending.
 */
void mips_timer_set(uint32_t ticks)
{
	for (int tries = TIMER_TRIES; tries; tries--) {
		uint32_t start = (uint32_t)sb_mips_count();

		__asm__ volatile("mtc0 %0, $11\n\tehb" : : "r"(start + ticks) : "memory");
		if ((uint32_t)sb_mips_count() - start < ticks || ticks > TIMER_NEVER / 2)
			return;
		ticks *= 2;
	}
}

void wfi_alarm(uint32_t ns)
{
	mips_timer_set(ns ? (uint32_t)scale_multiply(ns, timer_rate) + TIMER_SOON : TIMER_NEVER);
}

static void timer_set_cause(uint32_t cause)
{
	__asm__ volatile("mtc0 %0, $13\n\tehb" : : "r"(cause) : "memory");
}

int wfi_taken(void)
{
	uint32_t cause = mips_cause();

	if (!(cause & MIPS_RAISED))
		return 0;
	timer_set_cause(cause & ~MIPS_RAISED);
	return 1;
}

int board_event(void)
{
	timer_set_cause(mips_cause() | MIPS_RAISED);
	return 0;
}
