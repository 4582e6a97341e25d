/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The least that AES-256 in counter mode takes on this CPU: by its widest
 * instructions, with round keys that are made once, and nothing erased. No
 * generator can be faster, and none may be like this.
 */
#include <immintrin.h>
#include <string.h>
#include "turns.h"

#define BOUND_ROUNDS 14
#define AES __attribute__((target("aes,sse4.1")))

struct bound {
	__m128i keys[BOUND_ROUNDS + 1], counter; /* its last 4 bytes: a number, low byte first */
};

/* FIPS 197, section 5.2: words i - 1 and i - 8 make word i. */
AES static __m128i bound_key(__m128i before, __m128i word)
{
	before = _mm_xor_si128(before, _mm_slli_si128(before, 4));
	before = _mm_xor_si128(before, _mm_slli_si128(before, 8));
	return _mm_xor_si128(before, word);
}

#define BOUND_PAIR(i, constant)                                                                   \
	k[i] = bound_key(k[i - 2],                                                                \
			 _mm_shuffle_epi32(_mm_aeskeygenassist_si128(k[i - 1], constant), 0xff)); \
	if (i < BOUND_ROUNDS)                                                                     \
	k[i + 1] = bound_key(k[i - 1], _mm_shuffle_epi32(_mm_aeskeygenassist_si128(k[i], 0), 0xaa))

AES static void bound_keys(struct bound *b, const uint8_t key[32])
{
	__m128i k[BOUND_ROUNDS + 2];

	k[0] = _mm_loadu_si128((const void *)key);
	k[1] = _mm_loadu_si128((const void *)(key + 16));
	BOUND_PAIR(2, 0x01);
	BOUND_PAIR(4, 0x02);
	BOUND_PAIR(6, 0x04);
	BOUND_PAIR(8, 0x08);
	BOUND_PAIR(10, 0x10);
	BOUND_PAIR(12, 0x20);
	BOUND_PAIR(14, 0x40);
	memcpy(b->keys, k, sizeof b->keys);
}

/* The number of each block in its last 4 bytes; and how those are turned. */
static const uint8_t *bound_number, *bound_swap;

#define WIDTH(name) bound_128_##name
#define TARGET __attribute__((target("aes,sse4.1")))
#define VECTOR __m128i
#define BYTES 16
#define ALL(block) (block)
#define ADD _mm_add_epi32
#define SWAP _mm_shuffle_epi8
#define ROUND _mm_aesenc_si128
#define LAST _mm_aesenclast_si128
#include "bound_width.h"

#define WIDTH(name) bound_256_##name
#define TARGET __attribute__((target("aes,avx2,vaes")))
#define VECTOR __m256i
#define BYTES 32
#define ALL _mm256_broadcastsi128_si256
#define ADD _mm256_add_epi32
#define SWAP _mm256_shuffle_epi8
#define ROUND _mm256_aesenc_epi128
#define LAST _mm256_aesenclast_epi128
#include "bound_width.h"

#define WIDTH(name) bound_512_##name
#define TARGET __attribute__((target("aes,avx512f,avx512bw,vaes")))
#define VECTOR __m512i
#define BYTES 64
#define ALL _mm512_broadcast_i32x4
#define ADD _mm512_add_epi32
#define SWAP _mm512_shuffle_epi8
#define ROUND _mm512_aesenc_epi128
#define LAST _mm512_aesenclast_epi128
#include "bound_width.h"

typedef void (*bound_width)(struct bound *b, uint8_t *out, size_t len);

static bound_width bound_widest(const char **name)
{
	if (!__builtin_cpu_supports("aes") || !__builtin_cpu_supports("sse4.1"))
		return NULL;
	*name = "AES-NI";
	if (!__builtin_cpu_supports("vaes") || !__builtin_cpu_supports("avx2"))
		return bound_128_make;
	*name = "VAES-256";
	if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw"))
		return bound_256_make;
	*name = "VAES-512";
	return bound_512_make;
}

static bound_width bound_here;

static int bound_make(void *ctx, uint8_t *out, size_t len)
{
	bound_here(ctx, out, len);
	return 0;
}

static void bound_tables(void)
{
	static uint8_t number[16 * 32], swap[64];

	for (size_t i = 0; i < 32; i++)
		number[16 * i + 12] = (uint8_t)i;
	for (size_t i = 0; i < 64; i++)
		swap[i] = (uint8_t)(i % 16 < 12 ? i % 16 : 27 - i % 16);
	bound_number = number;
	bound_swap = swap;
}

static void bound_start(struct bound *b)
{
	static const uint8_t key[32] = { 1 };

	b->counter = _mm_setzero_si128();
	bound_keys(b, key);
}

/* The end of 1207 bytes is that of `openssl enc -aes-256-ctr`. Else it is the
   bound of something else. */
static int bound_right(struct bound *b)
{
	static const uint8_t end[8] = { 0xa7, 0xae, 0x15, 0x73, 0x93, 0x83, 0x2e, 0x5b };
	uint8_t out[1207];

	bound_here(b, out, sizeof out);
	return !memcmp(out + sizeof out - sizeof end, end, sizeof end);
}

int main(void)
{
	static struct bound b;
	const char *name = "";

	bound_tables();
	bound_start(&b);
	bound_here = bound_widest(&name);
	if (!bound_here)
		turns_lacks("bare AES-256", "the CPU has no AES instructions");
	else if (!bound_right(&b))
		turns_lacks("bare AES-256", "it does not compute AES");
	else
		turns_has("bare AES-256", bound_make, &b);
	turns_is("bound", name);
	return turns_serve();
}
