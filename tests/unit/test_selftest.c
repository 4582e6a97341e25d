/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The self-test sees a hash and a cipher that are wrong in one bit of any word
 * that it says it looks at. Both are the library's own, and a bit of what they
 * return is turned over here.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "core.h"

static __typeof__(sb_chacha20) own_stream;
static __typeof__(sb_hash_start) own_hash_start;
static __typeof__(sb_hash_compress) own_hash_compress;
#define sb_chacha20 own_stream
#define sb_hash_start own_hash_start
#define sb_hash_compress own_hash_compress
#include "../../core/blake2s.c"
#include "../../core/chacha20.c"
#undef sb_chacha20
#undef sb_hash_start
#undef sb_hash_compress

static uint32_t turned; /* 1 + the bit that is turned over; 0: none */

static void turn(uint8_t *bytes, size_t len)
{
	if (turned && (turned - 1) / 8 < len)
		bytes[(turned - 1) / 8] ^= (uint8_t)(1u << (turned - 1) % 8);
}

static int in_hash;

void sb_hash_start(uint32_t h[8])
{
	own_hash_start(h);
}

void sb_hash_compress(uint32_t h[8], const uint32_t t[2], int last, const uint32_t block[16])
{
	own_hash_compress(h, t, last, block);
	if (in_hash)
		turn((uint8_t *)h, 32);
}

void sb_chacha20(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	own_stream(key, nonce, out, len);
	if (in_hash)
		return;
	turn((uint8_t *)key, 32);
	if (turned > 256) {
		turned -= 256;
		turn(out, len);
		turned += 256;
	}
}

static void is_seen(uint32_t first_byte)
{
	for (turned = 8 * first_byte + 1; turned <= 8 * first_byte + 32; turned++)
		assert_int_equal(seedbed_selftest(), SB_EIO);
	turned = 0;
	assert_int_equal(seedbed_selftest(), SB_OK);
}

static void each_word_of_the_hash(void **state)
{
	(void)state;
	in_hash = 1;
	for (uint32_t byte = 0; byte < 32; byte += 4)
		is_seen(byte);
}

/* The first and last word of each part: the next key, and both blocks. */
static void ends_of_each_part_of_the_stream(void **state)
{
	static const uint32_t words[6] = { 0, 28, 32, 32 + 28, 32 + 32, 32 + 92 };

	(void)state;
	in_hash = 0;
	for (size_t i = 0; i < 6; i++)
		is_seen(words[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(each_word_of_the_hash),
					    cmocka_unit_test(ends_of_each_part_of_the_stream) };

	return cmocka_run_group_tests_name("selftest", tests, NULL, NULL);
}
