/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `make size` measures: the nRF51's generator and nothing else.
 *
 * row: Cortex-M0
 * compiler: arm-none-eabi-gcc -mthumb -mcpu=cortex-m0
 * budget: text 5120 state 512 stack 512
 */
#include "sb_cortex_m.h"
#include "sb_trng_nrf51.h"

static struct sb_trng_nrf51_state size_rng = { 0x4000d000 };
#define SIZE_CYCLES sb_systick_cycles
#define SIZE_SOURCES SB_TRNG_NRF51(&size_rng)
