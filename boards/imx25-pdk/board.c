/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Freescale i.MX25 PDK (i.MX25 Multimedia Applications Processor Reference
 * Manual, IMX25RM). One CPU with interrupts masked, so there is no enter and no
 * leave.
 */
#include "arm.h"
#include "compare.h"
#include "io.h"
#include "sb_hal.h"
#include "sb_trng_imx_rngc.h"
#include "wfi.h"

/* CCM: clocks of the two timers and of the RNGB (Linux, clk-imx25.c). */
#define IMX_CGCR1 0x53f80010u
#define IMX_CGCR1_TIMERS (3u << 19)
#define IMX_CGCR2 0x53f80014u
#define IMX_CGCR2_RNGB (1u << 3)

/*
 * GPT1 and 2, chapter GPT. The first is the clock, with alarm and event. It
 * goes round once in 71 minutes. The second is the counter.
 */
#define IMX_GPT1 0x53f90000u
#define IMX_GPT2 0x53f8c000u
#define IMX_GPT_CR 0x00
#define IMX_GPT_CR_RUN 0x243u /* free-running, from 0, by ipg_clk; enable */
#define IMX_GPT_PR 0x04
#define IMX_GPT_SR 0x08
#define IMX_GPT_IR 0x0c
#define IMX_GPT_OCR1 0x10
#define IMX_GPT_OCR2 0x14
#define IMX_GPT_CNT 0x24
#define IMX_GPT1_IRQ 54u
/* ipg_clk after a reset: the PLL's 532 MHz by 16 (CCTL). */
#define IMX_IPG_HZ 33250000u
#define IMX_DIVIDER 33u

/* AVIC, chapter ASIC: lets an interrupt through. */
#define IMX_AVIC_INTENNUM 0x68000008u

const char *board_facts;

static struct sb_trng_imx_rngc_state imx_rngc = { .base = 0x53fb0000 };

const struct compare_timer compare_timer = {
	.count = IMX_GPT1 + IMX_GPT_CNT,
	.status = IMX_GPT1 + IMX_GPT_SR,
	.compare = { IMX_GPT1 + IMX_GPT_OCR1, IMX_GPT1 + IMX_GPT_OCR2 },
	.match = { 1, 2 },
	.hz = IMX_IPG_HZ / IMX_DIVIDER,
};

static uint64_t imx_cycles(void)
{
	return sb_io_read32(IMX_GPT2 + IMX_GPT_CNT);
}

uint64_t wfi_now(void)
{
	static uint64_t total;
	uint32_t now = sb_io_read32(compare_timer.count);

	total += (uint32_t)(now - (uint32_t)total);
	return wfi_ns(total, compare_timer.hz);
}

static void imx_run(uintptr_t gpt, uint32_t divider)
{
	sb_io_write32(gpt + IMX_GPT_CR, 0);
	sb_io_write32(gpt + IMX_GPT_PR, divider - 1);
	sb_io_write32(gpt + IMX_GPT_CR, IMX_GPT_CR_RUN);
}

_Noreturn void arm_main(void *tree)
{
	(void)tree;
	sb_io_write32(IMX_CGCR1, sb_io_read32(IMX_CGCR1) | IMX_CGCR1_TIMERS);
	sb_io_write32(IMX_CGCR2, sb_io_read32(IMX_CGCR2) | IMX_CGCR2_RNGB);
	imx_run(IMX_GPT1, IMX_DIVIDER);
	imx_run(IMX_GPT2, 1);
	sb_io_write32(IMX_GPT1 + IMX_GPT_IR, 3);
	sb_io_write32(IMX_AVIC_INTENNUM, IMX_GPT1_IRQ);
	compare_start();
	board_exit(constructors_main());
}

static const struct sb_source imx_sources[] = { SB_TRNG_IMX_RNGC(&imx_rngc) };

const struct sb_hal sb_platform = {
	.cycles = imx_cycles,
	.cycles_hz = IMX_IPG_HZ,
	.cycle_bits = 32,
	.loop = &wfi_loop,
	.sources = imx_sources,
	.source_count = sizeof imx_sources / sizeof imx_sources[0],
};
