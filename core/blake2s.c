/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/* RFC 7693 section 2.6. */
static const uint32_t blake2s_iv[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

void sb_hash_start(uint32_t h[8])
{
	for (size_t i = 0; i < 8; i++)
		h[i] = blake2s_iv[i];
	/* section 2.5: a digest of 32 bytes, fanout and depth 1 */
	h[0] ^= 0x01010020;
}
SB_OWN(sb_hash_start);

#ifdef __OPTIMIZE_SIZE__
static void blake2s_rounds(uint32_t v[16], const uint32_t block[16])
{
	for (unsigned i = 0; i < sizeof sb_rounds_sigma; i++) {
		unsigned pair = sb_rounds_sigma[i];

		sb_rounds_mix(v, i, block[pair & 15], block[pair >> 4], SB_TURNS(16, 12, 8, 7));
	}
}
#else
/* One G of section 3.1, on columns (g below 4) and diagonals. */
static inline void blake2s_mix(uint32_t v[16], unsigned g, uint32_t x, uint32_t y)
{
	unsigned shift = g >> 2, i = g & 3;
	uint32_t *a = v + i, *b = v + 4 + ((i + shift) & 3), *c = v + 8 + ((i + 2 * shift) & 3),
		 *d = v + 12 + ((i + 3 * shift) & 3);

	*a += *b + x;
	*d = sb_rotate_right(*d ^ *a, 16);
	*c += *d;
	*b = sb_rotate_right(*b ^ *c, 12);
	*a += *b + y;
	*d = sb_rotate_right(*d ^ *a, 8);
	*c += *d;
	*b = sb_rotate_right(*b ^ *c, 7);
}

static void blake2s_rounds(uint32_t v[16], const uint32_t block[16])
{
	for (unsigned i = 0; i < sizeof sb_rounds_sigma; i++) {
		unsigned pair = sb_rounds_sigma[i];

		blake2s_mix(v, i & 7, block[pair & 15], block[pair >> 4]);
	}
}
#endif

void sb_hash_compress(uint32_t h[8], const uint32_t t[2], int last, const uint32_t block[16])
{
	uint32_t v[16];

	for (size_t i = 0; i < 8; i++) {
		v[i] = h[i];
		v[i + 8] = blake2s_iv[i];
	}
	v[12] ^= t[0];
	v[13] ^= t[1];
	if (last)
		v[14] = ~v[14];
	blake2s_rounds(v, block);
	for (size_t i = 0; i < 8; i++)
		h[i] ^= v[i] ^ v[i + 8];
	sb_wipe(v, sizeof v);
}
SB_OWN(sb_hash_compress);
