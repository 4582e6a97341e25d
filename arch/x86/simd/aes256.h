/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AES-256 in counter mode, the parts that its three keystreams share: the key
 * expansion, and the first blocks, which are encrypted while the key expands.
 * The caller's target has AES-NI and SSSE3.
 *
 * A counter block is the 12 bytes of the nonce and a big-endian block number.
 * Blocks 0 and 1 are the next key.
 */
#ifndef AES256_H
#define AES256_H

#include "sb_keystreams.h"
#include "simd.h"

#define AES256_ROUNDS 14
#define AES256_BEGUN 96u /* blocks 2 to 7 */
#define AES256_INLINE SIMD_INLINE __attribute__((target("aes,ssse3")))

static const uint32_t aes256_known[8] = SB_KNOWN_AES256;

SIMD_INLINE __m128i aes256_load(const void *at)
{
	return _mm_loadu_si128(at);
}

SIMD_INLINE void aes256_store(void *at, __m128i x)
{
	_mm_storeu_si128(at, x);
}

/*
 * The key expansion of FIPS 197, section 5.2, two round keys a step, by
 * AESENCLAST. On four equal columns its ShiftRows changes nothing, so it is
 * SubWord, and what it adds is the rest of the round key. It takes less than
 * half the time of AESKEYGENASSIST.
 */
struct aes256_keys {
	__m128i even, odd, rcon;
};

SIMD_INLINE __m128i aes256_spread(__m128i k) /* each word into all above it */
{
	k = _mm_xor_si128(k, _mm_slli_si128(k, 4));
	return _mm_xor_si128(k, _mm_slli_si128(k, 8));
}

/* `last` has the last word of `even` four times. It is made from the same word,
   since a shuffle of `even` would come too late. */
AES256_INLINE __m128i aes256_expand_even(struct aes256_keys *k)
{
	__m128i turned = _mm_shuffle_epi8(k->odd, _mm_set1_epi32(0x0c0f0e0d));
	__m128i rest = _mm_xor_si128(aes256_spread(k->even), k->rcon);

	k->rcon = _mm_slli_epi32(k->rcon, 1);
	k->even = _mm_aesenclast_si128(turned, rest);
	return _mm_aesenclast_si128(turned, _mm_shuffle_epi32(rest, 0xff));
}

AES256_INLINE void aes256_expand_odd(struct aes256_keys *k, __m128i last)
{
	k->odd = _mm_aesenclast_si128(last, aes256_spread(k->odd));
}

struct aes256_four {
	__m128i a, b, c, d;
};

AES256_INLINE void aes256_round(struct aes256_four *x, __m128i k)
{
	x->a = _mm_aesenc_si128(x->a, k);
	x->b = _mm_aesenc_si128(x->b, k);
	x->c = _mm_aesenc_si128(x->c, k);
	x->d = _mm_aesenc_si128(x->d, k);
}

AES256_INLINE void aes256_last(struct aes256_four *x, __m128i k)
{
	x->a = _mm_aesenclast_si128(x->a, k);
	x->b = _mm_aesenclast_si128(x->b, k);
	x->c = _mm_aesenclast_si128(x->c, k);
	x->d = _mm_aesenclast_si128(x->d, k);
}

AES256_INLINE void aes256_both(struct aes256_four *x, struct aes256_four *y, __m128i k)
{
	aes256_round(x, k);
	if (y)
		aes256_round(y, k);
}

/*
 * Block 0. The words have just been stored one by one: a wider load would wait
 * until all of them are in the cache.
 */
SIMD_INLINE __m128i aes256_nonce(const uint32_t nonce[3])
{
	const volatile uint32_t *word = nonce;

	return _mm_set_epi32(0, (int)word[2], (int)word[1], (int)word[0]);
}

/* Block n < 256, before its first round. */
SIMD_INLINE __m128i aes256_block(__m128i whitened, int n)
{
	return _mm_xor_si128(whitened, _mm_set_epi32(n << 24, 0, 0, 0));
}

/* A struct that is returned may be copied by memcpy: see simd_put. */
SIMD_INLINE void aes256_blocks(struct aes256_four *x, __m128i whitened, int n)
{
	x->a = aes256_block(whitened, n);
	x->b = aes256_block(whitened, n + 1);
	x->c = aes256_block(whitened, n + 2);
	x->d = aes256_block(whitened, n + 3);
}

/*
 * Blocks 0 to 3 into x and, unless y is NULL, 4 to 7 into y. The round keys go
 * to `keys` unless that is NULL. The blocks wait for nothing but the keys.
 */
AES256_INLINE void aes256_first(const uint32_t key[8], const uint32_t nonce[3],
				struct aes256_four *x, struct aes256_four *y, __m128i *keys)
{
	struct aes256_keys k = { aes256_load(key), aes256_load(key + 4), _mm_set1_epi32(1) };
	__m128i whitened = _mm_xor_si128(aes256_nonce(nonce), k.even);

	aes256_blocks(x, whitened, 0);
	if (y)
		aes256_blocks(y, whitened, 4);
	if (keys)
		keys[0] = k.even;
	for (int i = 1; i < AES256_ROUNDS - 1; i += 2) {
		__m128i last;

		aes256_both(x, y, k.odd);
		if (keys)
			keys[i] = k.odd;
		last = aes256_expand_even(&k);
		aes256_both(x, y, k.even);
		if (keys)
			keys[i + 1] = k.even;
		aes256_expand_odd(&k, last);
	}
	aes256_both(x, y, k.odd);
	(void)aes256_expand_even(&k);
	aes256_last(x, k.even);
	if (y)
		aes256_last(y, k.even);
	if (keys) {
		keys[AES256_ROUNDS - 1] = k.odd;
		keys[AES256_ROUNDS] = k.even;
	}
}

/*
 * The counter of what comes after that: the number of the next block stands
 * there as a little-endian word until the block is made.
 */
SIMD_INLINE __m128i aes256_counter(const uint32_t nonce[3])
{
	return _mm_or_si128(aes256_nonce(nonce), _mm_set_epi32(8, 0, 0, 0));
}

SIMD_INLINE __m128i aes256_ahead(__m128i counter, int blocks)
{
	return _mm_add_epi32(counter, _mm_set_epi32(blocks, 0, 0, 0));
}

/* For PSHUFB: turns the bytes of that word round. */
SIMD_INLINE __m128i aes256_turn(void)
{
	return _mm_set_epi32(0x0c0d0e0f, 0x0b0a0908, 0x07060504, 0x03020100);
}

/* The next key, and len <= 32 bytes. */
AES256_INLINE void aes256_short(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	struct aes256_four x;

	aes256_first(key, nonce, &x, NULL, NULL);
	aes256_store(key, x.a);
	aes256_store(key + 4, x.b);
	simd_put(out, (const __m128i[]){ x.c, x.d }, len);
}

/*
 * The next key, the first bytes of a longer output, and round keys for the
 * rest. Returns how many bytes that are.
 */
AES256_INLINE size_t aes256_begin(uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
				  size_t len, __m128i keys[AES256_ROUNDS + 1])
{
	size_t n = len < AES256_BEGUN ? len : AES256_BEGUN;
	struct aes256_four x, y;

	aes256_first(key, nonce, &x, &y, keys);
	aes256_store(key, x.a);
	aes256_store(key + 4, x.b);
	simd_put(out, (const __m128i[]){ x.c, x.d, y.a, y.b, y.c, y.d }, n);
	return n;
}

#endif
