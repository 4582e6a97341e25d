/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counter of LoongArch. No instruction of this ISA gives random numbers.
 */
#ifndef SB_LOONGARCH_H
#define SB_LOONGARCH_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The stable counter, for sb_hal.cycles. It counts up at a fixed rate in every
 * state of the CPU, and 64 bits move. It is the same time on all CPUs of a
 * machine. In a program of a user it traps where CSR.MISC says so.
 */
uint64_t sb_loongarch_rdtime(void);

/* How often that one counts in a second, in Hz. 0: the CPU does not say, or it
   has no such counter. */
uint32_t sb_loongarch_rdtime_hz(void);

/* A word of what the CPU says of itself: CPUCFG. 0: it has no such word. */
uint32_t sb_loongarch_cpucfg(uint32_t word);

#ifdef __cplusplus
}
#endif
#endif
