/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random numbers of a hypervisor of POWER, over a call by script: what each
 * of its results does; and what the device tree says. Needs
 * hal/firmware/papr.c and papr_tree.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "row.h"
#include "sb_papr.h"

#define H_RANDOM 0x300u
#define H_SUCCESS 0
#define H_BUSY 1
#define H_HARDWARE (-1)
#define H_FUNCTION (-2)
#define H_PRIVILEGE (-3)
#define H_AUTHORITY (-10)

static struct sb_papr papr;
static const struct sb_source row = SB_PAPR_RANDOM(&papr);

/* What the hypervisor says, call by call; the last result stays. */
static int64_t result[10];
static unsigned results, calls;
static int stuck;
static volatile uint64_t secret; /* not 0: each number is this one */

static void script(uint64_t reg[SB_PAPR_REGISTERS])
{
	assert_int_equal(reg[0], H_RANDOM);
	for (unsigned i = 1; i < SB_PAPR_REGISTERS; i++)
		assert_int_equal(reg[i], 0);
	reg[0] = (uint64_t)result[calls < results ? calls : results - 1];
	reg[1] = 0x0706050403020100 + 0x0808080808080808 * (stuck ? 0 : calls);
	reg[1] = secret ? secret : reg[1];
	calls++;
}

static int setup(void **state)
{
	papr.call = script;
	papr.told = 1;
	results = 1;
	result[0] = H_SUCCESS;
	calls = 0;
	stuck = 0;
	secret = 0;
	return fake_setup(state);
}

static void says(int64_t first, int64_t then)
{
	result[0] = first;
	result[1] = then;
	results = 2;
	calls = 0;
}

static int probe(void)
{
	calls = 0;
	return row.driver->probe(row.ctx);
}

static int take(size_t len)
{
	calls = 0;
	return row_take(&row, len);
}

static void nobody_told_nobody_calls(void **state)
{
	(void)state;
	papr.told = 0;
	assert_int_equal(probe(), SB_ENODEV);
	papr.told = 1;
	papr.call = NULL;
	assert_int_equal(probe(), SB_ENODEV);
	assert_int_equal(calls, 0);
}

/* Byte n is n, whatever the byte order of the machine. */
static void every_length(void **state)
{
	(void)state;
	for (size_t len = 1; len <= 64; len++) {
		assert_int_equal(take(len), len);
		assert_int_equal(calls, (len + 7) / 8);
		for (size_t i = 0; i < len; i++)
			assert_int_equal(row_buf[i], i);
		assert_true(row_untouched(len));
	}
}

/* Each result, of the call of probe and of the first one of a read. */
static void each_result(void **state)
{
	static const struct {
		int64_t status;
		int probe, read;
	} meaning[] = {
		{ H_SUCCESS, SB_OK, 8 },
		{ H_BUSY, SB_OK, SB_EAGAIN },
		{ 9899, SB_EIO, SB_EIO },
		{ 9900, SB_OK, SB_EAGAIN },
		{ 9903, SB_OK, SB_EAGAIN },
		{ 9905, SB_OK, SB_EAGAIN },
		{ 9906, SB_EIO, SB_EIO },
		{ 2, SB_EIO, SB_EIO },
		{ H_HARDWARE, SB_EIO, SB_EIO },
		{ H_FUNCTION, SB_ENODEV, SB_ENODEV },
		{ H_PRIVILEGE, SB_EUNFIT, SB_EIO },
		{ -4, SB_EIO, SB_EIO },
		{ H_AUTHORITY, SB_EUNFIT, SB_EIO },
		{ -11, SB_EIO, SB_EIO },
		{ (int64_t)1 << 32, SB_EIO, SB_EIO }, /* its lower half is 0 */
		{ INT64_MIN, SB_EIO, SB_EIO },
	};

	(void)state;
	for (size_t i = 0; i < sizeof meaning / sizeof *meaning; i++) {
		result[0] = meaning[i].status;
		assert_int_equal(probe(), meaning[i].probe);
		assert_int_equal(calls, 1);
		assert_int_equal(take(8), meaning[i].read);
		assert_int_equal(calls, 1);
		assert_true(row_untouched(meaning[i].read > 0 ? 8 : 0));
	}
}

