/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BBC micro:bit, version 1: nRF51822. One CPU and no task switch, so there is
 * no enter and no leave. Nordic's nRF51 Series Reference Manual 3.0.
 */
#include "board.h"
#include "io.h"
#include "sb_hal.h"
#include "sb_trng_nrf51.h"
#include "cortex_m.h"

const char *board_facts;

/*
 * TIMER0, chapter TIMER: the only timer of 32 bits, at 16 MHz. This chip has no
 * SysTick, although QEMU's model has one. CC[0] captures the count, CC[1] is
 * the alarm.
 */
#define MICROBIT_TIMER0 0x40008000u
#define MICROBIT_TASKS_START (MICROBIT_TIMER0 + 0x000)
#define MICROBIT_TASKS_CAPTURE0 (MICROBIT_TIMER0 + 0x040)
#define MICROBIT_EVENTS_COMPARE1 (MICROBIT_TIMER0 + 0x144)
#define MICROBIT_INTENSET (MICROBIT_TIMER0 + 0x304)
#define MICROBIT_INTENCLR (MICROBIT_TIMER0 + 0x308)
#define MICROBIT_INTEN_COMPARE1 (1u << 17)
#define MICROBIT_BITMODE (MICROBIT_TIMER0 + 0x508)
#define MICROBIT_BITMODE_32 3u
#define MICROBIT_PRESCALER (MICROBIT_TIMER0 + 0x510)
#define MICROBIT_CC0 (MICROBIT_TIMER0 + 0x540)
#define MICROBIT_CC1 (MICROBIT_TIMER0 + 0x544)
#define MICROBIT_TIMER0_IRQ 8u

/*
 * An interrupt between the two accesses may capture as well. The value read is
 * then later, never earlier.
 */
static uint64_t microbit_cycles(void)
{
	sb_io_write32(MICROBIT_TASKS_CAPTURE0, 1);
	return sb_io_read32(MICROBIT_CC0);
}

/* 62.5 ns a tick, by shifts: this CPU cannot multiply or divide in 64 bits. */
uint64_t cortex_m_now(void)
{
	uint64_t ticks = cortex_m_ticks(microbit_cycles, UINT32_MAX);

	return (ticks << 6) - (ticks + (ticks >> 1));
}

/*
 * Takes a tick as 64 ns, so it rings 2 % early. An alarm whose count is past
 * before it is armed would ring 268 s later, in the next round. So it is made
 * pending at once.
 */
void cortex_m_alarm(uint32_t ns)
{
	uint32_t start, ticks = ns >> 6;

	sb_io_write32(MICROBIT_INTENCLR, MICROBIT_INTEN_COMPARE1);
	if (!ns)
		return;
	start = (uint32_t)microbit_cycles();
	sb_io_write32(MICROBIT_CC1, start + ticks);
	sb_io_write32(MICROBIT_EVENTS_COMPARE1, 0);
	sb_io_write32(MICROBIT_INTENSET, MICROBIT_INTEN_COMPARE1);
	if ((uint32_t)microbit_cycles() - start >= ticks)
		cortex_m_raise(MICROBIT_TIMER0_IRQ);
}

void cortex_m_interrupt(unsigned exception)
{
	/* The alarm is no event. the wait has put it off already. */
	if (exception != CORTEX_M_IRQ(MICROBIT_TIMER0_IRQ))
		cortex_m_event();
}

void cortex_m_setup(void)
{
	sb_io_write32(MICROBIT_BITMODE, MICROBIT_BITMODE_32);
	sb_io_write32(MICROBIT_PRESCALER, 0);
	sb_io_write32(MICROBIT_TASKS_START, 1);
	cortex_m_enable(MICROBIT_TIMER0_IRQ);
}

static struct sb_trng_nrf51_state microbit_trng = { .base = 0x4000d000 };

static const struct sb_source microbit_sources[] = {
	SB_TRNG_NRF51(&microbit_trng),
};

const struct sb_hal sb_platform = {
	.cycles = microbit_cycles,
	.cycles_hz = 16000000,
	.cycle_bits = 32,
	.loop = &cortex_m_loop,
	.sources = microbit_sources,
	.source_count = sizeof microbit_sources / sizeof microbit_sources[0],
};
