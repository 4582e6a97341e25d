/* SPDX-License-Identifier: BSD-2-Clause */
/* What board.c found, for platform.c. */
#ifndef RISCV_VIRT_H
#define RISCV_VIRT_H

#include "riscv.h"
#include "sb_cache_timing.h"
#include "sb_riscv.h"
#include "virt.h"

extern struct sb_riscv_zkr_state virt_zkr;
extern struct sb_cache_timing_state virt_times;
extern struct sb_seed_state virt_seed; /* fresh in each boot and reset */

#endif
