/* SPDX-License-Identifier: BSD-2-Clause */
/* What `make size` links for Cortex-M0: one TRNG driver. Budgets are bytes at
   -Os (docs/design.md). */
#include "sb_cortex_m.h"
#include "sb_trng_nrf51.h"

#define SIZE_NAME "Cortex-M0"
#define SIZE_TEXT 5120
#define SIZE_LEAN 4608
#define SIZE_WITHOUT "events fast table"
#define SIZE_STATE 544
#define SIZE_STACK 512
#define SIZE_HAL "trng/trng_nrf51.c"
#define SIZE_CYCLES sb_systick_cycles
#define SIZE_SOURCES SB_TRNG_NRF51(&size_trng)

static struct sb_trng_nrf51_state size_trng = { .base = 0x4000d000 };
