/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PRNO of s390x over an instruction by script: each condition code, alone and
 * to an instance; and who is distrusted. Needs arch/s390x/prno.c and
 * confidential.c, which have no instruction of their own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "row.h"
#include "../arch/s390x/sb_s390x.h"

#define MSA5 57u
#define TRNG 114u
#define UV 158u
#define SHARE 8u
#define UNSHARE 9u

static struct sb_s390x_cpu cpu;
static const struct sb_source row = SB_S390X_PRNO(&cpu);

/* What the CPU has, and what it did. */
static struct {
	uint64_t facilities[SB_S390X_FACILITIES];
	uint8_t functions[SB_S390X_QUERY];
	unsigned queries, executed;
	size_t most;   /* bytes that one instruction gives */
	int cc;        /* of an instruction that did not give all */
	int cc_of_all; /* and of one that did */
	size_t more;   /* the length becomes greater by that */
	uint8_t (*byte)(unsigned n);
	unsigned given;
} prno;

static void has(unsigned facility)
{
	prno.facilities[facility / 64] |= UINT64_C(1) << (63 - facility % 64);
}

static void facilities(uint64_t list[SB_S390X_FACILITIES])
{
	memcpy(list, prno.facilities, sizeof prno.facilities);
}

void sb_s390x_prno_query(uint8_t functions[SB_S390X_QUERY])
{
	prno.queries++;
	memcpy(functions, prno.functions, SB_S390X_QUERY);
}

int sb_s390x_prno_trng(uint8_t **at, size_t *left)
{
	size_t part = *left < prno.most ? *left : prno.most;

	prno.executed++;
	for (size_t i = 0; i < part; i++)
		(*at)[i] = prno.byte(prno.given++);
	*at += part;
	*left = *left - part + prno.more;
	return *left ? prno.cc : prno.cc_of_all;
}

static uint8_t counts(unsigned n)
{
	return (uint8_t)n;
}

static uint8_t random_byte(unsigned n)
{
	return (uint8_t)((n + 1) * UINT64_C(0x9e3779b97f4a7c15) >> 56);
}

static uint8_t stuck(unsigned n)
{
	(void)n;
	return 0x5a;
}

static int setup(void **state)
{
	memset(&prno, 0, sizeof prno);
	has(MSA5);
	prno.functions[TRNG / 8] = 0x80 >> TRNG % 8;
	prno.most = sizeof row_buf;
	prno.cc = 3;
	prno.byte = counts;
	cpu.facilities = facilities;
	cpu.ultravisor = NULL;
	return fake_setup(state);
}

static int probe(void)
{
	return row.driver->probe(row.ctx);
}

static int take(size_t len)
{
	prno.executed = prno.given = 0;
	return row_take(&row, len);
}

/* Without facility 57 nobody asks, and another one does not stand for it. */
static void not_told_not_touched(void **state)
{
	(void)state;
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(prno.queries, 1);
	for (unsigned facility = 0; facility < 256; facility++) {
		memset(prno.facilities, facility == MSA5 ? 0 : 0xff, sizeof prno.facilities);
		prno.facilities[MSA5 / 64] &= ~(UINT64_C(1) << (63 - MSA5 % 64));
		prno.queries = 0;
		assert_int_equal(probe(), SB_ENODEV);
		assert_int_equal(prno.queries, 0);
	}
	assert_int_equal(prno.executed, 0);
}

/* The query tells of each function by one bit. */
static void a_function_of_its_own(void **state)
{
	(void)state;
	for (unsigned function = 0; function < 128; function++) {
		memset(prno.functions, 0, sizeof prno.functions);
		prno.functions[function / 8] = (uint8_t)(0x80 >> function % 8);
		assert_int_equal(probe(), function == TRNG ? SB_OK : SB_ENODEV);
	}
	assert_int_equal(prno.executed, 0);
}

