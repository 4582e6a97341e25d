/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel's part: before main, it enables the registers that the CPU has.
 * Those of SSE are on since the start file.
 */
#include "sb_x86.h"

/* Intel SDM volume 1, section 13.3; volume 3, section 2.5 */
#define SIMD_HAS_XSAVE (1u << 26) /* ECX of CPUID leaf 1 */
#define SIMD_CR4_OSXSAVE (1u << 18)
#define SIMD_XCR0 0xe7u /* x87, SSE, AVX, AVX-512 */

__attribute__((constructor)) static void simd_enable(void)
{
	uint32_t reg[4];
	uintptr_t cr4;

	sb_x86_cpuid(1, 0, reg);
	if (!(reg[2] & SIMD_HAS_XSAVE))
		return;
	__asm__ volatile("mov %%cr4, %0" : "=r"(cr4));
	__asm__ volatile("mov %0, %%cr4" : : "r"(cr4 | SIMD_CR4_OSXSAVE));
	sb_x86_cpuid(0xd, 0, reg); /* EAX: what XCR0 may have */
	__asm__ volatile("xsetbv" : : "a"(reg[0] & SIMD_XCR0), "d"(0), "c"(0));
}
