/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arm MPS2+ with a Cortex-M3, application note AN385 (DAI 0385). One CPU and no
 * task switch, so there is no enter and no leave.
 *
 * The machine has no source of its own, but for a seed in the last 64 bytes of
 * RAM: boards/common/seed.
 */
#include "board.h"
#include "io.h"
#include "sb_cortex_m.h"
#include "sb_hal.h"
#include "cortex_m.h"
#include "seed_window.h"

const char *board_facts;

/*
 * SysTick, DDI 0403 section B3.3: the counter. The CPU clocks it at 25 MHz. Its
 * exception counts the rounds.
 */
#define MPS2_SYST_CSR 0xe000e010u
#define MPS2_SYST_CSR_RUN 7u /* CLKSOURCE, TICKINT, ENABLE */
#define MPS2_SYST_RVR 0xe000e014u
#define MPS2_SYST_CVR 0xe000e018u
#define MPS2_START_POLLS 1000000u /* QEMU reads 0 for up to 50 000 */

/*
 * TIMER0, CMSDK APB timer (DDI 0479, section 4.5): the alarm. It counts down at
 * 25 MHz.
 */
#define MPS2_TIMER0 0x40000000u
#define MPS2_TIMER0_CTRL (MPS2_TIMER0 + 0x0)
#define MPS2_TIMER0_CTRL_RUN 9u /* interrupt enable, enable */
#define MPS2_TIMER0_VALUE (MPS2_TIMER0 + 0x4)
#define MPS2_TIMER0_RELOAD (MPS2_TIMER0 + 0x8)
#define MPS2_TIMER0_INTCLEAR (MPS2_TIMER0 + 0xc)
#define MPS2_TIMER0_IRQ 8u
#define MPS2_TICK_NS 40u

static uint64_t mps2_ticks(void)
{
	return cortex_m_ticks(sb_systick_cycles, SB_SYSTICK_RELOAD);
}

uint64_t cortex_m_now(void)
{
	return mps2_ticks() * MPS2_TICK_NS;
}

void cortex_m_alarm(uint32_t ns)
{
	uint32_t ticks = ns / MPS2_TICK_NS;

	sb_io_write32(MPS2_TIMER0_CTRL, 0);
	sb_io_write32(MPS2_TIMER0_INTCLEAR, 1);
	if (!ns)
		return;
	sb_io_write32(MPS2_TIMER0_RELOAD, 0); /* one shot */
	sb_io_write32(MPS2_TIMER0_VALUE, ticks + 1);
	sb_io_write32(MPS2_TIMER0_CTRL, MPS2_TIMER0_CTRL_RUN);
}

void cortex_m_interrupt(unsigned exception)
{
	/* The alarm is no event. cortex_m_wait has put it off already. */
	if (exception == CORTEX_M_SYSTICK)
		(void)mps2_ticks();
	else if (exception != CORTEX_M_IRQ(MPS2_TIMER0_IRQ))
		cortex_m_event();
}

void cortex_m_setup(void)
{
	seed_window_take();
	sb_io_write32(MPS2_SYST_RVR, SB_SYSTICK_RELOAD);
	sb_io_write32(MPS2_SYST_CVR, 0);
	sb_io_write32(MPS2_SYST_CSR, MPS2_SYST_CSR_RUN);
	for (uint32_t polls = 0; polls < MPS2_START_POLLS && sb_systick_cycles() == 0; polls++)
		sb_io_relax();
	sb_io_write32(CORTEX_M_NVIC_ISER0, 1u << MPS2_TIMER0_IRQ);
}

static const struct sb_loop mps2_loop = {
	.now = cortex_m_now,
	.wait = cortex_m_wait,
	.hooks = &cortex_m_hooks,
};

static const struct sb_source mps2_sources[] = {
	SEED_WINDOW,
};

const struct sb_hal sb_platform = {
	.cycles = sb_systick_cycles,
	.cycles_hz = 25000000,
	.cycle_bits = 24,
	.loop = &mps2_loop,
	.sources = mps2_sources,
	.source_count = sizeof mps2_sources / sizeof mps2_sources[0],
};
