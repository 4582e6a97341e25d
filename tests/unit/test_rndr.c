/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How words of RNDR become bytes, whichever of them fail. Needs
 * arch/aarch64/instruction.c, which has no instruction of its own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "../arch/aarch64/sb_aarch64.h"

#define FAILED_WORD 0xeeeeeeeeeeeeeeeeu

static unsigned calls, fails, words; /* calls made; failures before each word; words delivered */
static unsigned most;                /* words in all */

static int step(uint64_t *word)
{
	calls++;
	if (words == most || calls % (fails + 1)) {
		/*
		 * The first editions of the manual say that a failing
		 * instruction leaves an UNKNOWN value.
		 */
		*word = FAILED_WORD;
		return 0;
	}
	*word = 0x0706050403020100u + 0x0808080808080808u * words++;
	return 1;
}

static uint8_t buf[70];

static int take(size_t len, unsigned before_each, unsigned in_all)
{
	memset(buf, 0xa5, sizeof buf);
	calls = words = 0;
	fails = before_each;
	most = in_all;
	return sb_aarch64_words(step, SB_AARCH64_TRIES, buf, len);
}

static void holds(size_t len)
{
	for (size_t i = 0; i < sizeof buf; i++)
		assert_int_equal(buf[i], i < len ? i : 0xa5);
}

static void every_length(void **state)
{
	(void)state;
	for (size_t len = 0; len <= 64; len++) {
		assert_int_equal(take(len, 0, 100), len);
		assert_int_equal(calls, (len + 7) / 8);
		holds(len);
	}
}

static void retries(void **state)
{
	(void)state;
	assert_int_equal(take(64, SB_AARCH64_TRIES - 1, 100), 64);
	assert_int_equal(calls, 8 * SB_AARCH64_TRIES);
	holds(64);
}

/* No word takes more than SB_AARCH64_TRIES. No byte of a failed try is used. */
static void gives_up(void **state)
{
	(void)state;
	assert_int_equal(take(64, 0, 0), 0);
	assert_int_equal(calls, SB_AARCH64_TRIES);
	holds(0);
	assert_int_equal(take(64, 0, 3), 24);
	assert_int_equal(calls, 3 + SB_AARCH64_TRIES);
	holds(24);
	assert_int_equal(take(17, 0, 2), 16);
	holds(16);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_length),
					    cmocka_unit_test(retries), cmocka_unit_test(gives_up) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
