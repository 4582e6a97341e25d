/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream of an image that has several: the first of the board's table
 * that may run here, else ChaCha20 of core/. It never falls back to an AES with
 * tables. It takes the place of core/stream.c.
 */
#include "sb_hal.h"
#include "sb_keystreams.h"
#include "core.h"

/* Way 1 is the first entry. NULL for way 0, and for one that is not there. */
static const struct sb_keystream *dispatch_entry(unsigned way)
{
	for (unsigned i = 0; sb_keystreams[i]; i++)
		if (i + 1 == way)
			return sb_keystreams[i];
	return NULL;
}

unsigned sb_stream_choose(void)
{
	uint32_t facts = sb_keystream_facts();

	for (unsigned i = 0; sb_keystreams[i]; i++)
		if (!(sb_keystreams[i]->needs & ~facts))
			return i + 1;
	return 0;
}
SB_OWN(sb_stream_choose);

void sb_stream(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len, unsigned way)
{
	const struct sb_keystream *entry = dispatch_entry(way);

	if (entry)
		entry->run(key, nonce, out, len);
	else
		sb_chacha20(key, nonce, out, len);
}
SB_OWN(sb_stream);

const char *sb_stream_name(unsigned way)
{
	const struct sb_keystream *entry = dispatch_entry(way);

	return entry ? entry->name : "chacha20";
}
SB_OWN(sb_stream_name);

int sb_stream_known(unsigned way)
{
	const struct sb_keystream *entry = dispatch_entry(way);
	const uint32_t nonce[3] = { 0 };
	uint32_t key[8] = { 0 }, h[8], length[2] = { 0 }, wrong = 0;
	uint8_t bytes[32 + SB_KEYSTREAM_KNOWN];

	if (!entry)
		return sb_chacha20_known();
	entry->run(key, nonce, bytes + 32, SB_KEYSTREAM_KNOWN);
	sb_bytes(bytes, key, 32);
	sb_hash_start(h);
	for (size_t i = 0; i < sizeof bytes; i += 64) {
		uint32_t block[16] = { 0 };

		sb_words(block, bytes + i, 64);
		length[0] += 64;
		sb_hash_compress(h, length, i + 64 == sizeof bytes, block);
	}
	for (size_t i = 0; i < 8; i++)
		wrong |= h[i] ^ entry->known[i];
	return wrong == 0;
}
SB_OWN(sb_stream_known);
