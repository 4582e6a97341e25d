/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/* RFC 7693 appendix B: BLAKE2s-256("abc"). */
static int selftest_hash(void)
{
	static const uint32_t expected[8] = { 0x8c5e8c50, 0xe2147c32, 0xa32ba7e1, 0x2f45eb4e,
					      0x208b4537, 0x293ad69e, 0x4c9b994d, 0x82596786 };
	static const uint8_t abc[64] = { 'a', 'b', 'c' };
	const uint32_t length[2] = { 3, 0 };
	uint32_t h[8], wrong = 0;

	sb_hash_start(h);
	sb_hash_compress(h, length, 1, abc);
	for (size_t i = 0; i < 8; i++)
		wrong |= h[i] ^ expected[i];
	return wrong == 0;
}

/*
 * RFC 8439 appendix A.1, test vectors 1 and 2: blocks 0 and 1 of the zero key.
 * The first and last words of each part.
 */
static int selftest_stream(void)
{
	static const uint32_t zero[8];
	uint32_t next[8];
	uint8_t out[96];

	sb_stream(zero, zero, next, out, sizeof out);
	return next[0] == 0xade0b876 && next[7] == 0xc70d778b && sb_load32(out) == 0x7c5941da &&
	       sb_load32(out + 28) == 0x8665eeb2 && sb_load32(out + 32) == 0xbee7079f &&
	       sb_load32(out + 92) == 0x6f4d794b;
}

int seedbed_selftest(void)
{
	return selftest_hash() && selftest_stream() ? SB_OK : SB_EIO;
}
SB_OWN(seedbed_selftest);
