/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystream of an image that has several: the first of the board's table
 * that may run here and computes its known answer, else ChaCha20 of core/. It
 * never falls back to an AES with tables. It takes the place of core/stream.c.
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
	uint32_t key[8] = { 0 }, sum[8] = { 0 }, wrong = 0;
	uint8_t bytes[32 + SB_KEYSTREAM_KNOWN];

	if (!entry)
		return sb_chacha20_known();
	entry->run(key, nonce, bytes + 32, SB_KEYSTREAM_KNOWN);
	sb_bytes(bytes, key, 32);
	for (size_t i = 0; i < sizeof bytes / 4; i++)
		sum[i % 8] = (sum[i % 8] ^ sb_load32(bytes + 4 * i)) * 0x01000193u;
	for (size_t i = 0; i < 8; i++)
		wrong |= sum[i] ^ entry->known[i];
	return wrong == 0;
}
SB_OWN(sb_stream_known);

/*
 * An emulator may compute wrongly what it says it has: QEMU 7.2 and 8.0 encrypt
 * the lower half of a YMM register twice. So the known answer counts too.
 */
unsigned sb_stream_choose(void)
{
	uint32_t facts = sb_keystream_facts();

	for (unsigned i = 0; sb_keystreams[i]; i++)
		if (!(sb_keystreams[i]->needs & ~facts) && sb_stream_known(i + 1))
			return i + 1;
	return 0;
}
SB_OWN(sb_stream_choose);
