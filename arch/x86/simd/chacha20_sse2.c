/* SPDX-License-Identifier: BSD-2-Clause */
/* ChaCha20, four registers a block. */
#define CHACHA20_TARGET __attribute__((target("sse2")))
#define CHACHA20_LANES 1
#define CHACHA20_TURN(row, order) ((chacha20_row)_mm_shuffle_epi32((__m128i)(row), order))
#include "chacha20.h"

chacha20_row chacha20_spread(__m128i words)
{
	return (chacha20_row)words;
}

/* The halves of each word change places. */
chacha20_row chacha20_left_16(chacha20_row row)
{
	__m128i low = _mm_shufflelo_epi16((__m128i)row, _MM_SHUFFLE(2, 3, 0, 1));

	return (chacha20_row)_mm_shufflehi_epi16(low, _MM_SHUFFLE(2, 3, 0, 1));
}

chacha20_row chacha20_left_8(chacha20_row row)
{
	return CHACHA20_LEFT(row, 8);
}

void chacha20_write(uint8_t *out, const struct chacha20_rows *x)
{
	_mm_storeu_si128((void *)out, (__m128i)x->a);
	_mm_storeu_si128((void *)(out + 16), (__m128i)x->b);
	_mm_storeu_si128((void *)(out + 32), (__m128i)x->c);
	_mm_storeu_si128((void *)(out + 48), (__m128i)x->d);
}

static void chacha20_sse2(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	uintptr_t low = chacha20_body(key, nonce, out, len);

	simd_wipe_sse();
	simd_wipe_stack(low);
}

const struct sb_keystream sb_x86_chacha20_sse2 = {
	.name = "chacha20-sse2", .needs = SB_X86_SSE2, .run = chacha20_sse2, .known = chacha20_known
};
SB_OWN(sb_x86_chacha20_sse2);
