/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"
#include "cortex_m.h"
#include "io.h"

#define CORTEX_M_SLEEP_MAX \
	0x20000000u /* ns: half a second, well below a round of any board's counter */

/* Nobody's on both chips: SWI5 of an nRF51 (Reference Manual 3.0, chapter SWI), a pin of AN385's GPIO0 that stays without its interrupt. */
#define CORTEX_M_EVENT_IRQ 25u

struct sb_hook *cortex_m_hooks;
static volatile uint32_t cortex_m_happened; /* since the last wait ended */
static uint64_t cortex_m_total;
static uint32_t cortex_m_last;

static uint32_t cortex_m_mask(void)
{
	uint32_t primask;

	__asm__ volatile("mrs %0, primask\n\tcpsid i" : "=r"(primask) : : "memory");
	return primask;
}

static void cortex_m_unmask(uint32_t primask)
{
	__asm__ volatile("msr primask, %0" : : "r"(primask) : "memory");
}

uint64_t cortex_m_ticks(uint64_t (*cycles)(void), uint32_t mask)
{
	uint32_t primask = cortex_m_mask(), now = (uint32_t)cycles();
	uint64_t total;

	cortex_m_total += (now - cortex_m_last) & mask;
	cortex_m_last = now;
	total = cortex_m_total;
	cortex_m_unmask(primask);
	return total;
}

void cortex_m_event(void)
{
	cortex_m_happened = 1;
}

int board_event(void)
{
	sb_io_write32(CORTEX_M_NVIC_ISER0, 1u << CORTEX_M_EVENT_IRQ);
	sb_io_write32(CORTEX_M_NVIC_ISPR0, 1u << CORTEX_M_EVENT_IRQ);
	__asm__ volatile("dsb\n\tisb" : : : "memory");
	return 0;
}

/* Sleeps once, so any interrupt ends it. With interrupts masked WFI still wakes for one that is pending, so that none that came after
   the look at what happened is slept through; it is taken on the way out, and whoever waits looks for what it did next. */
void cortex_m_wait(uint64_t deadline)
{
	uint64_t now;
	uint32_t primask;

	sb_loop_run(cortex_m_hooks);
	primask = cortex_m_mask();
	now = board_now();
	if (now < deadline && !cortex_m_happened) {
		board_alarm(deadline - now < CORTEX_M_SLEEP_MAX ? (uint32_t)(deadline - now)
								: CORTEX_M_SLEEP_MAX);
		__asm__ volatile("dsb\n\twfi" : : : "memory");
		board_alarm(0);
	}
	cortex_m_unmask(primask);
	__asm__ volatile("isb" : : : "memory");
	cortex_m_happened = 0;
}
