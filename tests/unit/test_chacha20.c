/* SPDX-License-Identifier: BSD-2-Clause */
/* The generator's keystream, against RFC 8439 and the contract of stream.h. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

#define KEY_2_3 "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
#define KEY_ZERO "0000000000000000000000000000000000000000000000000000000000000000"

/*
 * The vector's block must come first. The stream begins at block 0 with the
 * next key, so block 1 is at out + 32.
 */
static const struct {
	const char *name, *key, *nonce;
	size_t block;
	const char *stream;
} vectors[] = {
	{ "2.3.2", KEY_2_3, "000000090000004a00000000", 1,
	  "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705"
	  "d98b02a2b5129cd1de164eb9cbd083e8a2503c4e" },
	{ "2.4.2", KEY_2_3, "000000000000004a00000000", 1,
	  "224f51f3401bd9e12fde276fb8631ded8c131f823d2c06e27e4fcaec9ef3cf788a3b0aa372600a92b57974cd"
	  "ed2b9334794cba40c63e34cdea212c4cf07d41b7"
	  "69a6749f3f630f4122cafe28ec4dc47e26d4346d70b98c73f3e9c53ac40c5945398b6eda1a832c89c167eacd"
	  "901d7e2bf363" },
	{ "A.1 #1, #2", KEY_ZERO, "000000000000000000000000", 0,
	  "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7da41597c5157488d7724e03f"
	  "b8d84a376a43b8f41518a11cc387b669b2ee6586"
	  "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed29b721769ce64e43d57133b0"
	  "74d839d531ed1f28510afb45ace10a1f4b794d6f" },
	{ "A.1 #3", "0000000000000000000000000000000000000000000000000000000000000001",
	  "000000000000000000000000", 1,
	  "3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a8eca00bbb4a73bdad192b5c4"
	  "2f73f2fd4e273644c8b36125a64addeb006c13a0" },
	{ "A.1 #4", "00ff000000000000000000000000000000000000000000000000000000000000",
	  "000000000000000000000000", 2,
	  "72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca13b25aa26cb4a648cb9b9d1b"
	  "e65b2c0924a66c54d545ec1b7374f4872e99f096" },
	{ "A.1 #5", KEY_ZERO, "000000000000000000000002", 0,
	  "c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c78a970e0e955c14f3a88e741b"
	  "97c286f75f8fc299e8148362fa198a39531bed6d" },
};

static unsigned hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static size_t hex_bytes(const char *hex, uint8_t *out)
{
	size_t n = 0;

	for (; hex[2 * n]; n++)
		out[n] = (uint8_t)(hex_digit(hex[2 * n]) << 4 | hex_digit(hex[2 * n + 1]));
	return n;
}

static void hex_words(const char *hex, uint32_t *out)
{
	uint8_t bytes[32];
	size_t n = hex_bytes(hex, bytes);

	for (size_t i = 0; i < n / 4; i++)
		out[i] = sb_load32(bytes + 4 * i);
}

/* As sb_stream, and key stays. */
static void stream(const uint32_t key[8], const uint32_t nonce[3], uint32_t next[8], uint8_t *out,
		   size_t len)
{
	memcpy(next, key, 32);
	sb_stream(next, nonce, out, len, 0);
}

/* The whole keystream. The next key comes first. */
static void whole_stream(const uint32_t key[8], const uint32_t nonce[3], uint8_t *all, size_t len)
{
	uint32_t next[8];

	stream(key, nonce, next, all + 32, len - 32);
	for (size_t i = 0; i < 8; i++)
		sb_store32(all + 4 * i, next[i]);
}

static void vectors_of_rfc_8439(void **state)
{
	static uint8_t all[4 * 64], expected[128];

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		size_t n = hex_bytes(vectors[i].stream, expected);
		uint32_t key[8], nonce[3];

		hex_words(vectors[i].key, key);
		hex_words(vectors[i].nonce, nonce);
		whole_stream(key, nonce, all, sizeof all);
		assert_memory_equal(all + 64 * vectors[i].block, expected, n);
	}
}

static void next_key_comes_first(void **state)
{
	uint8_t expected[128];
	uint32_t zero[8] = { 0 }, next[8];
	uint8_t out[32];

	(void)state;
	hex_bytes(vectors[2].stream, expected);
	stream(zero, zero, next, out, sizeof out);
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(next[i], sb_load32(expected + 4 * i));
	assert_memory_equal(out, expected + 32, 32);
}

/*
 * A request of each length gets exactly that many bytes. They are the first
 * bytes of a longer request.
 */
static void every_length(void **state)
{
	static uint8_t whole[320], out[320];
	const uint32_t key[8] = { 3, 1, 4, 1, 5, 9, 2, 6 }, nonce[3] = { 5, 3, 5 };
	uint32_t next[8], expected[8];

	(void)state;
	stream(key, nonce, expected, whole, sizeof whole);
	for (size_t len = 0; len <= 310; len++) {
		memset(out, 0xee, sizeof out);
		memset(next, 0, sizeof next);
		stream(key, nonce, next, out, len);
		assert_memory_equal(next, expected, sizeof next);
		assert_memory_equal(out, whole, len);
		assert_int_equal(out[len], 0xee);
	}
}

static void every_bit_of_key_and_nonce_counts(void **state)
{
	uint8_t a[32], b[32];
	uint32_t in[11] = { 0 }, next[8];

	(void)state;
	stream(in, in + 8, next, a, sizeof a);
	for (unsigned bit = 0; bit < 32 * 11; bit++) {
		in[bit / 32] ^= 1u << bit % 32;
		stream(in, in + 8, next, b, sizeof b);
		assert_memory_not_equal(a, b, sizeof a);
		in[bit / 32] ^= 1u << bit % 32;
	}
}

/* The rounds of a build for size are those of any other: block 0. */
static void rounds_of_a_build_for_size(void **state)
{
	uint32_t in[16] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 }, next[8], x[16];
	uint8_t out[32];

	(void)state;
	for (uint32_t i = 4; i < 16; i++)
		in[i] = i == 12 ? 0 : 0x9e3779b9 * i;
	memcpy(x, in, sizeof x);
	for (unsigned i = 0; i < 80; i++)
		sb_rounds_mix(x, i, 0, 0, SB_TURNS(16, 20, 24, 25));
	stream(in + 4, in + 13, next, out, sizeof out);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(x[i] + in[i], next[i]);
		assert_int_equal(x[8 + i] + in[8 + i], sb_load32(out + 4 * i));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(vectors_of_rfc_8439),
					    ON_NEW(next_key_comes_first), ON_NEW(every_length),
					    ON_NEW(every_bit_of_key_and_nonce_counts),
					    ON_NEW(rounds_of_a_build_for_size) };

	return cmocka_run_group_tests_name("chacha20", tests, NULL, NULL);
}
