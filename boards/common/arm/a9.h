/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What each Cortex-A9 MPCore has beside its CPUs: a GIC and timers. a9.c has
 * wfi_now and wfi_alarm.
 */
#ifndef A9_H
#define A9_H

#include <stdint.h>

/* base: PERIPHBASE of the chip. hz: of its PERIPHCLK. */
void a9_start(uintptr_t base, uint32_t hz);

/*
 * The global timer, for sb_hal.cycles; 64 bits move. QEMU's A9 has no PMCCNTR
 * that counts.
 */
uint64_t a9_cycles(void);

/*
 * The rate of PERIPHCLK in QEMU (hw/timer/a9gtimer.c, arm_mptimer.c). A part's
 * is that of its CPU divided by 2 or more.
 */
#define A9_QEMU_HZ 100000000u

#endif
