/* SPDX-License-Identifier: BSD-2-Clause */
/* CPUID of x86 is asked once for each leaf in a start, and anew in the next. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "../arch/x86/sb_x86.h"

static unsigned asked;
static uint32_t answer; /* of each leaf, beside its number */
static void (*in_cpuid)(void);

static void cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	asked++;
	for (uint32_t i = 0; i < 4; i++)
		reg[i] = (leaf ^ sub << 16) + answer + i;
	if (in_cpuid)
		in_cpuid();
}

static struct sb_x86_leaves leaves;
static const struct sb_x86_cpu cpu = { .cpuid = cpuid, .leaves = &leaves };
static const struct sb_x86_cpu forgetful = { .cpuid = cpuid };

static int setup(void **state)
{
	(void)fake_setup(state);
	memset(&leaves, 0, sizeof leaves);
	asked = 0;
	answer = 1;
	in_cpuid = NULL;
	return 0;
}

/* The answer is that of today, and so many asks were made so far. */
static void says(const struct sb_x86_cpu *of, uint32_t leaf, uint32_t sub, unsigned asks)
{
	uint32_t reg[4] = { 0 };

	sb_x86_ask(of, leaf, sub, reg);
	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(reg[i], (leaf ^ sub << 16) + answer + i);
	assert_int_equal(asked, asks);
}

static void once_in_a_start(void **state)
{
	(void)state;
	for (int start = 0; start < 3; start++) {
		asked = 0;
		for (int i = 0; i < 3; i++) {
			says(&cpu, 0, 0, i ? 4 : 1);
			says(&cpu, 1, 0, i ? 4 : 2);
			says(&cpu, 0, 1, i ? 4 : 3);
			says(&cpu, 0x80000000u, 0, 4);
		}
		answer += 100;
		sb_x86_forget(&cpu);
	}
}

static void without_memory_each_time(void **state)
{
	(void)state;
	says(&forgetful, 0, 0, 1);
	answer++;
	says(&forgetful, 0, 0, 2);
	sb_x86_forget(&forgetful);
	sb_x86_renew(&forgetful);
}

/* More leaves than there is room for are right all the same. */
static void more_than_it_holds(void **state)
{
	unsigned asks = 0;

	(void)state;
	for (uint32_t leaf = 0; leaf < 300; leaf++)
		says(&cpu, leaf, 0, ++asks);
	says(&cpu, 299 - (SB_X86_LEAVES - 1), 0, asks); /* the oldest that it has */
	says(&cpu, 299 - SB_X86_LEAVES, 0, asks + 1);
}

/* Somebody else starts, on another CPU or in an interrupt. */
static void another_start(void)
{
	in_cpuid = NULL;
	sb_x86_forget(&cpu);
	answer += 100;
	says(&cpu, 1, 0, asked + 1);
}

static void a_start_within_an_ask(void **state)
{
	uint32_t reg[4];

	(void)state;
	in_cpuid = another_start;
	sb_x86_ask(&cpu, 1, 0, reg);
	assert_int_equal(reg[0], 1 + 1); /* as it was when it was asked */
	assert_int_equal(asked, 2);
	says(&cpu, 1, 0, 3); /* that answer is old */
	says(&cpu, 1, 0, 3);
}

static void renewed_unless_forgotten(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		asked = 0;
		answer++;
		sb_x86_renew(&cpu); /* nobody did so since */
		says(&cpu, 1, 0, 1);
		sb_x86_forget(&cpu);
		answer++;
		says(&cpu, 1, 0, 2);
		sb_x86_renew(&cpu);
		says(&cpu, 1, 0, 2);
		sb_x86_renew(&cpu);
		answer++;
		says(&cpu, 1, 0, 3);
	}
}

static int probe(void *ctx)
{
	uint32_t reg[4];

	(void)ctx;
	sb_x86_ask(&cpu, 7, 0, reg);
	sb_x86_ask(&cpu, 7, 0, reg);
	return reg[0] == 7 + 1 ? SB_OK : SB_ENODEV;
}

static uint16_t distrust(void)
{
	(void)sb_x86_distrust(&cpu);
	return 0;
}

static void instance(void)
{
	struct fake_source *f = fake_add(FAKE_RDSEED);

	fake_add(FAKE_VIRTIO);
	f->driver.probe = probe;
	fake.hal.distrust = distrust;
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_LIVE);
}

/*
 * A guest that has moved to a CPU without the instruction, or to one with it,
 * finds out at each start, by whichever way.
 */
static void moved(void **state)
{
	uint8_t out[16];

	(void)state;
	for (int way = 0; way < 4; way++) {
		(void)setup(state);
		instance();
		answer = 100;
		if (way == 0)
			assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		if (way == 1)
			assert_int_equal(seedbed_reseed(&bed), SB_OK);
		if (way > 1)
			fake.id[0] = 2;
		if (way == 3)
			(void)!seedbed_read(&bed, out, sizeof out);
		for (int i = 0; i < 3; i++)
			(void)!seedbed_gather(&bed);
		assert_int_equal(fake_report(&bed, 0).state, SEEDBED_ABSENT);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
		answer = 1;
		fake.id[0] = 3;
		for (int i = 0; i < 3; i++)
			(void)!seedbed_gather(&bed);
		assert_int_equal(fake_report(&bed, 0).state, SEEDBED_LIVE);
	}
}

/* Each leaf once: what distrust asked, the drivers do not ask again. */
static void a_start_asks_each_leaf_once(void **state)
{
	(void)state;
	instance();
	asked = 0;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(asked, 6); /* 21h, 80000000h, 40000000h, 0, 1, 7 */
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(asked, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(once_in_a_start, setup),
		cmocka_unit_test_setup(without_memory_each_time, setup),
		cmocka_unit_test_setup(more_than_it_holds, setup),
		cmocka_unit_test_setup(a_start_within_an_ask, setup),
		cmocka_unit_test_setup(renewed_unless_forgotten, setup),
		cmocka_unit_test_setup(moved, setup),
		cmocka_unit_test_setup(a_start_asks_each_leaf_once, setup),
	};

	return cmocka_run_group_tests_name("ask", tests, NULL, NULL);
}
