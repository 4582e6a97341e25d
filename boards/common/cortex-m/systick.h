/* SPDX-License-Identifier: BSD-2-Clause */
/* The clock and the counter of a board whose SysTick nobody else reloads. */
#ifndef SYSTICK_H
#define SYSTICK_H

#include "sb_hal.h"

#define SYSTICK_BITS 24

/* Starts both. Returns which counter it is, for board_facts. */
const char *systick_start(void);
/* sb_hal.cycles: SYSTICK_BITS of CYCCNT, or of SysTick if that stands. */
uint64_t systick_cycles(void);
/* The exception of SysTick calls this: it counts the rounds. */
uint64_t systick_ticks(void);

#endif
