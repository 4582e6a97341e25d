/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"
#include "sb_aarch64_simd.h"

#define SIMD_ISAR0_AES_SHIFT 4
#define SIMD_PFR0_ADVSIMD_SHIFT 20
#define SIMD_FIELD 15u
#define SIMD_ADVSIMD_NONE 15u /* 0 is there, and so is each other value */

#define SIMD_EL1 4u                /* CurrentEL */
#define SIMD_CPACR_FPEN (1u << 20) /* the lower bit of two: EL1 does not trap */

static uint32_t simd_field(uint64_t value, unsigned shift)
{
	return (uint32_t)(value >> shift) & SIMD_FIELD;
}

uint32_t sb_aarch64_simd(uint64_t isar0, uint64_t pfr0)
{
	if (simd_field(pfr0, SIMD_PFR0_ADVSIMD_SHIFT) == SIMD_ADVSIMD_NONE)
		return 0;
	return SB_AARCH64_NEON | (simd_field(isar0, SIMD_ISAR0_AES_SHIFT) ? SB_AARCH64_AES : 0);
}
SB_OWN(sb_aarch64_simd);

uint32_t sb_aarch64_simd_here(void)
{
	uint64_t level, enabled, pfr0;

	__asm__ volatile("mrs %0, currentel" : "=r"(level));
	__asm__ volatile("mrs %0, cpacr_el1" : "=r"(enabled));
	if (level == SIMD_EL1 && !(enabled & SIMD_CPACR_FPEN))
		return 0;
	__asm__ volatile("mrs %0, id_aa64pfr0_el1" : "=r"(pfr0));
	return sb_aarch64_simd(sb_aarch64_isar0(), pfr0);
}
SB_OWN(sb_aarch64_simd_here);
