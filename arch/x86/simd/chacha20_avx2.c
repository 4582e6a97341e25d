/* SPDX-License-Identifier: BSD-2-Clause */
/* ChaCha20, four registers two blocks. */
#define CHACHA20_TARGET __attribute__((target("avx2")))
#define CHACHA20_LANES 2
#define CHACHA20_TURN(row, order) ((chacha20_row)_mm256_shuffle_epi32((__m256i)(row), order))
#include "chacha20.h"

chacha20_row chacha20_spread(__m128i words)
{
	return (chacha20_row)_mm256_broadcastsi128_si256(words);
}

/* One instruction, where shifts take three. */
#define CHACHA20_BYTES(row, high, low)                     \
	((chacha20_row)_mm256_shuffle_epi8((__m256i)(row), \
					   (__m256i)chacha20_spread(_mm_set_epi64x(high, low))))

chacha20_row chacha20_left_16(chacha20_row row)
{
	return CHACHA20_BYTES(row, 0x0d0c0f0e09080b0a, 0x0504070601000302);
}

chacha20_row chacha20_left_8(chacha20_row row)
{
	return CHACHA20_BYTES(row, 0x0e0d0c0f0a09080b, 0x0605040702010003);
}

#define CHACHA20_HALF(out, one, other, lanes) \
	_mm256_storeu_si256((void *)(out),    \
			    _mm256_permute2x128_si256((__m256i)(one), (__m256i)(other), lanes))

void chacha20_write(uint8_t *out, const struct chacha20_rows *x)
{
	CHACHA20_HALF(out, x->a, x->b, 0x20);
	CHACHA20_HALF(out + 32, x->c, x->d, 0x20);
	CHACHA20_HALF(out + 64, x->a, x->b, 0x31);
	CHACHA20_HALF(out + 96, x->c, x->d, 0x31);
}

static void chacha20_avx2(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = chacha20_body(key, nonce, out, len);

	simd_wipe_avx();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_chacha20_avx2 = {
	.name = "chacha20-avx2", .needs = SB_X86_AVX2, .run = chacha20_avx2, .known = chacha20_known
};
SB_OWN(sb_x86_chacha20_avx2);
