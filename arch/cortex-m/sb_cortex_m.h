/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counters of Cortex-M, for sb_hal.cycles, and how many of their bits move,
 * for sb_hal.cycle_bits. A board finds that out before it lists a counter: one
 * that stands has 0 bits.
 */
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
 * How many of the low bits of sb_systick_cycles take all their values: 24, or
 * fewer where somebody reloads SysTick with a smaller value, as an RTOS does. A
 * difference across a round of such a timer is wrong. 0: it is off, missing, or
 * stands for SB_SYSTICK_POLLS looks: some 0.2 s at 16 MHz. It changes nothing
 * but COUNTFLAG, which each look at the timer's state clears.
 */
#define SB_SYSTICK_POLLS 262144u /* QEMU reads 0 for up to 50 000 */
uint8_t sb_systick_bits(void);

/*
 * CYCCNT of the DWT, after sb_dwt_start. It may stand in a sleep. v6-M and
 * v8-M Baseline have none: do not call these there.
 */
uint64_t sb_dwt_cycles(void);
/*
 * Enables CYCCNT and opens the lock of the DWT; the count goes on from where it
 * is. Returns the bits that move: 32, or 0 where there is no counter
 * (DWT_CTRL.NOCYCCNT) or it stands for SB_DWT_POLLS reads. It stands under
 * QEMU, which has none and reads 0 without a fault, and where the chip forbids
 * to trace.
 */
#define SB_DWT_POLLS 16u /* a read takes a cycle at least */
uint8_t sb_dwt_start(void);

#ifdef __cplusplus
}
#endif
#endif
