/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of sb_aarch64_simd.h for where a call may interrupt code that
 * uses registers of SIMD. Each saves the whole of all of them, runs its
 * keystream, puts them back, and wipes what it saved. The board enables these
 * registers wherever seedbed may be called, and states that.
 *
 * Those without _sve save V0 to V31, and take 512 bytes of stack. An
 * instruction that writes a V register clears the rest of the Z register that
 * it is part of. So where SVE is enabled those with _sve save Z0 to Z31: 32
 * times the length of a register at EL1, which is 8192 bytes at most. The
 * keystream takes its own beside them.
 *
 * Predicates, FPCR and FPSR are neither read nor written. Where there is SME,
 * no call may come in streaming mode (PSTATE.SM).
 */
#ifndef SB_AARCH64_SAVED_H
#define SB_AARCH64_SAVED_H

#include "sb_aarch64_simd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* More facts: which of the two forms this CPU wants. */
#define SB_AARCH64_V 4u   /* no SVE, or CPACR_EL1.ZEN traps it: nobody uses it */
#define SB_AARCH64_SVE 8u /* SVE does not trap at EL1 */

/*
 * For sb_keystream_facts: sb_aarch64_simd_here, and one of these two. 0 but at
 * EL1. SVE that is enabled later, and not before the next start, is lost.
 */
uint32_t sb_aarch64_saved_here(void);

extern const struct sb_keystream sb_aarch64_aes256_ce_saved, sb_aarch64_aes256_ce_saved_sve;
extern const struct sb_keystream sb_aarch64_chacha20_neon_saved;
extern const struct sb_keystream sb_aarch64_chacha20_neon_saved_sve;

#ifdef __cplusplus
}
#endif
#endif
