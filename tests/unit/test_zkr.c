/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Zkr of RISC-V over a CSR by script: what each status does, alone and to an
 * instance. Needs arch/riscv/zkr.c, which has no instruction of its own.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "row.h"
#include "../arch/riscv/sb_riscv.h"

#define BIST 0x00000000u
#define WAIT 0x40000000u
#define ES16 0x80000000u
#define DEAD 0xc0000000u
#define OTHER_BITS 0x3fff0000u /* reserved and custom */

static struct sb_riscv_zkr_state zkr;
static const struct sb_source table[1] = { SB_RISCV_ZKR(&zkr) };

/* The CSR: a list of values, then the last one for ever, or a function. */
static struct {
	const uint32_t *list;
	unsigned len, at, accesses, guarded, mseccfgs;
	uint32_t (*make)(unsigned n);
	int traps;
	int known; /* mseccfg */
	uintptr_t mseccfg;
} csr;

uintptr_t sb_riscv_seed(void)
{
	uint32_t value;

	csr.accesses++;
	if (csr.make)
		return csr.make(csr.at++);
	value = csr.list[csr.at];
	csr.at += csr.at + 1 < csr.len;
	return value;
}

static int guarded(uintptr_t (*read)(void), uintptr_t *value)
{
	assert_ptr_equal(read, sb_riscv_seed);
	csr.guarded++;
	if (csr.traps)
		return SB_ENODEV;
	*value = read();
	return SB_OK;
}

static int mseccfg(uintptr_t *value)
{
	csr.mseccfgs++;
	*value = csr.mseccfg;
	return csr.known;
}

static int setup(void **state)
{
	memset(&csr, 0, sizeof csr);
	memset(&zkr, 0, sizeof zkr);
	zkr.told = 1;
	zkr.mode = SB_RISCV_M;
	zkr.guarded = guarded;
	return fake_setup(state);
}

