/* SPDX-License-Identifier: BSD-2-Clause */
/* The counters of Cortex-M, for sb_hal.cycles. These functions only read; the
   board has set the counter up. */
#ifndef SB_CORTEX_M_H
#define SB_CORTEX_M_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * SysTick, counting up; 24 bits move. The board has set the reload value to
 * SB_SYSTICK_RELOAD, cleared the current value and enabled the timer. Until its
 * first clock it reads 0. SysTick is optional on v6-M; where it is missing
 * (nRF51) this is a constant 0.
 */
#define SB_SYSTICK_RELOAD 0xffffffu
uint64_t sb_systick_cycles(void);

/*
 * CYCCNT of the DWT; 32 bits move. It is optional on v7-M and up
 * (DWT_CTRL.NOCYCCNT). The board has set DEMCR.TRCENA and DWT_CTRL.CYCCNTENA.
 * QEMU has no such counter and reads 0 without a fault. So check that it moves
 * before you list it.
 */
uint64_t sb_dwt_cycles(void);

#ifdef __cplusplus
}
#endif
#endif
