/* SPDX-License-Identifier: BSD-2-Clause */
/* ChaCha20, four registers four blocks. */
#define CHACHA20_TARGET __attribute__((target("avx512f")))
#define CHACHA20_LANES 4
#define CHACHA20_TURN(row, order) ((chacha20_row)_mm512_shuffle_epi32((__m512i)(row), order))
#include "chacha20.h"

chacha20_row chacha20_spread(__m128i words)
{
	return (chacha20_row)_mm512_broadcast_i32x4(words);
}

/* VPROLD */
chacha20_row chacha20_left_16(chacha20_row row)
{
	return CHACHA20_LEFT(row, 16);
}

chacha20_row chacha20_left_8(chacha20_row row)
{
	return CHACHA20_LEFT(row, 8);
}

/* Lanes 0 and 2 of each, or lanes 1 and 3. */
#define CHACHA20_EVEN(one, other) _mm512_shuffle_i32x4((__m512i)(one), (__m512i)(other), 0x88)
#define CHACHA20_ODD(one, other) _mm512_shuffle_i32x4((__m512i)(one), (__m512i)(other), 0xdd)

void chacha20_write(uint8_t *out, const struct chacha20_rows *x)
{
	__m512i ab[2] = { CHACHA20_EVEN(x->a, x->b), CHACHA20_ODD(x->a, x->b) };
	__m512i cd[2] = { CHACHA20_EVEN(x->c, x->d), CHACHA20_ODD(x->c, x->d) };

	_mm512_storeu_si512(out, CHACHA20_EVEN(ab[0], cd[0]));
	_mm512_storeu_si512(out + 64, CHACHA20_EVEN(ab[1], cd[1]));
	_mm512_storeu_si512(out + 128, CHACHA20_ODD(ab[0], cd[0]));
	_mm512_storeu_si512(out + 192, CHACHA20_ODD(ab[1], cd[1]));
}

static void chacha20_avx512(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = chacha20_body(key, nonce, out, len);

	simd_wipe_avx512();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_chacha20_avx512 = { .name = "chacha20-avx512",
						     .needs = SB_X86_AVX512,
						     .run = chacha20_avx512,
						     .known = chacha20_known };
SB_OWN(sb_x86_chacha20_avx512);
