/* SPDX-License-Identifier: BSD-2-Clause */
/* AES-256 in counter mode by VAES on YMM registers. */
#include "sb_x86_simd.h"
#include "aes256_ymm.h"

#define VAES256_TARGET __attribute__((target("aes,avx2,vaes")))

SIMD_BODY VAES256_TARGET uintptr_t vaes256_short(uint32_t key[8], const uint32_t nonce[3],
						 uint8_t *out, size_t len)
{
	aes256_short(key, nonce, out, len);
	return simd_low();
}

SIMD_BODY VAES256_TARGET uintptr_t vaes256_long(uint32_t key[8], const uint32_t nonce[3],
						uint8_t *out, size_t len)
{
	__m128i keys[AES256_ROUNDS + 1];
	size_t n = aes256_begin(key, nonce, out, len, keys);

	ymm_rest(out + n, len - n, keys, aes256_counter(nonce));
	return simd_low();
}

static void vaes256_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = len <= 32 ? vaes256_short(key, nonce, out, len)
				  : vaes256_long(key, nonce, out, len);

	simd_wipe_avx();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_aes256_vaes256 = {
	.name = "aes256-vaes256",
	.needs = SB_X86_SSE2 | SB_X86_AESNI | SB_X86_AVX2 | SB_X86_VAES,
	.run = vaes256_run,
	.known = aes256_known,
};
SB_OWN(sb_x86_aes256_vaes256);
