/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * darn of POWER over words by script: each error, alone and to an instance; and
 * who is distrusted. Needs arch/power/darn.c and confidential.c, which have no
 * instruction of their own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "row.h"
#include "../arch/power/sb_power.h"

#define NONE UINT64_MAX
#define TRIES 10u /* Power ISA 3.0B, Book I, section 3.3.9 */
#define MSR_S 0x400000u

static struct sb_power_cpu cpu;
static const struct sb_source row = SB_POWER_DARN(&cpu);

/* What the instruction gives: a list of words, then the last one for ever. */
static uint64_t words[64];
static unsigned len_of_words, executed;
static volatile uint64_t secret = 0x9e3779b97f4a7c15;

uint64_t sb_power_darn_word(void)
{
	unsigned at = executed < len_of_words ? executed : len_of_words - 1;

	executed++;
	return words[at];
}

static int setup(void **state)
{
	memset(&cpu, 0, sizeof cpu);
	cpu.darn = 1;
	len_of_words = executed = 0;
	return fake_setup(state);
}

#define SCRIPT(...)                               \
	script((const uint64_t[]){ __VA_ARGS__ }, \
	       sizeof((const uint64_t[]){ __VA_ARGS__ }) / sizeof(uint64_t))

static void script(const uint64_t *list, size_t len)
{
	assert_true(len <= 64);
	memcpy(words, list, len * sizeof *list);
	len_of_words = (unsigned)len;
	executed = 0;
}

static void not_told_not_touched(void **state)
{
	(void)state;
	SCRIPT(1);
	assert_int_equal(row.driver->probe(row.ctx), SB_OK);
	cpu.darn = 0;
	assert_int_equal(row.driver->probe(row.ctx), SB_ENODEV);
	assert_int_equal(executed, 0);
}

/* Byte n is n, whatever the byte order of the machine. */
static void every_length(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 8; i++)
		words[i] = 0x0706050403020100 + 0x0808080808080808 * i;
	for (size_t len = 1; len <= 64; len++) {
		len_of_words = 8;
		executed = 0;
		assert_int_equal(row_take(&row, len), len);
		assert_int_equal(executed, (len + 7) / 8);
		for (size_t i = 0; i < len; i++)
			assert_int_equal(row_buf[i], i);
		assert_true(row_untouched(len));
	}
}

static void zero_is_a_number(void **state)
{
	(void)state;
	SCRIPT(0, NONE - 1);
	assert_int_equal(row_take(&row, 16), 16);
	assert_memory_equal(row_buf, "\0\0\0\0\0\0\0\0\376\377\377\377\377\377\377\377", 16);
}

static void an_error_is_asked_again(void **state)
{
	(void)state;
	SCRIPT(NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, 0x0807060504030201);
	assert_int_equal(row_take(&row, 8), 8);
	assert_int_equal(executed, TRIES);
	assert_memory_equal(row_buf, "\1\2\3\4\5\6\7\10", 8);
}

static void starved_within_the_bound(void **state)
{
	(void)state;
	SCRIPT(NONE);
	assert_int_equal(row_take(&row, 64), SB_EAGAIN);
	assert_int_equal(executed, TRIES);
	assert_true(row_untouched(0));
	SCRIPT(0x0807060504030201, NONE);
	assert_int_equal(row_take(&row, 64), 8);
	assert_int_equal(executed, 1 + TRIES);
	assert_true(row_untouched(8));
}

/* Neither the copy that became bytes, nor the end that did not fit. */
static void no_word_stays_behind(void **state)
{
	(void)state;
	words[0] = secret;
	len_of_words = 1;
	assert_int_equal(row_left_on_the_stack(&row, &secret), 0);
}

static void what_the_row_says(void **state)
{
	(void)state;
	assert_ptr_equal(row.driver, &sb_power_darn);
	assert_ptr_equal(row.ctx, &cpu);
	assert_true(row.credit == 1024 && row.driver->entropy == 1024);
	assert_int_equal(row.driver->width, 8);
	assert_int_equal(row.driver->flags, SB_CONDITIONED | SB_LOCAL);
	assert_null(row.driver->restart);
	assert_null(row.driver->held);
	assert_string_equal(row.driver->name, "power-darn");
	row.driver->stop(row.ctx);
}

static void an_instance_is_ready(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 64; i++)
		words[i] = (i + 1) * UINT64_C(0x9e3779b97f4a7c15);
	len_of_words = 64;
	row_alone(&row);
	assert_true(fake_ready(&bed) >= 0);
	assert_string_equal(row.driver->name, "power-darn");
	assert_int_equal(fake_report(&bed, 0).alarms, 0);
}

/* A unit that is stuck at a number, and one that has none. */
static void an_instance_refuses(void **state)
{
	static const uint64_t stuck[] = { 0, 0x1234567812345678, NONE };

	for (unsigned i = 0; i < 3; i++) {
		(void)setup(state);
		words[0] = stuck[i];
		len_of_words = 1;
		row_alone(&row);
		assert_int_equal(fake_ready(&bed), -1);
		assert_int_equal(fake_report(&bed, 0).bits, 0);
	}
}

static uint64_t msr;

static uint64_t msr_of(void)
{
	return msr;
}

/* Bit 41, as the ISA counts from the highest one, and no other. */
static void an_ultravisor_distrusts_its_host(void **state)
{
	(void)state;
	cpu.msr = msr_of;
	for (unsigned bit = 0; bit < 64; bit++) {
		msr = UINT64_C(1) << bit;
		assert_int_equal(sb_power_distrust(&cpu), msr == MSR_S ? SB_HOST | SB_TIMING : 0);
		msr = ~msr;
		assert_int_equal(sb_power_distrust(&cpu), ~msr == MSR_S ? 0 : SB_HOST | SB_TIMING);
	}
	cpu.msr = NULL;
	assert_int_equal(sb_power_distrust(&cpu), 0);
}

#define NEW(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		NEW(not_told_not_touched),     NEW(every_length),
		NEW(zero_is_a_number),         NEW(an_error_is_asked_again),
		NEW(starved_within_the_bound), NEW(no_word_stays_behind),
		NEW(what_the_row_says),        NEW(an_instance_is_ready),
		NEW(an_instance_refuses),      NEW(an_ultravisor_distrusts_its_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