/* What came before it is handed over, but not before a fault. */
static void a_result_behind_a_number(void **state)
{
	(void)state;
	says(H_SUCCESS, H_BUSY);
	assert_int_equal(take(64), 8);
	assert_int_equal(calls, 2);
	assert_true(row_untouched(8));
	says(H_SUCCESS, H_HARDWARE);
	assert_int_equal(take(64), SB_EIO);
	says(H_SUCCESS, H_FUNCTION);
	assert_int_equal(take(64), SB_ENODEV);
	says(H_SUCCESS, H_AUTHORITY);
	assert_int_equal(take(64), SB_EIO);
	assert_int_equal(calls, 2);
}

/* Neither the copy that became bytes, nor the end that did not fit. */
static void no_number_stays_behind(void **state)
{
	(void)state;
	secret = 0x9e3779b97f4a7c15;
	assert_int_equal(row_left_on_the_stack(&row, &secret), 0);
}

static void what_the_row_says(void **state)
{
	(void)state;
	assert_ptr_equal(row.driver, &sb_papr_random);
	assert_ptr_equal(row.ctx, &papr);
	assert_true(row.credit == 2048 && row.driver->entropy == 2048);
	assert_int_equal(row.driver->width, 8);
	assert_int_equal(row.driver->flags, SB_CONDITIONED | SB_HOST);
	assert_null(row.driver->restart);
	assert_null(row.driver->held);
	assert_string_equal(row.driver->name, "papr-random");
	row.driver->stop(row.ctx);
}

static void an_instance(void **state)
{
	row_alone(&row);
	assert_true(fake_ready(&bed) >= 0);
	(void)setup(state);
	stuck = 1;
	row_alone(&row);
	assert_int_equal(fake_ready(&bed), -1);
	assert_int_equal(fake_report(&bed, 0).bits, 0);
}

/* without the zero that the compiler adds */
#define LISTS(list, name) sb_papr_lists(list, sizeof list - 1, name)

static void a_list_of_texts(void **state)
{
	(void)state;
	assert_true(LISTS("hcall-random\0", "hcall-random"));
	assert_true(LISTS("hcall-pft\0hcall-random\0hcall-vio\0", "hcall-random"));
	assert_true(LISTS("hcall-pft\0hcall-random\0", "hcall-random"));
	assert_false(LISTS("hcall-pft\0hcall-randoms\0", "hcall-random"));
	assert_false(LISTS("hcall-pft\0hcall-rando\0", "hcall-random"));
	assert_false(LISTS("hcall-pft\0xhcall-random\0", "hcall-random"));
	assert_false(LISTS("xcall-random\0", "hcall-random"));
	assert_false(LISTS("hcall-pft\0hcall-random", "hcall-random")); /* no end */
	assert_false(LISTS("", "hcall-random"));
	assert_false(sb_papr_lists(NULL, 0, "hcall-random"));
}

/* Attributes with this byte 62, and behind them nothing that says no. */
static int darn(uint8_t count, uint8_t type, uint8_t byte, size_t len)
{
	static uint8_t features[2 * 68];

	memset(features, 0xff, sizeof features);
	features[0] = count;
	features[1] = type;
	features[2 + 62] = byte;
	return sb_papr_has_darn(features, len);
}

static void attributes_of_a_cpu(void **state)
{
	/* the attributes of three types */
	uint8_t third[2 + 1 + 2 + 2 + 2 + 66] = { 1, 1, 0xff, 2, 2, 0xff, 0xff, 66, 0 };

	(void)state;
	assert_true(darn(66, 0, 0x80, 68));
	assert_false(darn(66, 0, 0x7f, 68));
	assert_false(darn(66, 1, 0x80, 68));
	assert_true(darn(63, 0, 0x80, 65));
	assert_false(darn(62, 0, 0xff, 64)); /* of POWER8 */
	assert_false(darn(66, 0, 0x80, 67)); /* it ends before its count */
	assert_false(darn(66, 0, 0x80, 1));
	assert_false(sb_papr_has_darn(NULL, 0));
	assert_false(sb_papr_has_darn(third, sizeof third));
	third[2 + 1 + 2 + 2 + 2 + 62] = 0x80;
	assert_true(sb_papr_has_darn(third, sizeof third));
	assert_false(sb_papr_has_darn(third, sizeof third - 1));
}

#define NEW(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		NEW(nobody_told_nobody_calls),
		NEW(every_length),
		NEW(each_result),
		NEW(a_result_behind_a_number),
		NEW(no_number_stays_behind),
		NEW(what_the_row_says),
		NEW(an_instance),
		NEW(a_list_of_texts),
		NEW(attributes_of_a_cpu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
