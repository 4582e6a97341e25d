/* SPDX-License-Identifier: BSD-2-Clause */
/* The rate of LoongArch's counter, by words of CPUCFG that are a fake. Needs
   arch/loongarch/rate.c, which has no instruction of its own. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "../arch/loongarch/sb_loongarch.h"

#define LLFTP 0x4000u

static uint32_t words[8];

uint32_t sb_loongarch_cpucfg(uint32_t word)
{
	return words[word % 8];
}

static uint32_t rate(uint32_t features, uint32_t crystal, uint32_t ratio)
{
	words[2] = features;
	words[4] = crystal;
	words[5] = ratio;
	return sb_loongarch_rdtime_hz();
}

static void by_factor_and_divisor(void **state)
{
	(void)state;
	assert_int_equal(rate(LLFTP, 100000000, 0x10001), 100000000);
	assert_int_equal(rate(~0u, 33333333, 0x20003), 49999999);
	assert_int_equal(rate(LLFTP, 25000000, 0x10004), 100000000);
	assert_int_equal(rate(LLFTP, UINT32_MAX, 0x00010001), UINT32_MAX);
	assert_int_equal(rate(LLFTP, UINT32_MAX, 0xffffffffu), UINT32_MAX);
}

static void what_is_not_told(void **state)
{
	(void)state;
	assert_int_equal(rate(~LLFTP, 100000000, 0x10001), 0);
	assert_int_equal(rate(LLFTP, 100000000, 0x00001), 0);
	assert_int_equal(rate(LLFTP, 100000000, 0x10000), 0);
	assert_int_equal(rate(LLFTP, 0, 0x10001), 0);
	assert_int_equal(rate(LLFTP, 0x80000001u, 0x10002), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(by_factor_and_divisor),
		cmocka_unit_test(what_is_not_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
