/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Netduino Plus 2: STM32F405, ST's Reference Manual RM0090. One CPU and no task
 * switch, so there is no enter and no leave. The chip has a TRNG. QEMU has none
 * and reads 0 there, so it is absent. Then a seed in the last 64 bytes of RAM
 * is the source: boards/common/seed. The clocks were not tried on a real board.
 */
#include "board.h"
#include "cortex_m.h"
#include "sb_trng_stm32.h"
#include "seed_window.h"
#include "systick.h"

/* RCC, section 7.3, and the flash interface, section 3.9. */
#define NETDUINO_FLASH_ACR 0x40023c00u
#define NETDUINO_FLASH_ACR_168MHZ 5u /* wait states, table 10 */
#define NETDUINO_RCC_CR 0x40023800u
#define NETDUINO_RCC_CR_PLLON (1u << 24)
#define NETDUINO_RCC_CR_PLLRDY (1u << 25)
#define NETDUINO_RCC_PLLCFGR 0x40023804u
/* of the internal 16 MHz: M 16, N 336, P 2 for the CPU, Q 7 for the TRNG */
#define NETDUINO_RCC_PLLCFGR_168MHZ (16u | 336u << 6 | 0u << 16 | 7u << 24)
#define NETDUINO_RCC_CFGR 0x40023808u
#define NETDUINO_RCC_CFGR_PLL (2u | 5u << 10 | 4u << 13) /* APB1 by 4, APB2 by 2 */
#define NETDUINO_RCC_AHB2ENR 0x40023834u
#define NETDUINO_RCC_AHB2ENR_RNG (1u << 6)
#define NETDUINO_RCC_APB1ENR 0x40023840u
#define NETDUINO_RCC_APB1ENR_TIM2 1u
#define NETDUINO_PLL_POLLS 65536u /* it locks in 0.3 ms; QEMU has no RCC */

/*
 * TIM2, chapter 18: the alarm. It counts at 84 MHz, under QEMU faster: then it
 * rings early.
 */
#define NETDUINO_TIM2_CR1 0x40000000u
#define NETDUINO_TIM2_CR1_RUN 9u /* OPM, CEN */
#define NETDUINO_TIM2_DIER 0x4000000cu
#define NETDUINO_TIM2_SR 0x40000010u
#define NETDUINO_TIM2_EGR 0x40000014u
#define NETDUINO_TIM2_ARR 0x4000002cu
#define NETDUINO_TIM2_TICK 12u /* ns */
#define NETDUINO_TIM2_IRQ 28u

const char *board_facts;

static void netduino_clocks(void)
{
	uint32_t polls = 0;

	sb_io_write32(NETDUINO_FLASH_ACR, NETDUINO_FLASH_ACR_168MHZ);
	sb_io_write32(NETDUINO_RCC_PLLCFGR, NETDUINO_RCC_PLLCFGR_168MHZ);
	sb_io_write32(NETDUINO_RCC_CR, sb_io_read32(NETDUINO_RCC_CR) | NETDUINO_RCC_CR_PLLON);
	while (!(sb_io_read32(NETDUINO_RCC_CR) & NETDUINO_RCC_CR_PLLRDY))
		if (++polls == NETDUINO_PLL_POLLS)
			break;
	if (polls < NETDUINO_PLL_POLLS)
		sb_io_write32(NETDUINO_RCC_CFGR, NETDUINO_RCC_CFGR_PLL);
	sb_io_write32(NETDUINO_RCC_AHB2ENR, NETDUINO_RCC_AHB2ENR_RNG);
	sb_io_write32(NETDUINO_RCC_APB1ENR, NETDUINO_RCC_APB1ENR_TIM2);
	/* ES0182, delay after an RCC peripheral clock enabling */
	(void)sb_io_read32(NETDUINO_RCC_APB1ENR);
}

void cortex_m_alarm(uint32_t ns)
{
	sb_io_write32(NETDUINO_TIM2_CR1, 0);
	sb_io_write32(NETDUINO_TIM2_DIER, 0);
	sb_io_write32(NETDUINO_TIM2_SR, 0);
	if (!ns)
		return;
	sb_io_write32(NETDUINO_TIM2_ARR, ns / NETDUINO_TIM2_TICK + 1);
	sb_io_write32(NETDUINO_TIM2_EGR, 1); /* counts from 0 */
	sb_io_write32(NETDUINO_TIM2_SR, 0);
	sb_io_write32(NETDUINO_TIM2_DIER, 1);
	sb_io_write32(NETDUINO_TIM2_CR1, NETDUINO_TIM2_CR1_RUN);
}

void cortex_m_interrupt(unsigned exception)
{
	/* The alarm is no event. The wait has put it off already. */
	if (exception == CORTEX_M_SYSTICK)
		(void)systick_ticks();
	else if (exception != CORTEX_M_IRQ(NETDUINO_TIM2_IRQ))
		cortex_m_event();
}

void cortex_m_setup(void)
{
	seed_window_take();
	netduino_clocks();
	board_facts = systick_start();
	cortex_m_enable(NETDUINO_TIM2_IRQ);
}

static struct sb_trng_stm32_state netduino_trng = { .base = 0x50060800 };

static const struct sb_source netduino_sources[] = {
	SB_TRNG_STM32(&netduino_trng),
	SEED_WINDOW,
};

const struct sb_hal sb_platform = {
	.cycles = systick_cycles,
	.cycles_hz = 168000000,
	.cycle_bits = SYSTICK_BITS,
	.loop = &cortex_m_loop,
	.sources = netduino_sources,
	.source_count = sizeof netduino_sources / sizeof netduino_sources[0],
};
