/* SPDX-License-Identifier: BSD-2-Clause */
#include "pmu.h"
#include <stdint.h>

/* Arm ARM, DDI 0406, section B4.1: PMCR and PMCNTENSET. */
#define PMU_PMCR_E 1u
#define PMU_PMCNTENSET_C 0x80000000u

void pmu_start(void)
{
	uint32_t pmcr;

	__asm__ volatile("mrc p15, 0, %0, c9, c12, 0" : "=r"(pmcr));
	__asm__ volatile("mcr p15, 0, %0, c9, c12, 0\n\tmcr p15, 0, %1, c9, c12, 1"
			 :
			 : "r"(pmcr | PMU_PMCR_E), "r"(PMU_PMCNTENSET_C));
}
