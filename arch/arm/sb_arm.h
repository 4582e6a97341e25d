/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counters of 32-bit Arm, A-profile, for sb_hal.cycles. These functions
 * only read, and each read is an undefined instruction where the CPU has no
 * such counter. So a board lists one only if it knows its CPU.
 */
#ifndef SB_ARM_H
#define SB_ARM_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The virtual counter of the Generic Timer, an option of v7-A (Cortex-A7, A15)
 * and a part of v8-A; at least 56 bits move (Arm ARM, DDI 0406, chapter B8).
 */
uint64_t sb_arm_cntvct(void);

/* Its frequency in Hz, as the firmware wrote it down. 0: the firmware did
   not. */
uint32_t sb_arm_cntfrq(void);

/*
 * PMCCNTR of the performance monitors (DDI 0406, section B4.1); 32 bits
 * move. It counts once the board has set PMCR.E and PMCNTENSET.C, and, outside
 * of PL1, PMUSERENR.EN. The library never sets them. A debugger or a hypervisor
 * may stop it.
 */
uint64_t sb_arm_pmccntr(void);

/*
 * The instructions SMC and HVC, as sb_smccc_find of hal/firmware wants them. A
 * CPU without the Security or Virtualization Extensions has them not.
 */
void sb_arm_smc(uint64_t reg[4]);
void sb_arm_hvc(uint64_t reg[4]);

#ifdef __cplusplus
}
#endif
#endif
