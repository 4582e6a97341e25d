/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock and the sleep of boards/common/wfi: the Time Base, the decrementer,
 * and H_CEDE, which enables interrupts and waits for one. Elsewhere they are
 * off. An event is an interrupt that this CPU sends to itself by the interrupt
 * controller. Calls are those of LoPAR, "Logical Partitioning Option".
 */
#include "pseries.h"
#include "scale.h"

#define TIMER_EOI 0x64
#define TIMER_CPPR 0x68
#define TIMER_IPI 0x6c
#define TIMER_XIRR 0x74
#define TIMER_CEDE 0xe0

#define TIMER_ALL 0xff         /* as the CPU's priority: each interrupt may come */
#define TIMER_EVENT 4          /* the priority of an event */
#define TIMER_QUIET 0xff       /* the priority of none */
#define TIMER_SOURCE 0xffffffu /* of XIRR; 0: nothing was pending */
#define TIMER_SUCCESS 0

#define TIMER_HZ_UNKNOWN 512000000u
#define TIMER_NS 1000000000u
#define TIMER_MSR_EE 0x8000u

static uint64_t timer_scale; /* nanoseconds a tick, 32.32 */
static uint64_t timer_rate;  /* ticks a nanosecond, 32.32 */
static uint32_t timer_server;

/* Both go on until somebody acts. The decrementer does so here. */
static int timer_interrupt(uint64_t vector)
{
	if (vector == PSERIES_DECREMENTER)
		pseries_alarm(PSERIES_TICKS_MAX);
	return 0;
}

int (*pseries_interrupt)(uint64_t vector) = timer_interrupt;

void pseries_alarm(uint32_t ticks)
{
	__asm__ volatile("mtdec %0" : : "r"((uint64_t)ticks) : "memory");
}

/* An interrupt that came before ends it at once. */
static int64_t timer_cede(void)
{
	int64_t result = pseries_call(TIMER_CEDE, 0, 0);
	uint64_t msr = sb_power_msr() & ~(uint64_t)TIMER_MSR_EE;

	__asm__ volatile("mtmsrd %0, 1" : : "r"(msr) : "memory");
	return result;
}

void pseries_timer_start(uint32_t hz, uint32_t server)
{
	hz = hz ? hz : TIMER_HZ_UNKNOWN;
	timer_scale = scale_divide((uint64_t)TIMER_NS << 32, hz);
	timer_rate = scale_divide((uint64_t)hz << 32, TIMER_NS);
	timer_server = server;
	/* With XIVE alone a machine does not know it, and has no events. */
	(void)pseries_call(TIMER_CPPR, TIMER_ALL, 0);
	pseries_alarm(0);
	wfi_works = timer_cede() == TIMER_SUCCESS;
}

uint64_t wfi_now(void)
{
	return scale_multiply(sb_power_timebase(), timer_scale);
}

void wfi_alarm(uint32_t ns)
{
	uint64_t ticks = ns ? scale_multiply(ns, timer_rate) + 1 : PSERIES_TICKS_MAX;

	pseries_alarm(ticks < PSERIES_TICKS_MAX ? (uint32_t)ticks : PSERIES_TICKS_MAX);
}

void wfi_sleep(void)
{
	(void)timer_cede();
}

int wfi_taken(void)
{
	uint64_t reg[SB_POWER_HCALL] = { TIMER_XIRR };

	sb_power_hcall(reg);
	if (reg[0] != TIMER_SUCCESS || !(reg[1] & TIMER_SOURCE))
		return 0;
	(void)pseries_call(TIMER_IPI, timer_server, TIMER_QUIET);
	(void)pseries_call(TIMER_EOI, reg[1], 0);
	return 1;
}

int board_event(void)
{
	return pseries_call(TIMER_IPI, timer_server, TIMER_EVENT) == TIMER_SUCCESS ? 0 : -1;
}
