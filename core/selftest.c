/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/* RFC 7693 appendix B: BLAKE2s-256("abc"). */
static int selftest_hash(void)
{
	static const uint32_t expected[8] = { 0x8c5e8c50, 0xe2147c32, 0xa32ba7e1, 0x2f45eb4e,
					      0x208b4537, 0x293ad69e, 0x4c9b994d, 0x82596786 };
	static const uint32_t abc[16] = { 0x00636261 };
	const uint32_t length[2] = { 3, 0 };
	uint32_t h[8], wrong = 0;

	sb_hash_start(h);
	sb_hash_compress(h, length, 1, abc);
	for (size_t i = 0; i < 8; i++)
		wrong |= h[i] ^ expected[i];
	return wrong == 0;
}

int seedbed_selftest(void)
{
	return selftest_hash() && sb_stream_known(sb_stream_choose()) ? SB_OK : SB_EIO;
}
SB_OWN(seedbed_selftest);
