/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"
#include "sb_aarch64_saved.h"

#define SIMD_ISAR0_AES_SHIFT 4
#define SIMD_PFR0_ADVSIMD_SHIFT 20
#define SIMD_PFR0_SVE_SHIFT 32
#define SIMD_FIELD 15u
#define SIMD_ADVSIMD_NONE 15u /* 0 is there, and so is each other value */

#define SIMD_EL1 4u /* CurrentEL */
/* CPACR_EL1: the lower bit of two each. EL1 does not trap. */
#define SIMD_CPACR_FPEN (1u << 20)
#define SIMD_CPACR_ZEN (1u << 16)

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

static uint64_t simd_pfr0(void)
{
	uint64_t value;

	__asm__ volatile("mrs %0, id_aa64pfr0_el1" : "=r"(value));
	return value;
}

static int simd_at_el1(void)
{
	uint64_t value;

	__asm__ volatile("mrs %0, currentel" : "=r"(value));
	return value == SIMD_EL1;
}

static int simd_enabled(uint32_t bit)
{
	uint64_t value;

	__asm__ volatile("mrs %0, cpacr_el1" : "=r"(value));
	return (value & bit) != 0;
}

uint32_t sb_aarch64_simd_here(void)
{
	if (simd_at_el1() && !simd_enabled(SIMD_CPACR_FPEN))
		return 0;
	return sb_aarch64_simd(sb_aarch64_isar0(), simd_pfr0());
}
SB_OWN(sb_aarch64_simd_here);

uint32_t sb_aarch64_saved_here(void)
{
	uint32_t facts = simd_at_el1() ? sb_aarch64_simd_here() : 0;

	if (!facts)
		return 0;
	if (simd_field(simd_pfr0(), SIMD_PFR0_SVE_SHIFT) && simd_enabled(SIMD_CPACR_ZEN))
		return facts | SB_AARCH64_SVE;
	return facts | SB_AARCH64_V;
}
SB_OWN(sb_aarch64_saved_here);
