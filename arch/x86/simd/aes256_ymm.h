/* SPDX-License-Identifier: BSD-2-Clause */
/* AES-256 in counter mode by VAES on YMM registers: two blocks at a time. */
#ifndef AES256_YMM_H
#define AES256_YMM_H

#include "aes256.h"

#define YMM_INLINE SIMD_INLINE __attribute__((target("aes,avx2,vaes")))
#define YMM_GROUP 16 /* blocks: they hide the latency of VAESENC */

struct ymm_four {
	__m256i a, b, c, d;
};

YMM_INLINE __m256i ymm_twice(__m128i x)
{
	return _mm256_broadcastsi128_si256(x);
}

YMM_INLINE __m256i ymm_blocks(__m128i counter, int n, __m256i key)
{
	__m256i numbers =
		_mm256_add_epi32(ymm_twice(counter), _mm256_set_epi32(n + 1, 0, 0, 0, n, 0, 0, 0));

	return _mm256_xor_si256(_mm256_shuffle_epi8(numbers, ymm_twice(aes256_turn())), key);
}

YMM_INLINE void ymm_start(struct ymm_four *x, __m128i counter, int n, __m256i key)
{
	x->a = ymm_blocks(counter, n, key);
	x->b = ymm_blocks(counter, n + 2, key);
	x->c = ymm_blocks(counter, n + 4, key);
	x->d = ymm_blocks(counter, n + 6, key);
}

YMM_INLINE void ymm_round(struct ymm_four *x, __m256i key)
{
	x->a = _mm256_aesenc_epi128(x->a, key);
	x->b = _mm256_aesenc_epi128(x->b, key);
	x->c = _mm256_aesenc_epi128(x->c, key);
	x->d = _mm256_aesenc_epi128(x->d, key);
}

YMM_INLINE void ymm_end(__m256i *out, const struct ymm_four *x, __m256i key)
{
	_mm256_storeu_si256(out, _mm256_aesenclast_epi128(x->a, key));
	_mm256_storeu_si256(out + 1, _mm256_aesenclast_epi128(x->b, key));
	_mm256_storeu_si256(out + 2, _mm256_aesenclast_epi128(x->c, key));
	_mm256_storeu_si256(out + 3, _mm256_aesenclast_epi128(x->d, key));
}

YMM_INLINE void ymm_group(void *out, const __m128i *keys, __m128i counter)
{
	__m256i key = ymm_twice(keys[0]);
	struct ymm_four x, y;

	ymm_start(&x, counter, 0, key);
	ymm_start(&y, counter, 8, key);
	for (int i = 1; i < AES256_ROUNDS; i++) {
		key = ymm_twice(keys[i]);
		ymm_round(&x, key);
		ymm_round(&y, key);
	}
	key = ymm_twice(keys[AES256_ROUNDS]);
	ymm_end(out, &x, key);
	ymm_end((__m256i *)out + 4, &y, key);
}

/* The rest of an output from this counter on. */
YMM_INLINE void ymm_rest(uint8_t *out, size_t len, const __m128i *keys, __m128i counter)
{
	__m128i last[YMM_GROUP];

	for (; len >= sizeof last; out += sizeof last, len -= sizeof last) {
		ymm_group(out, keys, counter);
		counter = aes256_ahead(counter, YMM_GROUP);
	}
	if (len) {
		ymm_group(last, keys, counter);
		simd_put(out, last, len);
	}
}

#endif
