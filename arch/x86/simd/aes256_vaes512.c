/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AES-256 in counter mode by VAES on ZMM registers: four blocks at a time. A
 * short output touches no ZMM register. Intel's CPUs give up one of two AES
 * units while such an instruction is under way, so the key expansion and the
 * blocks beside it would take longer.
 */
#include "sb_x86_simd.h"
#include "aes256_ymm.h"

#define VAES512_TARGET __attribute__((target("aes,avx2,vaes,avx512f,avx512vl,avx512bw")))
#define VAES512_INLINE SIMD_INLINE VAES512_TARGET
#define VAES512_GROUP 32 /* blocks: they hide the latency of VAESENC */

struct vaes512_four {
	__m512i a, b, c, d;
};

VAES512_INLINE __m512i vaes512_of(__m128i x)
{
	return _mm512_broadcast_i32x4(x);
}

VAES512_INLINE __m512i vaes512_blocks(__m128i counter, int n, __m512i key)
{
	__m512i numbers = _mm512_add_epi32(
		vaes512_of(counter),
		_mm512_set_epi32(n + 3, 0, 0, 0, n + 2, 0, 0, 0, n + 1, 0, 0, 0, n, 0, 0, 0));

	return _mm512_xor_si512(_mm512_shuffle_epi8(numbers, vaes512_of(aes256_turn())), key);
}

VAES512_INLINE void vaes512_start(struct vaes512_four *x, __m128i counter, int n, __m512i key)
{
	x->a = vaes512_blocks(counter, n, key);
	x->b = vaes512_blocks(counter, n + 4, key);
	x->c = vaes512_blocks(counter, n + 8, key);
	x->d = vaes512_blocks(counter, n + 12, key);
}

VAES512_INLINE void vaes512_round(struct vaes512_four *x, __m512i key)
{
	x->a = _mm512_aesenc_epi128(x->a, key);
	x->b = _mm512_aesenc_epi128(x->b, key);
	x->c = _mm512_aesenc_epi128(x->c, key);
	x->d = _mm512_aesenc_epi128(x->d, key);
}

VAES512_INLINE void vaes512_end(uint8_t *out, const struct vaes512_four *x, __m512i key)
{
	_mm512_storeu_si512(out, _mm512_aesenclast_epi128(x->a, key));
	_mm512_storeu_si512(out + 64, _mm512_aesenclast_epi128(x->b, key));
	_mm512_storeu_si512(out + 128, _mm512_aesenclast_epi128(x->c, key));
	_mm512_storeu_si512(out + 192, _mm512_aesenclast_epi128(x->d, key));
}

VAES512_INLINE void vaes512_group(uint8_t *out, const __m128i *keys, __m128i counter)
{
	__m512i key = vaes512_of(keys[0]);
	struct vaes512_four x, y;

	vaes512_start(&x, counter, 0, key);
	vaes512_start(&y, counter, 16, key);
	for (int i = 1; i < AES256_ROUNDS; i++) {
		key = vaes512_of(keys[i]);
		vaes512_round(&x, key);
		vaes512_round(&y, key);
	}
	key = vaes512_of(keys[AES256_ROUNDS]);
	vaes512_end(out, &x, key);
	vaes512_end(out + 256, &y, key);
}

SIMD_BODY VAES512_TARGET uintptr_t vaes512_short(uint32_t key[8], const uint32_t nonce[3],
						 uint8_t *out, size_t len)
{
	aes256_short(key, nonce, out, len);
	return simd_low();
}

SIMD_BODY VAES512_TARGET uintptr_t vaes512_long(uint32_t key[8], const uint32_t nonce[3],
						uint8_t *out, size_t len)
{
	__m128i keys[AES256_ROUNDS + 1], counter = aes256_counter(nonce);
	size_t n = aes256_begin(key, nonce, out, len, keys);

	for (out += n, len -= n; len >= 16 * VAES512_GROUP; len -= 16 * VAES512_GROUP) {
		vaes512_group(out, keys, counter);
		counter = aes256_ahead(counter, VAES512_GROUP);
		out += 16 * VAES512_GROUP;
	}
	ymm_rest(out, len, keys, counter);
	return simd_low();
}

static void vaes512_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = len <= 32 ? vaes512_short(key, nonce, out, len)
				  : vaes512_long(key, nonce, out, len);

	simd_wipe_avx512();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_aes256_vaes512 = {
	.name = "aes256-vaes512",
	.needs = SB_X86_SSE2 | SB_X86_AESNI | SB_X86_AVX2 | SB_X86_VAES | SB_X86_AVX512,
	.run = vaes512_run,
	.known = aes256_known,
};
SB_OWN(sb_x86_aes256_vaes512);
