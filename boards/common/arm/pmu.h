/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PMU_H
#define PMU_H

/* Lets the cycle counter run: what sb_arm_pmccntr reads. From v7 on. */
void pmu_start(void);

#endif
