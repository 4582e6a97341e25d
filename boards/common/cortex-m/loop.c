/* SPDX-License-Identifier: BSD-2-Clause */
/* The event loop: a counter of 64 bits, and sleep in WFI until an interrupt. */
#include "board.h"
#include "cortex_m.h"

/* ns: half a second, well below a round of any board's counter */
#define LOOP_SLEEP_MAX 0x20000000u

/*
 * An interrupt that no board uses: SWI5 of an nRF51 (Reference Manual 3.0,
 * chapter SWI), a pin of a GPIO on MPS2, reserved on MPS3, TIM1 of an STM32F4.
 * Their own interrupts stay off.
 */
#define LOOP_EVENT_IRQ 25u

static struct sb_hook *loop_hooks;
static volatile uint32_t loop_happened; /* since the last wait ended */
static uint64_t loop_total;
static uint32_t loop_last;

static uint32_t loop_mask(void)
{
	uint32_t primask;

	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(primask) : : "memory");
	return primask;
}

static void loop_unmask(uint32_t primask)
{
	__asm__ volatile("msr primask, %0" : : "r"(primask) : "memory");
}

uint64_t cortex_m_ticks(uint64_t (*cycles)(void), uint32_t mask)
{
	uint32_t primask = loop_mask(), now = (uint32_t)cycles();
	uint64_t total;

	loop_total += (now - loop_last) & mask;
	loop_last = now;
	total = loop_total;
	loop_unmask(primask);
	return total;
}

void cortex_m_event(void)
{
	loop_happened = 1;
}

int board_event(void)
{
	cortex_m_enable(LOOP_EVENT_IRQ);
	cortex_m_raise(LOOP_EVENT_IRQ);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
	return 0;
}

/*
 * Sleeps once, so any interrupt ends it. WFI wakes for a pending interrupt
 * although interrupts are masked. So an interrupt that comes after the look at
 * loop_happened is not slept through. It is handled after the unmasking, and
 * the caller then looks at what it did.
 */
static void loop_wait(uint64_t deadline)
{
	uint64_t now;
	uint32_t primask;

	sb_loop_run(loop_hooks);
	primask = loop_mask();
	now = cortex_m_now();
	if (now < deadline && !loop_happened) {
		cortex_m_alarm(deadline - now < LOOP_SLEEP_MAX ? (uint32_t)(deadline - now)
							       : LOOP_SLEEP_MAX);
		__asm__ volatile("dsb\n\twfi" : : : "memory");
		cortex_m_alarm(0);
	}
	loop_unmask(primask);
	__asm__ volatile("isb" : : : "memory");
	loop_happened = 0;
}

const struct sb_loop cortex_m_loop = {
	.now = cortex_m_now,
	.wait = loop_wait,
	.hooks = &loop_hooks,
	.harvest = &sb_harvest,
};