static void every_length(void **state)
{
	(void)state;
	for (size_t len = 1; len <= 64; len++) {
		assert_int_equal(take(len), len);
		assert_int_equal(prno.executed, 1);
		for (size_t i = 0; i < len; i++)
			assert_int_equal(row_buf[i], i);
		assert_true(row_untouched(len));
	}
}

/* Condition code 3: the CPU goes on where it stopped. */
static void partly_is_asked_again(void **state)
{
	(void)state;
	for (prno.most = 4; prno.most <= 64; prno.most++) {
		assert_int_equal(take(64), 64);
		assert_int_equal(prno.executed, (64 + prno.most - 1) / prno.most);
		for (size_t i = 0; i < 64; i++)
			assert_int_equal(row_buf[i], i);
		assert_true(row_untouched(64));
	}
}

static void starved_within_the_bound(void **state)
{
	(void)state;
	prno.most = 0;
	assert_int_equal(take(64), SB_EAGAIN);
	assert_int_equal(prno.executed, SB_S390X_PRNO_TRIES);
	assert_true(row_untouched(0));
	prno.most = 1;
	assert_int_equal(take(64), SB_S390X_PRNO_TRIES);
	assert_int_equal(prno.executed, SB_S390X_PRNO_TRIES);
	assert_true(row_untouched(SB_S390X_PRNO_TRIES));
	assert_int_equal(row_buf[SB_S390X_PRNO_TRIES - 1], SB_S390X_PRNO_TRIES - 1);
}

/* Nothing of it is handed over, and nothing behind it is touched. */
static int fault(size_t len)
{
	static const uint8_t zeros[64];

	return take(len) == SB_EIO && !memcmp(row_buf, zeros, len) && row_untouched(len);
}

static void what_no_manual_knows_is_a_fault(void **state)
{
	(void)state;
	prno.most = 16;
	for (prno.cc = 0; prno.cc <= 3; prno.cc++)
		assert_int_equal(fault(48), prno.cc != 3);
	prno.most = 64;
	for (prno.cc_of_all = 0; prno.cc_of_all <= 3; prno.cc_of_all++)
		assert_int_equal(fault(48), prno.cc_of_all == 1 || prno.cc_of_all == 2);
	prno.cc = 3;
	prno.cc_of_all = 0;
	prno.most = 0;
	prno.more = 1;
	assert_true(fault(48));
	assert_int_equal(prno.executed, 1);
}

static void what_the_row_says(void **state)
{
	(void)state;
	assert_ptr_equal(row.driver, &sb_s390x_prno);
	assert_ptr_equal(row.ctx, &cpu);
	assert_true(row.credit == 1024 && row.driver->entropy == 1024);
	assert_int_equal(row.driver->width, 8);
	assert_int_equal(row.driver->flags, SB_CONDITIONED | SB_LOCAL);
	assert_null(row.driver->restart);
	assert_null(row.driver->held);
	assert_string_equal(row.driver->name, "s390x-prno");
	row.driver->stop(row.ctx);
}

static void an_instance_is_ready(void **state)
{
	(void)state;
	prno.byte = random_byte;
	row_alone(&row);
	assert_true(fake_ready(&bed) >= 0);
	assert_int_equal(fake_report(&bed, 0).alarms, 0);
}

static void an_instance_refuses(void **state)
{
	for (int fails = 0; fails < 4; fails++) {
		(void)setup(state);
		prno.byte = fails == 0 ? stuck : random_byte;
		prno.most = fails == 1 ? 0 : fails == 2 ? 16 : sizeof row_buf;
		prno.cc = fails == 2 ? 1 : 3;
		if (fails == 3)
			prno.functions[TRNG / 8] = 0;
		row_alone(&row);
		assert_int_equal(fake_ready(&bed), -1);
		assert_int_equal(fake_report(&bed, 0).bits, 0);
	}
}

/* The ultravisor, by script. */
static struct {
	int cc;
	uint16_t result;
	uint8_t calls[4];
	unsigned busy, asked;
} uv;

