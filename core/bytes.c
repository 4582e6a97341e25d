/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * A build for size leaves out the loops over whole words: that saves 28 bytes
 * each on a Cortex-M0 and makes long outputs slower.
 */
void sb_bytes(uint8_t *out, const uint32_t *words, size_t len)
{
#ifndef __OPTIMIZE_SIZE__
	for (; len >= 4; len -= 4, out += 4)
		sb_store32(out, *words++);
#endif
	for (size_t i = 0; i < len; i++)
		out[i] = (uint8_t)(words[i / 4] >> i % 4 * 8);
}
SB_OWN(sb_bytes);

void sb_words(uint32_t *words, const uint8_t *bytes, size_t len)
{
#ifndef __OPTIMIZE_SIZE__
	for (; len >= 4; len -= 4, bytes += 4)
		*words++ = sb_load32(bytes);
#endif
	for (size_t i = 0; i < len; i++)
		words[i / 4] |= (uint32_t)bytes[i] << i % 4 * 8;
}
SB_OWN(sb_words);
