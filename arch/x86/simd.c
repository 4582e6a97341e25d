/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86_simd.h"

/* Intel SDM volume 2, CPUID, leaves 1 and 7; AMD APM volume 3, appendix E.3. */
#define SIMD_SSE2_EDX (1u << 26)
#define SIMD_AESNI_ECX (1u << 25 | 1u << 19 | 1u << 9) /* AES-NI, SSE4.1, SSSE3 */
#define SIMD_AVX_ECX (1u << 28 | 1u << 27)             /* AVX, OSXSAVE */
#define SIMD_AVX2_EBX (1u << 5)
#define SIMD_VAES_ECX (1u << 9)
#define SIMD_AVX512_EBX (1u << 31 | 1u << 30 | 1u << 17 | 1u << 16) /* VL, BW, DQ, F */

/* XCR0, Intel SDM volume 1, section 13.3: the registers that the operating
   system has enabled. */
#define SIMD_XCR0_AVX 0x06u    /* XMM, upper halves of YMM */
#define SIMD_XCR0_AVX512 0xe6u /* the same, masks, upper halves of ZMM, ZMM16 on */

/* It traps where the operating system has not set CR4.OSXSAVE. CPUID says
   whether it has, as OSXSAVE. */
static uint32_t simd_xcr0(void)
{
	uint32_t low, high;

	__asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

static int simd_has(uint32_t reg, uint32_t bits)
{
	return (reg & bits) == bits;
}

static uint32_t simd_wide(const struct sb_x86_cpu *cpu)
{
	uint32_t reg[4], facts, xcr0 = simd_xcr0();

	if (!simd_has(xcr0, SIMD_XCR0_AVX))
		return 0;
	sb_x86_ask(cpu, 7, 0, reg);
	if (!simd_has(reg[1], SIMD_AVX2_EBX))
		return 0;
	facts = SB_X86_AVX2;
	if (simd_has(reg[2], SIMD_VAES_ECX))
		facts |= SB_X86_VAES;
	if (simd_has(reg[1], SIMD_AVX512_EBX) && simd_has(xcr0, SIMD_XCR0_AVX512))
		facts |= SB_X86_AVX512;
	return facts;
}

uint32_t sb_x86_simd(const struct sb_x86_cpu *cpu)
{
	uint32_t last, reg[4], facts;

	sb_x86_ask(cpu, 0, 0, reg);
	last = reg[0];
	if (last < 1)
		return 0;
	sb_x86_ask(cpu, 1, 0, reg);
	if (!simd_has(reg[3], SIMD_SSE2_EDX))
		return 0;
	facts = SB_X86_SSE2;
	if (simd_has(reg[2], SIMD_AESNI_ECX))
		facts |= SB_X86_AESNI;
	if (last >= 7 && simd_has(reg[2], SIMD_AVX_ECX))
		facts |= simd_wide(cpu);
	return facts;
}
SB_OWN(sb_x86_simd);
