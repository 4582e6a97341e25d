/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream of an image that links no other one: ChaCha20 alone. An object
 * before the archive on the link line takes the place of this file.
 */
#include "core.h"

unsigned sb_stream_choose(void)
{
	return 0;
}
SB_OWN(sb_stream_choose);

void sb_stream(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len, unsigned way)
{
	(void)way;
	sb_chacha20(key, nonce, out, len);
}
SB_OWN(sb_stream);

const char *sb_stream_name(unsigned way)
{
	(void)way;
	return "chacha20";
}
SB_OWN(sb_stream_name);

int sb_stream_known(unsigned way)
{
	(void)way;
	return sb_chacha20_known();
}
SB_OWN(sb_stream_known);
