/* SPDX-License-Identifier: BSD-2-Clause */
/* AES-256 in counter mode by AES-NI, a block an instruction. */
#include "sb_x86_simd.h"
#include "aes256.h"

#define AESNI_TARGET __attribute__((target("aes,ssse3")))
#define AESNI_GROUP 8 /* blocks: they hide the latency of AESENC */

AES256_INLINE __m128i aesni_block(__m128i counter, int n, __m128i key)
{
	return _mm_xor_si128(_mm_shuffle_epi8(aes256_ahead(counter, n), aes256_turn()), key);
}

AES256_INLINE void aesni_start(struct aes256_four *x, __m128i counter, int n, __m128i key)
{
	x->a = aesni_block(counter, n, key);
	x->b = aesni_block(counter, n + 1, key);
	x->c = aesni_block(counter, n + 2, key);
	x->d = aesni_block(counter, n + 3, key);
}

AES256_INLINE void aesni_end(__m128i *out, struct aes256_four *x, __m128i key)
{
	aes256_last(x, key);
	aes256_store(out, x->a);
	aes256_store(out + 1, x->b);
	aes256_store(out + 2, x->c);
	aes256_store(out + 3, x->d);
}

AES256_INLINE void aesni_group(void *out, const __m128i *keys, __m128i counter)
{
	struct aes256_four x, y;

	aesni_start(&x, counter, 0, keys[0]);
	aesni_start(&y, counter, 4, keys[0]);
	for (int i = 1; i < AES256_ROUNDS; i++)
		aes256_both(&x, &y, keys[i]);
	aesni_end(out, &x, keys[AES256_ROUNDS]);
	aesni_end((__m128i *)out + 4, &y, keys[AES256_ROUNDS]);
}

SIMD_BODY AESNI_TARGET uintptr_t aesni_short(uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
					     size_t len)
{
	aes256_short(key, nonce, out, len);
	return simd_low();
}

SIMD_BODY AESNI_TARGET uintptr_t aesni_long(uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
					    size_t len)
{
	__m128i keys[AES256_ROUNDS + 1], last[AESNI_GROUP], counter = aes256_counter(nonce);
	size_t n = aes256_begin(key, nonce, out, len, keys);

	for (out += n, len -= n; len >= sizeof last; out += sizeof last, len -= sizeof last) {
		aesni_group(out, keys, counter);
		counter = aes256_ahead(counter, AESNI_GROUP);
	}
	if (len) {
		aesni_group(last, keys, counter);
		simd_put(out, last, len);
	}
	return simd_low();
}

static void aesni_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low =
		len <= 32 ? aesni_short(key, nonce, out, len) : aesni_long(key, nonce, out, len);

	simd_wipe_sse();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_aes256_aesni = {
	.name = "aes256-aesni",
	.needs = SB_X86_SSE2 | SB_X86_AESNI,
	.run = aesni_run,
	.known = aes256_known,
};
SB_OWN(sb_x86_aes256_aesni);
