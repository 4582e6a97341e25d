/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock, the alarm and the events of boards/common/wfi. Sections are those
 * of the LoongArch Reference Manual, Volume 1, version 1.10.
 */
#include "loongarch.h"
#include "sb_loongarch.h"
#include "scale.h"

#define TIMER_NS 1000000000u
#define TIMER_HZ_UNKNOWN 100000000u /* as Loongson 3A5000 has it */

/* Section 7.6: the timer counts down at the rate of the stable counter. */
#define TIMER_CONFIG 0x41
#define TIMER_CONFIG_ON 1u
#define TIMER_CONFIG_TICKS (~(uint64_t)3)
#define TIMER_CLEAR 0x44

/* Section 7.4.5: interrupts that are let through. */
#define TIMER_ENABLES 0x4
#define TIMER_ENABLES_BOTH 0x1800u /* the timer, and what other CPUs send */

/*
 * Interrupts between CPUs: Loongson 3A5000/3B5000 Processor Reference Manual,
 * section 10.2, registers of this CPU by IOCSR.
 */
#define TIMER_EVENT_STATUS 0x1000u
#define TIMER_EVENT_ENABLE 0x1004u
#define TIMER_EVENT_SET 0x1008u
#define TIMER_EVENT_CLEAR 0x100cu

static uint64_t timer_scale; /* nanoseconds a tick, 32.32 */
static uint64_t timer_rate;  /* ticks a nanosecond, 32.32 */

static uint32_t timer_read(uint32_t at)
{
	uint32_t value;

	__asm__ volatile("iocsrrd.w %0, %1" : "=r"(value) : "r"((uintptr_t)at) : "memory");
	return value;
}

static void timer_write(uint32_t at, uint32_t value)
{
	__asm__ volatile("iocsrwr.w %0, %1" : : "r"(value), "r"((uintptr_t)at) : "memory");
}

void loongarch_alarm(uint64_t ticks)
{
	uint64_t off = 0, clear = 1, on = (ticks & TIMER_CONFIG_TICKS) + 4 + TIMER_CONFIG_ON;

	LOONGARCH_WRITE(TIMER_CONFIG, off);
	LOONGARCH_WRITE(TIMER_CLEAR, clear);
	if (ticks)
		LOONGARCH_WRITE(TIMER_CONFIG, on);
}

void loongarch_timer_start(void)
{
	uint64_t both = TIMER_ENABLES_BOTH;
	uint32_t hz = sb_loongarch_rdtime_hz();

	hz = hz ? hz : TIMER_HZ_UNKNOWN;
	timer_scale = scale_divide((uint64_t)TIMER_NS << 32, hz);
	timer_rate = scale_divide((uint64_t)hz << 32, TIMER_NS);
	loongarch_alarm(0);
	timer_write(TIMER_EVENT_CLEAR, UINT32_MAX);
	timer_write(TIMER_EVENT_ENABLE, 1);
	LOONGARCH_WRITE(TIMER_ENABLES, both);
	wfi_works = 1;
}

uint64_t wfi_now(void)
{
	return scale_multiply(sb_loongarch_rdtime(), timer_scale);
}

void wfi_alarm(uint32_t ns)
{
	loongarch_alarm(ns ? scale_multiply(ns, timer_rate) + 1 : 0);
}

void wfi_sleep(void)
{
	loongarch_sleep();
}

int wfi_taken(void)
{
	uint32_t events = timer_read(TIMER_EVENT_STATUS);

	timer_write(TIMER_EVENT_CLEAR, events);
	return events != 0;
}

int board_event(void)
{
	timer_write(TIMER_EVENT_SET, 1);
	return 0;
}
