/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of x86-64 by SIMD, for a board's sb_keystreams
 * (hal/stream/sb_keystreams.h), and what each of them needs.
 */
#ifndef SB_X86_SIMD_H
#define SB_X86_SIMD_H

#include "sb_keystreams.h"
#include "sb_x86.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The facts, for sb_keystream_facts. The CPU has the instructions, and XCR0
 * has the registers of AVX and AVX-512: Intel SDM volume 1, sections 14.3 and
 * 15.2 to 15.4. For the XMM registers alone no bit tells a program whether they
 * are enabled (CR4.OSFXSR). A board that names a keystream states that.
 */
#define SB_X86_SSE2 1u
#define SB_X86_AESNI 2u /* AES-NI, SSSE3, SSE4.1 */
#define SB_X86_AVX2 4u
#define SB_X86_VAES 8u    /* of AVX2's registers */
#define SB_X86_AVX512 16u /* F, DQ, BW, VL */

/* Asks CPUID at most three times: in a guest each one traps. */
uint32_t sb_x86_simd(const struct sb_x86_cpu *cpu);

/*
 * Each wipes the XMM registers. Those of the first row leave the upper halves
 * of YMM and ZMM alone. The others leave zeros there.
 */
extern const struct sb_keystream sb_x86_aes256_aesni, sb_x86_chacha20_sse2;
extern const struct sb_keystream sb_x86_aes256_vaes256, sb_x86_chacha20_avx2;
extern const struct sb_keystream sb_x86_aes256_vaes512, sb_x86_chacha20_avx512;

#ifdef __cplusplus
}
#endif
#endif
