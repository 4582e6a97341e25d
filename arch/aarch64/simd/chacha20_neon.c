/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ChaCha20 (RFC 8439, section 2.3) by NEON: four blocks at once. A register has
 * a word of the state in each of four blocks.
 */
#include "sb_aarch64_simd.h"
#include "sb_hal.h"
#include "simd.h"

SIMD_INLINE simd_vec chacha20_rotate_16(simd_vec x)
{
	__asm__("rev32 %0.8h, %0.8h" : "+w"(x));
	return x;
}

/* Each byte of the result by its number in x. */
SIMD_INLINE simd_vec chacha20_bytes(simd_vec x, simd_vec numbers)
{
	__asm__("tbl %0.16b, {%0.16b}, %1.16b" : "+w"(x) : "w"(numbers));
	return x;
}

/* SRI keeps the high bits, so it is the OR as well. */
SIMD_INLINE simd_vec chacha20_rotate_12(simd_vec x)
{
	simd_vec turned = x << 12;

	__asm__("sri %0.4s, %1.4s, #20" : "+w"(turned) : "w"(x));
	return turned;
}

SIMD_INLINE simd_vec chacha20_rotate_7(simd_vec x)
{
	simd_vec turned = x << 7;

	__asm__("sri %0.4s, %1.4s, #25" : "+w"(turned) : "w"(x));
	return turned;
}

#define CHACHA20_QUARTER(a, b, c, d)                                         \
	(x[a] += x[b], x[d] = chacha20_rotate_16(x[d] ^ x[a]), x[c] += x[d], \
	 x[b] = chacha20_rotate_12(x[b] ^ x[c]), x[a] += x[b],               \
	 x[d] = chacha20_bytes(x[d] ^ x[a], by_8), x[c] += x[d],             \
	 x[b] = chacha20_rotate_7(x[b] ^ x[c]))

SIMD_INLINE void chacha20_double_round(simd_vec x[16], simd_vec by_8)
{
	CHACHA20_QUARTER(0, 4, 8, 12);
	CHACHA20_QUARTER(1, 5, 9, 13);
	CHACHA20_QUARTER(2, 6, 10, 14);
	CHACHA20_QUARTER(3, 7, 11, 15);
	CHACHA20_QUARTER(0, 5, 10, 15);
	CHACHA20_QUARTER(1, 6, 11, 12);
	CHACHA20_QUARTER(2, 7, 8, 13);
	CHACHA20_QUARTER(3, 4, 9, 14);
}

/* Lanes 0 and 1 of two registers in turn, or lanes 2 and 3. */
SIMD_INLINE simd_vec chacha20_low(simd_vec a, simd_vec b)
{
	simd_vec x;

	__asm__("zip1 %0.4s, %1.4s, %2.4s" : "=w"(x) : "w"(a), "w"(b));
	return x;
}

SIMD_INLINE simd_vec chacha20_high(simd_vec a, simd_vec b)
{
	simd_vec x;

	__asm__("zip2 %0.4s, %1.4s, %2.4s" : "=w"(x) : "w"(a), "w"(b));
	return x;
}

/* A register has one word of four blocks. The result has four words of one
   block in a register. A block is four registers. */
SIMD_INLINE void chacha20_blocks(const simd_vec x[4], simd_vec *out)
{
	simd_vec even = chacha20_low(x[0], x[2]), odd = chacha20_low(x[1], x[3]);

	out[0] = chacha20_low(even, odd);
	out[4] = chacha20_high(even, odd);
	even = chacha20_high(x[0], x[2]);
	odd = chacha20_high(x[1], x[3]);
	out[8] = chacha20_low(even, odd);
	out[12] = chacha20_high(even, odd);
}

/* A word of the state in each block. Word 12 is the number of the block. */
SIMD_INLINE simd_vec chacha20_word(const uint32_t in[16], unsigned i)
{
	static const uint32_t numbers[4] = { 0, 1, 2, 3 };

	return i == 12 ? simd_same(in + i) + simd_load(numbers) : simd_same(in + i);
}

#define CHACHA20_EACH(f)                                                                         \
	(f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10), f(11), f(12), f(13), \
	 f(14), f(15))
#define CHACHA20_SET(i) (x[i] = chacha20_word(in, i))
#define CHACHA20_ADD(i) (x[i] += chacha20_word(in, i))

/* Four blocks from number in[12] on. */
SIMD_INLINE void chacha20_four(const uint32_t in[16], simd_vec out[16])
{
	/* to the left by 8: each byte is the one below it */
	static const uint32_t by_8[4] = { 0x02010003, 0x06050407, 0x0a09080b, 0x0e0d0c0f };
	simd_vec x[16], bytes = simd_load(by_8);

	CHACHA20_EACH(CHACHA20_SET);
	for (int round = 0; round < 10; round++)
		chacha20_double_round(x, bytes);
	CHACHA20_EACH(CHACHA20_ADD);
	for (size_t i = 0; i < 4; i++)
		chacha20_blocks(x + 4 * i, out + i);
}

SIMD_BODY uintptr_t chacha20_body(uint32_t key[8], const uint32_t nonce[3], uint8_t *out,
				  size_t len)
{
	uint32_t in[16] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	simd_vec block[16];
	size_t skip = 2; /* the next key */

	simd_store(in + 4, simd_load(key));
	simd_store(in + 8, simd_load(key + 4));
	for (size_t i = 0; i < 3; i++)
		in[13 + i] = nonce[i];
	do {
		size_t n = 256 - 16 * skip;

		chacha20_four(in, block);
		if (skip) {
			simd_store(key, block[0]);
			simd_store(key + 4, block[1]);
		}
		n = len < n ? len : n;
		simd_put(out, block + skip, n);
		out += n;
		len -= n;
		in[12] += 4;
		skip = 0;
	} while (len);
	return simd_low();
}

/* One block is left to the general registers, where it takes no longer. */
static void chacha20_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low;

	if (len <= 32) {
		sb_chacha20(key, nonce, out, len);
		return;
	}
	low = chacha20_body(key, nonce, out, len);
	simd_wipe_stack(low);
	simd_wipe_registers();
}

static const uint32_t chacha20_known[8] = SB_KNOWN_CHACHA20;

const struct sb_keystream sb_aarch64_chacha20_neon = {
	.name = "chacha20-neon",
	.needs = SB_AARCH64_NEON,
	.run = chacha20_run,
	.known = chacha20_known,
};
SB_OWN(sb_aarch64_chacha20_neon);
