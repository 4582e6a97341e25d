/* SPDX-License-Identifier: BSD-2-Clause */
/* The keystream that is chosen at run time, from a table of this test's. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "sb_keystreams.h"

static uint32_t facts;
static unsigned facts_asked, first_runs, second_runs;
static size_t turned; /* 1 + the bit of next key and output that is wrong; 0: none */

uint32_t sb_keystream_facts(void)
{
	facts_asked++;
	return facts;
}

static void first_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	first_runs++;
	sb_chacha20(key, nonce, out, len);
	if (turned && turned <= 256)
		key[(turned - 1) / 32] ^= 1u << (turned - 1) % 32;
	else if (turned && (turned - 257) / 8 < len)
		out[(turned - 257) / 8] ^= (uint8_t)(1u << (turned - 257) % 8);
}

static void second_run(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len)
{
	second_runs++;
	sb_chacha20(key, nonce, out, len);
}

static const uint32_t known[8] = SB_KNOWN_CHACHA20;
static const struct sb_keystream first = { "first", 6, first_run, known };
static const struct sb_keystream second = { "second", 2, second_run, known };
const struct sb_keystream *const sb_keystreams[] = { &first, &second, NULL };

static void the_first_that_may_run(void **state)
{
	static const unsigned expected[8] = { 0, 0, 2, 2, 0, 0, 1, 1 };

	(void)state;
	for (facts = 0; facts < 8; facts++) {
		facts_asked = 0;
		assert_int_equal(sb_stream_choose(), expected[facts]);
		assert_int_equal(facts_asked, 1);
	}
}

static void each_way_is_its_own(void **state)
{
	const uint32_t nonce[3] = { 7, 8, 9 };
	uint32_t key[8] = { 1 }, other[8] = { 1 };
	uint8_t out[40], expected[40];

	(void)state;
	sb_chacha20(other, nonce, expected, sizeof expected);
	for (unsigned way = 0; way < 5; way++) {
		memset(key, 0, sizeof key);
		key[0] = 1;
		first_runs = second_runs = facts_asked = 0;
		sb_stream(key, nonce, out, sizeof out, way);
		assert_int_equal(first_runs, way == 1);
		assert_int_equal(second_runs, way == 2);
		assert_int_equal(facts_asked, 0);
		assert_memory_equal(key, other, sizeof key);
		assert_memory_equal(out, expected, sizeof out);
	}
	assert_string_equal(sb_stream_name(0), "chacha20");
	assert_string_equal(sb_stream_name(1), "first");
	assert_string_equal(sb_stream_name(2), "second");
	assert_string_equal(sb_stream_name(3), "chacha20");
}

/* One bit in each 16 bytes of the next key and the output. */
static void the_known_answer_sees_each_block(void **state)
{
	(void)state;
	turned = 0;
	for (unsigned way = 0; way < 4; way++)
		assert_true(sb_stream_known(way));
	for (size_t block = 0; block < (32 + SB_KEYSTREAM_KNOWN) / 16; block++) {
		turned = 1 + 128 * block + block * 37 % 128;
		assert_false(sb_stream_known(1));
		assert_true(sb_stream_known(2));
	}
	turned = 0;
	assert_true(sb_stream_known(1));
}

/* As on QEMU 7.2, which says that it has VAES. */
static void a_wrong_one_is_not_chosen(void **state)
{
	(void)state;
	turned = 300;
	facts = 6;
	assert_int_equal(sb_stream_choose(), 2);
	facts = 4;
	assert_int_equal(sb_stream_choose(), 0);
	facts = 6;
	first_runs = second_runs = 0;
	assert_int_equal(seedbed_selftest(), SB_OK);
	assert_int_equal(first_runs, 1);
	assert_int_equal(second_runs, 2);
	turned = 0;
	assert_int_equal(sb_stream_choose(), 1);
}

/* A guest may go on on another CPU, so each start asks. Reads do not. */
static void chosen_at_each_start(void **state)
{
	uint8_t out[16];

	(void)state;
	facts = 6;
	fake.epoch = SB_OK;
	fake_add(FAKE_RDSEED);
	assert_string_equal(seedbed_stream(&bed), "");
	assert_true(fake_ready(&bed) > 0);
	assert_string_equal(seedbed_stream(&bed), "first");
	facts = 2;
	first_runs = 0;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(first_runs, 1);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_string_equal(seedbed_stream(&bed), "second");
	facts = 0;
	fake.id[0]++;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_string_equal(seedbed_stream(&bed), "chacha20");
	facts = 6;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_string_equal(seedbed_stream(&bed), "first");
	seedbed_wipe(&bed);
	assert_string_equal(seedbed_stream(&bed), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_that_may_run),
		cmocka_unit_test(each_way_is_its_own),
		cmocka_unit_test(the_known_answer_sees_each_block),
		cmocka_unit_test(a_wrong_one_is_not_chosen),
		ON_NEW(chosen_at_each_start),
	};

	return cmocka_run_group_tests_name("dispatch", tests, NULL, NULL);
}
