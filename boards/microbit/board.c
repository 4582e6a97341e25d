/* SPDX-License-Identifier: BSD-2-Clause */
/* BBC micro:bit, the first: nRF51822, one CPU, no task switch, so neither enter nor leave. Nordic's nRF51 Series Reference Manual 3.0. */
#include "board.h"
#include "io.h"
#include "sb_hal.h"
#include "sb_trng_nrf51.h"
#include "cortex_m.h"

const char *board_facts;

/* TIMER0, chapter TIMER: the only one of 32 bits, 16 MHz. This chip has no SysTick, though QEMU's model of it has. CC[0] captures the
   count, CC[1] is the alarm. */
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

/* An interrupt between the two accesses may capture as well: what is read then is later, never earlier. */
static uint64_t microbit_cycles(void)
{
	sb_io_write32(MICROBIT_TASKS_CAPTURE0, 1);
	return sb_io_read32(MICROBIT_CC0);
}

/* 62.5 ns a tick, without the multiplication and division in 64 bits that this CPU lacks. */
uint64_t board_now(void)
{
	uint64_t ticks = cortex_m_ticks(microbit_cycles, UINT32_MAX);

	return (ticks << 6) - (ticks + (ticks >> 1));
}

/* 64 ns a tick, so it rings 2 % early. A count that is past before it is armed would ring in the next round only, 268 s later: it rings
   at once instead. */
void board_alarm(uint32_t ns)
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
		sb_io_write32(CORTEX_M_NVIC_ISPR0, 1u << MICROBIT_TIMER0_IRQ);
}

void board_interrupt(unsigned exception)
{
	if (exception !=
	    CORTEX_M_IRQ(
		    MICROBIT_TIMER0_IRQ)) /* the alarm, which cortex_m_wait has put off already */
		cortex_m_event();
}

void board_setup(void)
{
	sb_io_write32(MICROBIT_BITMODE, MICROBIT_BITMODE_32);
	sb_io_write32(MICROBIT_PRESCALER, 0);
	sb_io_write32(MICROBIT_TASKS_START, 1);
	sb_io_write32(CORTEX_M_NVIC_ISER0, 1u << MICROBIT_TIMER0_IRQ);
}

static const struct sb_loop microbit_loop = {
	.now = board_now,
	.wait = cortex_m_wait,
	.hooks = &cortex_m_hooks,
};

static struct sb_trng_nrf51_state microbit_trng = { .base = 0x4000d000 };

static const struct sb_source microbit_sources[] = {
	SB_TRNG_NRF51(&microbit_trng),
};

const struct sb_hal sb_platform = {
	.cycles = microbit_cycles,
	.cycles_hz = 16000000,
	.cycle_bits = 32,
	.loop = &microbit_loop,
	.sources = microbit_sources,
	.source_count = sizeof microbit_sources / sizeof microbit_sources[0],
};
