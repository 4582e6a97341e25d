/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of 64-bit Arm by SIMD, for a board's sb_keystreams
 * (hal/stream/sb_keystreams.h), and what each of them needs.
 */
#ifndef SB_AARCH64_SIMD_H
#define SB_AARCH64_SIMD_H

#include "sb_keystreams.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The facts, for sb_keystream_facts. */
#define SB_AARCH64_NEON 1u
#define SB_AARCH64_AES 2u /* AESE and AESMC, and NEON */

/*
 * What these two ID registers say: Arm ARM, DDI 0487, section D19.2, fields AES
 * of ID_AA64ISAR0_EL1 and AdvSIMD of ID_AA64PFR0_EL1. A process asks its
 * operating system, and passes what it would read there.
 */
uint32_t sb_aarch64_simd(uint64_t isar0, uint64_t pfr0);

/*
 * The same of this CPU, at EL1 and above. At EL1 it is 0 while CPACR_EL1.FPEN
 * traps. No register of EL1 says whether EL2 or EL3 has these registers trap. A
 * board that names a keystream states that they do not.
 */
uint32_t sb_aarch64_simd_here(void);

/*
 * Each wipes V0 to V31, but for the low halves of V8 to V15: those are its
 * caller's, and are kept (AAPCS64, section 6.1.2). Where there is SVE, the rest
 * of the registers Z is zero.
 */
extern const struct sb_keystream sb_aarch64_aes256_ce;
extern const struct sb_keystream sb_aarch64_chacha20_neon;

#ifdef __cplusplus
}
#endif
#endif
