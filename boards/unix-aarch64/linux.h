/* SPDX-License-Identifier: BSD-2-Clause */
/* What Linux tells a process of 64-bit Arm. */
#ifndef LINUX_H
#define LINUX_H

#include <stdint.h>

/*
 * Fields AES and RNDR of ID_AA64ISAR0_EL1, and AdvSIMD of ID_AA64PFR0_EL1, from
 * the kernel's words AT_HWCAP and AT_HWCAP2. All other fields are 0. A kernel
 * may hide what the CPU has. Kernels before 4.11 trap the registers themselves:
 * Linux Documentation/arch/arm64/cpu-feature-registers.
 */
uint64_t linux_isar0(void);
uint64_t linux_pfr0(void);

#endif