#define SCRIPT(...)                               \
	script((const uint32_t[]){ __VA_ARGS__ }, \
	       sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static void script(const uint32_t *list, size_t len)
{
	static uint32_t copy[64];

	assert_true(len <= 64);
	memcpy(copy, list, len * sizeof *list);
	csr.list = copy;
	csr.len = (unsigned)len;
	csr.at = csr.accesses = csr.guarded = 0;
	csr.make = NULL;
}

static int probe(void)
{
	return sb_riscv_zkr.probe(&zkr);
}

static int take(size_t len)
{
	csr.accesses = 0;
	return row_take(&table[0], len);
}

static void not_told_not_touched(void **state)
{
	(void)state;
	SCRIPT(ES16);
	zkr.told = 0;
	for (uint8_t mode = SB_RISCV_U; mode <= SB_RISCV_M; mode++) {
		zkr.mode = mode;
		zkr.mseccfg = mode == SB_RISCV_S ? mseccfg : NULL;
		assert_int_equal(probe(), SB_ENODEV);
	}
	assert_int_equal(csr.guarded + csr.accesses + csr.mseccfgs, 0);
}

static void there_in_each_status_but_dead(void **state)
{
	static const uint32_t statuses[] = { BIST, WAIT, ES16 | 0x1234 };

	(void)state;
	for (uint8_t mode = SB_RISCV_U; mode <= SB_RISCV_M; mode++)
		for (unsigned i = 0; i < 3; i++) {
			zkr.mode = mode;
			zkr.opst = 0;
			SCRIPT(statuses[i]);
			assert_int_equal(probe(), SB_OK);
			assert_true(csr.guarded == 1 && csr.accesses == 1);
			SCRIPT(DEAD);
			assert_int_equal(probe(), SB_EIO);
		}
}

/* In M-mode nobody is below who could keep it. */
static void told_but_it_traps(void **state)
{
	(void)state;
	SCRIPT(ES16);
	csr.traps = 1;
	assert_int_equal(probe(), SB_ENODEV);
	zkr.mode = SB_RISCV_S;
	assert_int_equal(probe(), SB_EUNFIT);
	zkr.mode = SB_RISCV_U;
	assert_int_equal(probe(), SB_EUNFIT);
	assert_true(csr.guarded == 3 && csr.accesses == 0);
}

/* Without the bit of its mode nothing is executed. */
static void mseccfg_keeps_it(void **state)
{
	(void)state;
	zkr.mseccfg = mseccfg;
	csr.known = SB_OK;
	SCRIPT(ES16);
	for (unsigned bit = 0; bit < 32; bit++) {
		csr.mseccfg = (uintptr_t)1 << bit;
		zkr.mode = SB_RISCV_S;
		assert_int_equal(probe(), bit == 9 ? SB_OK : SB_EUNFIT);
		csr.mseccfg = ~csr.mseccfg;
		assert_int_equal(probe(), bit == 9 ? SB_EUNFIT : SB_OK);
		zkr.mode = SB_RISCV_U;
		assert_int_equal(probe(), bit == 8 ? SB_EUNFIT : SB_OK);
		csr.mseccfg = ~csr.mseccfg;
		assert_int_equal(probe(), bit == 8 ? SB_OK : SB_EUNFIT);
	}
	csr.mseccfg = 0;
	csr.accesses = csr.guarded = 0;
	assert_int_equal(probe(), SB_EUNFIT);
	assert_true(csr.guarded == 0 && csr.accesses == 0);
}

static void mseccfg_is_unknown(void **state)
{
	(void)state;
	zkr.mseccfg = mseccfg;
	zkr.mode = SB_RISCV_S;
	csr.known = SB_ENODEV;
	SCRIPT(ES16);
	assert_int_equal(probe(), SB_OK);
	csr.traps = 1;
	assert_int_equal(probe(), SB_EUNFIT);
	assert_true(csr.guarded == 2 && csr.mseccfgs == 2);
}

/* M-mode has it whatever mseccfg says. */
static void mseccfg_is_not_for_m_mode(void **state)
{
	(void)state;
	zkr.mseccfg = mseccfg;
	csr.known = SB_OK;
	SCRIPT(ES16);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(csr.mseccfgs, 0);
}

static uint32_t counting(unsigned n)
{
	return ES16 | OTHER_BITS | (2 * n & 0xff) | (2 * n + 1) << 8;
}

/* No bit of the 16 is lost, and no other becomes a byte. */
static void every_length(void **state)
{
	(void)state;
	for (size_t len = 1; len <= 64; len++) {
		csr.make = counting;
		csr.at = 0;
		assert_int_equal(take(len), len);
		assert_int_equal(csr.accesses, (len + 1) / 2);
		for (size_t i = 0; i < len; i++)
			assert_int_equal(row_buf[i], i);
		assert_true(row_untouched(len));
	}
}

static void zeros_and_ones_are_legal(void **state)
{
	(void)state;
	SCRIPT(ES16, ES16 | 0xffff, ES16 | 0x00ff, ES16 | 0xff00);
	assert_int_equal(take(8), 8);
	assert_memory_equal(row_buf, "\0\0\377\377\377\0\0\377", 8);
}

static void waits_between(void **state)
{
	(void)state;
	SCRIPT(WAIT | OTHER_BITS, WAIT, ES16 | 0x0201, WAIT, WAIT | 0xffff, ES16 | 0x0403, WAIT);
	assert_int_equal(take(4), 4);
	assert_memory_equal(row_buf, "\1\2\3\4", 4);
	assert_int_equal(csr.accesses, 6);
}

static uint32_t last_of_all(unsigned n)
{
	return n + 1 == SB_RISCV_ZKR_POLLS ? ES16 | 0x0201 : WAIT;
}

static void starved_within_the_bound(void **state)
{
	(void)state;
	SCRIPT(WAIT);
	assert_int_equal(take(64), SB_EAGAIN);
	assert_int_equal(csr.accesses, SB_RISCV_ZKR_POLLS);
	assert_true(row_untouched(0));
	SCRIPT(BIST);
	zkr.opst = 0;
	assert_int_equal(take(64), SB_EAGAIN);
	assert_int_equal(csr.accesses, SB_RISCV_ZKR_POLLS);
	SCRIPT(ES16 | 0x0201, ES16 | 0x0403, WAIT);
	assert_int_equal(take(64), 4);
	assert_int_equal(csr.accesses, SB_RISCV_ZKR_POLLS);
	assert_true(row_untouched(4));
	csr.make = last_of_all;
	csr.at = 0;
	assert_int_equal(take(64), 2);
	assert_int_equal(csr.accesses, SB_RISCV_ZKR_POLLS);
}

/* After a reset, BIST is no alarm: it is waited for. */
static void the_first_self_test(void **state)
{
	(void)state;
	SCRIPT(BIST, BIST, BIST, WAIT, ES16 | 0x0201);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(take(2), 2);
	assert_memory_equal(row_buf, "\1\2", 2);
	assert_int_equal(csr.accesses, 4);
}

/* In operation it is an alarm, once for each time. No byte of that read is
   handed over. */
static void a_self_test_in_operation(void **state)
{
	(void)state;
	SCRIPT(WAIT, BIST, BIST, WAIT, ES16 | 0x0201);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(take(2), SB_EIO);
	assert_int_equal(csr.accesses, 1);
	assert_int_equal(probe(), SB_OK);
	assert_int_equal(take(2), 2);
	SCRIPT(ES16 | 0x1111, ES16 | 0x2222, BIST | 0xffff, ES16 | 0x0201);
	assert_int_equal(take(8), SB_EIO);
	assert_int_equal(csr.accesses, 3);
	assert_memory_equal(row_buf, "\0\0\0\0", 4);
	assert_true(row_untouched(4));
	assert_int_equal(take(2), 2);
	SCRIPT(BIST); /* it was latched between the calls */
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(probe(), SB_OK);
	sb_riscv_zkr.stop(&zkr);
}

static void dead_for_good(void **state)
{
	(void)state;
	SCRIPT(ES16 | 0x1111, DEAD | 0xffff, ES16 | 0x0201);
	assert_int_equal(take(8), SB_EIO);
	assert_int_equal(csr.accesses, 2);
	assert_memory_equal(row_buf, "\0\0", 2);
	assert_true(row_untouched(2));
	assert_int_equal(take(8), SB_EIO);
	assert_int_equal(csr.accesses, 0);
	assert_true(row_untouched(0));
	assert_int_equal(probe(), SB_OK); /* it is asked again when it starts over */
	assert_int_equal(take(2), 2);
	SCRIPT(DEAD);
	assert_int_equal(probe(), SB_EIO);
	assert_int_equal(probe(), SB_EIO);
}

static void what_the_row_says(void **state)
{
	static const struct sb_source row = SB_RISCV_ZKR(&zkr);

	(void)state;
	assert_ptr_equal(row.driver, &sb_riscv_zkr);
	assert_ptr_equal(row.ctx, &zkr);
	assert_true(row.credit == 1024 && row.driver->entropy == 1024);
	assert_int_equal(row.driver->width, 8);
	assert_int_equal(row.driver->flags, SB_CONDITIONED | SB_LOCAL);
	assert_null(row.driver->restart);
	assert_null(row.driver->held);
	assert_string_equal(row.driver->name, "riscv-zkr");
}

/* ------------------------------------------------------------- an instance */

static int init(uint32_t (*make)(unsigned n))
{
	csr.make = make;
	csr.at = 0;
	fake.hal.sources = table;
	fake.hal.source_count = 1;
	return seedbed_init(&bed, &fake.hal);
}

static uint32_t honest(unsigned n)
{
	uint32_t x = n * 2654435761u + 12345;

	x = (x ^ x >> 15) * 2246822519u;
	x = (x ^ x >> 13) * 3266489917u;
	return ES16 | (x ^ x >> 16) >> 16;
}

/* 64 bytes of start-up, then 4 bits a byte: 384 bits are 96 bytes, two
   answers. */
static void counts_half(void **state)
{
	struct seedbed_report report;

	(void)state;
	assert_int_equal(init(honest), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	report = fake_report(&bed, 0);
	assert_true(report.bytes == 48 && report.state == SEEDBED_STARTUP);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	report = fake_report(&bed, 0);
	assert_true(report.bytes == 96 && report.state == SEEDBED_LIVE);
	assert_int_equal(report.bits, 384);
	assert_int_equal(csr.accesses, 1 + 48);
}

static void the_cutoffs(void **state)
{
	(void)state;
	assert_int_equal(sb_riscv_zkr.repetition, 2);
	assert_int_equal(sb_riscv_zkr.proportion, 3);
}

static unsigned period;

static uint32_t cycle(unsigned n)
{
	return honest(n % period);
}

/* Rounds until a first alarm, and what it was. */
static unsigned rounds_to_alarm(enum seedbed_reason want)
{
	unsigned rounds = 0;

	while (fake_report(&bed, 0).alarms == 0 && rounds < 200)
		rounds += seedbed_gather(&bed) <= SB_OK;
	assert_int_equal(fake_report(&bed, 0).reason, want);
	return rounds;
}

static void short_cycles_are_found(void **state)
{
	(void)state;
	for (period = 1; period <= 4; period++) {
		if (period == 3)
			continue;
		assert_int_equal(init(cycle), SB_OK);
		assert_int_equal(rounds_to_alarm(SEEDBED_REPETITION), 1);
	}
	period = 3;
	assert_int_equal(init(cycle), SB_OK);
	assert_int_equal(rounds_to_alarm(SEEDBED_PROPORTION), 2);
	for (period = 5; period <= 255; period += 50) {
		assert_int_equal(init(cycle), SB_OK);
		assert_true(rounds_to_alarm(SEEDBED_PROPORTION) <= (3 * period * 8 + 47) / 48);
	}
}

/* A sound source at the rate that the specification asks for. */
static void a_sound_source_is_not_accused(void **state)
{
	(void)state;
	assert_int_equal(init(honest), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	for (unsigned i = 0; i < 20000; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(fake_report(&bed, 0).alarms, 0);
}

static unsigned alarm_at;

static uint32_t alarm_then(unsigned n)
{
	return n == alarm_at ? BIST : honest(n);
}

/* An alarm takes back what was counted, and the start-up test begins anew. */
static void an_alarm_starts_over(void **state)
{
	struct seedbed_report report;

	(void)state;
	alarm_at = 1 + 24 + 5;
	assert_int_equal(init(alarm_then), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	report = fake_report(&bed, 0);
	assert_true(report.alarms == 1 && report.reason == SEEDBED_FAULT && report.bits == 0);
	assert_int_equal(report.state, SEEDBED_STOPPED);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_STARTUP);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(fake_report(&bed, 0).bits, 384);
}

static uint32_t dead_at(unsigned n)
{
	return n >= alarm_at ? DEAD : honest(n);
}

static void a_dead_one_is_retired(void **state)
{
	uint8_t out[16];

	(void)state;
	alarm_at = 0;
	assert_int_equal(init(dead_at), SB_OK);
	for (unsigned i = 0; i < 4; i++)
		assert_true(seedbed_gather(&bed) < SB_OK);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_RETIRED);
	assert_int_equal(csr.accesses, 3);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EIO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(not_told_not_touched, setup),
		cmocka_unit_test_setup(there_in_each_status_but_dead, setup),
		cmocka_unit_test_setup(told_but_it_traps, setup),
		cmocka_unit_test_setup(mseccfg_keeps_it, setup),
		cmocka_unit_test_setup(mseccfg_is_unknown, setup),
		cmocka_unit_test_setup(mseccfg_is_not_for_m_mode, setup),
		cmocka_unit_test_setup(every_length, setup),
		cmocka_unit_test_setup(zeros_and_ones_are_legal, setup),
		cmocka_unit_test_setup(waits_between, setup),
		cmocka_unit_test_setup(starved_within_the_bound, setup),
		cmocka_unit_test_setup(the_first_self_test, setup),
		cmocka_unit_test_setup(a_self_test_in_operation, setup),
		cmocka_unit_test_setup(dead_for_good, setup),
		cmocka_unit_test_setup(what_the_row_says, setup),
		cmocka_unit_test_setup(counts_half, setup),
		cmocka_unit_test_setup(the_cutoffs, setup),
		cmocka_unit_test_setup(short_cycles_are_found, setup),
		cmocka_unit_test_setup(a_sound_source_is_not_accused, setup),
		cmocka_unit_test_setup(an_alarm_starts_over, setup),
		cmocka_unit_test_setup(a_dead_one_is_retired, setup),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