static int ultravisor(void *block)
{
	uint8_t *byte = block;

	uv.asked++;
	assert_int_equal((uintptr_t)block % 8, 0);
	assert_true(byte[0] == 0 && byte[1] == SB_S390X_UVCB);
	assert_true(byte[2] == 0 && byte[3] == 1);
	for (unsigned i = 4; i < SB_S390X_UVCB; i++)
		assert_int_equal(byte[i], 0);
	byte[4] = (uint8_t)(uv.result >> 8);
	byte[5] = (uint8_t)uv.result;
	memcpy(byte + 16, uv.calls, sizeof uv.calls);
	if (uv.busy) {
		uv.busy--;
		return 2;
	}
	return uv.cc;
}

static uint16_t says(int cc, uint16_t result, unsigned first, unsigned second)
{
	memset(&uv, 0, sizeof uv);
	uv.cc = cc;
	uv.result = result;
	uv.calls[first / 8] |= (uint8_t)(0x80 >> first % 8);
	uv.calls[second / 8] |= (uint8_t)(0x80 >> second % 8);
	return sb_s390x_distrust(&cpu);
}

#define ADVERSARY (SB_HOST | SB_TIMING)

static void no_ultravisor_no_call(void **state)
{
	(void)state;
	cpu.ultravisor = ultravisor;
	for (unsigned facility = 0; facility < 256; facility++) {
		memset(prno.facilities, 0, sizeof prno.facilities);
		has(facility);
		assert_int_equal(says(0, 1, SHARE, UNSHARE), facility == UV ? ADVERSARY : 0);
		assert_int_equal(uv.asked, facility == UV);
	}
}

/* A guest may share pages and take them back. Whoever may do one of them, or
   something else, is the host. */
static void a_protected_guest_distrusts_its_host(void **state)
{
	(void)state;
	has(UV);
	cpu.ultravisor = ultravisor;
	for (unsigned first = 0; first < 32; first++)
		for (unsigned second = 0; second < 32; second++) {
			int guest = (first == SHARE && second == UNSHARE) ||
				    (first == UNSHARE && second == SHARE);

			assert_int_equal(says(0, 1, first, second), guest ? ADVERSARY : 0);
			assert_int_equal(says(1, 0x100, first, second), guest ? ADVERSARY : 0);
			assert_int_equal(uv.asked, 1);
		}
}

/* It may be such a guest: that is enough. */
static void no_answer_is_distrust(void **state)
{
	(void)state;
	has(UV);
	assert_int_equal(sb_s390x_distrust(&cpu), ADVERSARY);
	cpu.ultravisor = ultravisor;
	assert_int_equal(says(1, 0x101, 0, 1), ADVERSARY);
	assert_int_equal(says(1, 0x002, 0, 1), ADVERSARY);
	assert_int_equal(says(1, 0x200, 0, 1), ADVERSARY);
	for (int cc = 2; cc <= 3; cc++) {
		assert_int_equal(says(cc, 1, 0, 1), ADVERSARY);
		assert_int_equal(uv.asked, 1000);
		assert_int_equal(says(cc, 0x100, 0, 1), ADVERSARY);
	}
}

static void busy_is_asked_again(void **state)
{
	(void)state;
	has(UV);
	cpu.ultravisor = ultravisor;
	memset(&uv, 0, sizeof uv);
	uv.busy = 7;
	assert_int_equal(sb_s390x_distrust(&cpu), 0);
	assert_int_equal(uv.asked, 8);
}

#define NEW(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		NEW(not_told_not_touched),
		NEW(a_function_of_its_own),
		NEW(every_length),
		NEW(partly_is_asked_again),
		NEW(starved_within_the_bound),
		NEW(what_no_manual_knows_is_a_fault),
		NEW(what_the_row_says),
		NEW(an_instance_is_ready),
		NEW(an_instance_refuses),
		NEW(no_ultravisor_no_call),
		NEW(a_protected_guest_distrusts_its_host),
		NEW(no_answer_is_distrust),
		NEW(busy_is_asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
