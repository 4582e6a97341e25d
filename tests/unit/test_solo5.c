/* SPDX-License-Identifier: BSD-2-Clause */
/* Solo5's yield as the event loop, over calls by script. Needs
   hal/hypervisor/solo5.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include "sb_solo5.h"
#include "solo5_abi.h"

#define HALF_A_SECOND 500000000u

static uint64_t now, deadline, packets, seen;
static unsigned yields, readings, hooked, ready_calls;

uint64_t solo5_clock_monotonic(void)
{
	readings++;
	return now;
}

void solo5_yield(uint64_t until, uint64_t *ready_set)
{
	yields++;
	deadline = until;
	assert_int_equal(hooked, yields); /* hooks run first */
	if (packets)
		*ready_set = packets;
}

static void hook_run(void *ctx)
{
	assert_ptr_equal(ctx, &hooked);
	hooked++;
}

static void ready(uint64_t handles)
{
	ready_calls++;
	seen = handles;
}

static struct sb_hook hook = { hook_run, &hooked, NULL };

static int setup(void **state)
{
	(void)state;
	now = deadline = packets = seen = 0;
	yields = readings = hooked = ready_calls = 0;
	sb_solo5_ready = NULL;
	*sb_solo5_loop.hooks = NULL;
	sb_loop_add(sb_solo5_loop.hooks, &hook);
	return 0;
}

static void the_clock_is_theirs(void **state)
{
	(void)state;
	now = 0x123456789abcdefu;
	assert_true(sb_solo5_loop.now() == now);
	assert_int_equal(readings, 1);
}

static uint64_t yielded_until(uint64_t at, uint64_t until)
{
	now = at;
	sb_solo5_loop.wait(until);
	return deadline;
}

static void a_wait_is_one_yield_of_half_a_second_at_most(void **state)
{
	(void)state;
	assert_true(yielded_until(1000, 1001) == 1001);
	assert_true(yielded_until(1000, 1000) == 1000);
	assert_true(yielded_until(1000, 900) == 900); /* past: it does not sleep */
	assert_true(yielded_until(HALF_A_SECOND * 4ull, 7) == 7);
	assert_true(yielded_until(1000, 1000 + HALF_A_SECOND) == 1000 + HALF_A_SECOND);
	assert_true(yielded_until(1000, 1001 + HALF_A_SECOND) == 1000 + HALF_A_SECOND);
	assert_true(yielded_until(1000, UINT64_MAX) == 1000 + HALF_A_SECOND);
	assert_int_equal(yields, 7);
	assert_int_equal(hooked, 7);
}

static void packets_are_handed_on(void **state)
{
	(void)state;
	packets = 6;
	sb_solo5_loop.wait(0); /* nobody wants them */
	sb_solo5_ready = ready;
	sb_solo5_loop.wait(0);
	assert_int_equal(ready_calls, 1);
	assert_true(seen == 6);
	packets = 1ull << 63;
	sb_solo5_loop.wait(0);
	assert_true(seen == packets);
	packets = 0;
	sb_solo5_loop.wait(0);
	assert_int_equal(ready_calls, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_clock_is_theirs, setup),
		cmocka_unit_test_setup(a_wait_is_one_yield_of_half_a_second_at_most, setup),
		cmocka_unit_test_setup(packets_are_handed_on, setup),
	};

	return cmocka_run_group_tests_name("solo5", tests, NULL, NULL);
}
