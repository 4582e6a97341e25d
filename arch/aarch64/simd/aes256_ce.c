/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AES-256 in counter mode (FIPS 197; SP 800-38A, section 6.5) by AESE and AESMC
 * (Arm ARM, DDI 0487, section C7.2). A block is the nonce and, with its high
 * byte first, the number of the block.
 */
#include "sb_aarch64_simd.h"
#include "sb_hal.h"
#include "simd.h"

/* Assemblers take these two instructions only if told so. */
#define AES_ARCH ".arch_extension aes\n\t"

/* AddRoundKey, SubBytes, ShiftRows. */
SIMD_INLINE simd_vec aes_sub(simd_vec x, simd_vec key)
{
	__asm__(AES_ARCH "aese %0.16b, %1.16b" : "+w"(x) : "w"(key));
	return x;
}

/* And MixColumns. The pair stays together: many CPUs make one step of it. */
SIMD_INLINE simd_vec aes_round(simd_vec x, simd_vec key)
{
	__asm__(AES_ARCH "aese %0.16b, %1.16b\n\taesmc %0.16b, %0.16b" : "+w"(x) : "w"(key));
	return x;
}

/*
 * FIPS 197, section 5.2: the next four words of the key schedule. `before` has
 * those that are eight words back. `word` has in each lane what is mixed into
 * the first of them.
 */
SIMD_INLINE simd_vec aes_key(simd_vec before, simd_vec word)
{
	simd_vec zero = simd_splat(0), shifted;

	__asm__("ext %0.16b, %1.16b, %2.16b, #12" : "=w"(shifted) : "w"(zero), "w"(before));
	before ^= shifted;
	__asm__("ext %0.16b, %1.16b, %2.16b, #8" : "=w"(shifted) : "w"(zero), "w"(before));
	return before ^ shifted ^ word;
}

/* SubWord of the last word. In equal lanes ShiftRows changes nothing. */
SIMD_INLINE simd_vec aes_word(simd_vec last)
{
	__asm__("dup %0.4s, %1.s[3]" : "=w"(last) : "w"(last));
	return aes_sub(last, simd_splat(0));
}

/* RotWord, and the round constant. */
SIMD_INLINE simd_vec aes_word_turned(simd_vec last, uint32_t constant)
{
	simd_vec word = aes_word(last);

	return (word >> 8 | word << 24) ^ simd_splat(constant);
}

SIMD_INLINE void aes_round_4(simd_vec x[4], simd_vec key)
{
	x[0] = aes_round(x[0], key);
	x[1] = aes_round(x[1], key);
	x[2] = aes_round(x[2], key);
	x[3] = aes_round(x[3], key);
}

SIMD_INLINE void aes_end_4(simd_vec x[4], const simd_vec k[15])
{
	x[0] = aes_sub(x[0], k[13]) ^ k[14];
	x[1] = aes_sub(x[1], k[13]) ^ k[14];
	x[2] = aes_sub(x[2], k[13]) ^ k[14];
	x[3] = aes_sub(x[3], k[13]) ^ k[14];
}

/* Four blocks, while the key schedule is made of k[0] and k[1]. */
SIMD_INLINE void aes_first(simd_vec k[15], simd_vec x[4])
{
	uint32_t constant = 1;

	for (size_t i = 0; i < 12; i += 2, constant <<= 1) {
		aes_round_4(x, k[i]);
		k[i + 2] = aes_key(k[i], aes_word_turned(k[i + 1], constant));
		aes_round_4(x, k[i + 1]);
		k[i + 3] = aes_key(k[i + 1], aes_word(k[i + 2]));
	}
	aes_round_4(x, k[12]);
	k[14] = aes_key(k[12], aes_word_turned(k[13], constant));
	aes_end_4(x, k);
}

SIMD_INLINE void aes_next(const simd_vec k[15], simd_vec x[8])
{
	for (size_t i = 0; i < 13; i++) {
		aes_round_4(x, k[i]);
		aes_round_4(x + 4, k[i]);
	}
	aes_end_4(x, k);
	aes_end_4(x + 4, k);
}

/*
 * The next four blocks, before they are enciphered. In the lanes of the counter
 * each word has its high byte first.
 */
SIMD_INLINE void aes_count_4(simd_vec *counter, simd_vec x[4])
{
	static const uint32_t one[4] = { 0, 0, 0, 1 };
	simd_vec step = simd_load(one);

	x[0] = simd_turn(*counter);
	x[1] = simd_turn(*counter += step);
	x[2] = simd_turn(*counter += step);
	x[3] = simd_turn(*counter += step);
	*counter += step;
}

/* Eight blocks a step, behind the first four. The last step may be shorter. */
SIMD_INLINE void aes_rest(const simd_vec k[15], simd_vec counter, uint8_t *out, size_t len)
{
	simd_vec x[8];

	for (;; out += 128, len -= 128) {
		aes_count_4(&counter, x);
		aes_count_4(&counter, x + 4);
		aes_next(k, x);
		if (len < 128)
			break;
		simd_put_4(out, x);
		simd_put_4(out + 64, x + 4);
	}
	simd_vec last[8] = { x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7] };

	simd_put(out, last, len);
}

SIMD_BODY uintptr_t aes_body(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	const uint32_t words[4] = { nonce[0], nonce[1], nonce[2], 0 };
	simd_vec counter = simd_turn(simd_load(words)), k[15], x[4];

	k[0] = simd_load(key);
	k[1] = simd_load(key + 4);
	aes_count_4(&counter, x);
	aes_first(k, x);
	simd_store(key, x[0]);
	simd_store(key + 4, x[1]);

	simd_vec half[2] = { x[2], x[3] };

	simd_put(out, half, len < 32 ? len : 32);
	if (len > 32)
		aes_rest(k, counter, out + 32, len - 32);
	return simd_low();
}

static void aes_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = aes_body(key, nonce, out, len);

	simd_wipe_stack(low);
	simd_wipe_registers();
}

static const uint32_t aes_known[8] = SB_KNOWN_AES256;

const struct sb_keystream sb_aarch64_aes256_ce = {
	.name = "aes256-ce",
	.needs = SB_AARCH64_AES,
	.run = aes_run,
	.known = aes_known,
};
SB_OWN(sb_aarch64_aes256_ce);
