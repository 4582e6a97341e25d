/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * RFC 8439 appendix A.1, test vectors 1 and 2: blocks 0 and 1 of the zero key.
 * The first and last words of each part.
 */
int sb_chacha20_known(void)
{
	const uint32_t nonce[3] = { 0 };
	uint32_t key[8] = { 0 };
	uint8_t out[96];

	sb_chacha20(key, nonce, out, sizeof out);
	return key[0] == 0xade0b876 && key[7] == 0xc70d778b && sb_load32(out) == 0x7c5941da &&
	       sb_load32(out + 28) == 0x8665eeb2 && sb_load32(out + 32) == 0xbee7079f &&
	       sb_load32(out + 92) == 0x6f4d794b;
}
SB_OWN(sb_chacha20_known);
