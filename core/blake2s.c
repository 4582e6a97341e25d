/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/* RFC 7693 section 2.6 and, two to a byte, section 2.7. */
static const uint32_t blake2s_iv[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
					0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
static const uint8_t blake2s_sigma[10][8] = {
	{ 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef },
	{ 0xea, 0x48, 0x9f, 0xd6, 0x1c, 0x02, 0xb7, 0x53 },
	{ 0xb8, 0xc0, 0x52, 0xfd, 0xae, 0x36, 0x71, 0x94 },
	{ 0x79, 0x31, 0xdc, 0xbe, 0x26, 0x5a, 0x40, 0xf8 },
	{ 0x90, 0x57, 0x24, 0xaf, 0xe1, 0xbc, 0x68, 0x3d },
	{ 0x2c, 0x6a, 0x0b, 0x83, 0x4d, 0x75, 0xfe, 0x19 },
	{ 0xc5, 0x1f, 0xed, 0x4a, 0x07, 0x63, 0x92, 0x8b },
	{ 0xdb, 0x7e, 0xc1, 0x39, 0x50, 0xf4, 0x86, 0x2a },
	{ 0x6f, 0xe9, 0xb3, 0x08, 0xc2, 0xd7, 0x14, 0xa5 },
	{ 0xa2, 0x84, 0x76, 0x15, 0xfb, 0x9e, 0x3c, 0xd0 },
};

void sb_hash_start(uint32_t h[8])
{
	for (size_t i = 0; i < 8; i++)
		h[i] = blake2s_iv[i];
	/* section 2.5: a digest of 32 bytes, fanout and depth 1 */
	h[0] ^= 0x01010020;
}
SB_OWN(sb_hash_start);

/* One G of section 3.1, on columns (half 0) and diagonals (half 1). */
static void blake2s_mix(uint32_t v[16], unsigned g, uint32_t x, uint32_t y)
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

void sb_hash_compress(uint32_t h[8], const uint32_t t[2], int last, const uint8_t block[64])
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
	for (size_t round = 0; round < 10; round++)
		for (unsigned g = 0; g < 8; g++) {
			unsigned pair = blake2s_sigma[round][g];

			blake2s_mix(v, g, sb_load32(block + (pair >> 4) * 4),
				    sb_load32(block + (pair & 15) * 4));
		}
	for (size_t i = 0; i < 8; i++)
		h[i] ^= v[i] ^ v[i + 8];
	sb_wipe(v, sizeof v);
}
SB_OWN(sb_hash_compress);
