/* SPDX-License-Identifier: BSD-2-Clause */
/* The counters of RISC-V, for sb_hal.cycles. These functions only read; the
   board has started the counter. */
#ifndef SB_RISCV_H
#define SB_RISCV_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * mcycle; 64 bits move. It is there in M-mode alone and traps elsewhere. Bit 0
 * of mcountinhibit stops it, where that register exists.
 */
uint64_t sb_riscv_mcycle(void);

/*
 * time; 64 bits move, at the rate that the device tree says
 * (/cpus/timebase-frequency). S-mode has it under an SBI firmware. In M-mode it
 * traps on a machine where mtime is a register of memory alone, such as FE310.
 */
uint64_t sb_riscv_time(void);

#ifdef __cplusplus
}
#endif
#endif
