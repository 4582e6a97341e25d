/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counter of MIPS, and the cache operation for devices without coherence.
 * Registers and fields: MIPS32 Architecture, volume III, MD00090 revision 2.50.
 */
#ifndef SB_MIPS_H
#define SB_MIPS_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Count, register 9 of CP0, for sb_hal.cycles; 32 bits move. It goes on by one
 * each second cycle on most CPUs, and never faster than the clock: its rate
 * depends on the implementation (section 8.8). It needs kernel mode, or CU0 in
 * Status: without it traps. Cause.DC stops it: the board clears that bit.
 */
uint64_t sb_mips_count(void);

/* The bytes of a line of the first data cache, as Config1 says it (section
   8.25). 0: there is no data cache. It needs what sb_mips_count needs. */
size_t sb_mips_line(void);

/*
 * For both cache functions of struct sb_dma: writes back and invalidates each
 * line of the data cache that holds one of these bytes, then waits for that.
 * line is in bytes, a power of two: sb_mips_line() says it. With 0 nothing is
 * executed. The address must be one that is cached, like those in kseg0. A
 * second cache behind the first is not looked at.
 */
void sb_mips_flush(const volatile void *at, size_t len, size_t line);

#ifdef __cplusplus
}
#endif
#endif
