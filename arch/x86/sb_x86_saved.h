/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of sb_x86_simd.h for where a call may interrupt code that uses
 * registers of SIMD. Each saves the whole of each register that its keystream
 * writes, runs it, puts them back, and wipes what it saved. The board enables
 * these registers wherever seedbed may be called, and states that.
 *
 * What is saved, and the bytes of stack that it takes. The keystream takes its
 * own beside them.
 *
 *	SSE2, AES-NI   XMM0 to XMM15                           256
 *	AVX2, VAES     YMM0 to YMM15                           512
 *	               ZMM0 to ZMM15 where XCR0 has AVX-512:   1024
 *	               an instruction of AVX writes zeros to
 *	               the bits above its own
 *	AVX-512        ZMM0 to ZMM31, k0 to k7                 2112
 *
 * MXCSR, x87 and MMX are neither read nor written. The stack is aligned to 16
 * bytes before a call, as the ABI says.
 */
#ifndef SB_X86_SAVED_H
#define SB_X86_SAVED_H

#include "sb_x86_simd.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const struct sb_keystream sb_x86_aes256_aesni_saved;
extern const struct sb_keystream sb_x86_aes256_vaes256_saved;
extern const struct sb_keystream sb_x86_aes256_vaes512_saved;
extern const struct sb_keystream sb_x86_chacha20_sse2_saved;
extern const struct sb_keystream sb_x86_chacha20_avx2_saved;
extern const struct sb_keystream sb_x86_chacha20_avx512_saved;

#ifdef __cplusplus
}
#endif
#endif
