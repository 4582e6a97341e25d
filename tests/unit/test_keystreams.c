/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The keystreams of this board's table, each on its own. AES is held against
 * answers by OpenSSL, ChaCha20 against sb_chacha20. One that this CPU lacks is
 * skipped. A board without a table has ChaCha20 of core/ alone.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include "core.h"
#include "sb_hal.h"
#include "sb_keystreams.h"

#pragma weak sb_keystreams
#pragma weak sb_keystream_facts

#define LONGEST 1207
/* More than 65536 blocks of AES, so that three bytes of its counter count. */
#define BULK ((size_t)(1 << 20) + 4000)
#define KEYSTREAMS_MAX 16
#define GUARD 64

typedef __typeof__(sb_chacha20) run_of;

static unsigned ways(void)
{
	unsigned n = 0;

	while (sb_keystreams && sb_keystreams[n])
		n++;
	return n;
}

/* FNV-1a, 64 bits. */
static uint64_t digest(uint64_t h, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * 0x100000001b3u;
	return h;
}

static void key_of_test(uint32_t key[8], uint32_t nonce[3])
{
	for (uint32_t i = 0; i < 8; i++)
		key[i] = 0x03020100 + i * 0x04040404;
	for (uint32_t i = 0; i < 3; i++)
		nonce[i] = 0xf3f2f1f0 + i * 0x04040404;
}

static uint64_t digest_of(run_of *run, uint8_t *out, size_t len)
{
	uint32_t key[8], nonce[3];
	uint8_t bytes[32];

	key_of_test(key, nonce);
	run(key, nonce, out, len);
	for (size_t i = 0; i < 8; i++)
		sb_store32(bytes + 4 * i, key[i]);
	return digest(digest(0xcbf29ce484222325u, bytes, sizeof bytes), out, len);
}

/*
 * Of the next key and len bytes. AES: `openssl enc -aes-256-ctr -K 000102...1f
 * -iv f0f1...fb00000000` of zeros.
 */
static uint64_t expected(const char *name, uint8_t *out, size_t len)
{
	if (strncmp(name, "aes256-", 7) == 0)
		return len == LONGEST ? 0xfca969f584f53f97u : 0x49a1efbb8d43e7c3u;
	assert_int_equal(strncmp(name, "chacha20-", 9), 0);
	return digest_of(sb_chacha20, out, len);
}

/* A request of each length, at any address, is the beginning of the longest. */
static void each_length(run_of *run, const uint8_t *whole)
{
	static uint8_t room[GUARD + 16 + LONGEST + GUARD];
	uint32_t wanted[8], next[8], nonce[3];

	key_of_test(wanted, nonce);
	run(wanted, nonce, room, 0);
	for (size_t len = 0; len <= LONGEST; len++) {
		uint8_t *out = room + GUARD + len % 16;

		memset(room, 0xee, sizeof room);
		key_of_test(next, nonce);
		run(next, nonce, out, len);
		assert_memory_equal(next, wanted, sizeof next);
		assert_memory_equal(out, whole, len);
		for (size_t i = 0; i < GUARD; i++) {
			assert_int_equal(out[len + i], 0xee);
			assert_int_equal(out[-1 - (ptrdiff_t)i], 0xee);
		}
	}
}

static void each_bit(run_of *run)
{
	uint32_t in[11], next[8];
	uint8_t first[32], other[32];

	key_of_test(in, in + 8);
	memcpy(next, in, sizeof next);
	run(next, in + 8, first, sizeof first);
	for (unsigned bit = 0; bit < 32 * 11; bit++) {
		in[bit / 32] ^= 1u << bit % 32;
		memcpy(next, in, sizeof next);
		run(next, in + 8, other, sizeof other);
		assert_memory_not_equal(first, other, sizeof other);
		in[bit / 32] ^= 1u << bit % 32;
	}
}

static void bulk(const char *name, run_of *run)
{
	uint8_t *out = malloc(BULK);

	assert_non_null(out);
	assert_true(digest_of(run, out, BULK) == expected(name, out, BULK));
	free(out);
}

static void keystream(void **state)
{
	static uint8_t whole[LONGEST], other[LONGEST];
	unsigned way = *(const unsigned *)*state;
	const struct sb_keystream *entry = sb_keystreams[way - 1];

	if (entry->needs & ~sb_keystream_facts())
		skip();
	assert_string_equal(sb_stream_name(way), entry->name);
	assert_true(sb_stream_known(way));
	assert_true(digest_of(entry->run, whole, LONGEST) == expected(entry->name, other, LONGEST));
	each_length(entry->run, whole);
	each_bit(entry->run);
	bulk(entry->name, entry->run);
}

static void best_first(void **state)
{
	unsigned way = sb_stream_choose();

	(void)state;
	assert_in_range(way, 0, ways());
	for (unsigned i = 1; i < way; i++)
		assert_true(sb_keystreams[i - 1]->needs & ~sb_keystream_facts());
	if (way)
		assert_int_equal(sb_keystreams[way - 1]->needs & ~sb_keystream_facts(), 0);
	assert_true(sb_stream_known(way));
}

int main(void)
{
	static unsigned way[KEYSTREAMS_MAX];
	static struct CMUnitTest tests[KEYSTREAMS_MAX + 1] = { cmocka_unit_test(best_first) };

	for (unsigned i = 0; i < ways() && i < KEYSTREAMS_MAX; i++) {
		way[i] = i + 1;
		tests[i + 1] = (struct CMUnitTest){ .name = sb_keystreams[i]->name,
						    .test_func = keystream,
						    .initial_state = &way[i] };
	}
	return _cmocka_run_group_tests("keystreams", tests, ways() + 1, NULL, NULL);
}
