/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shared instance of a platform without a lock, a loop, an epoch and a say
 * in whom to trust.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static uint64_t alone_cycles(void)
{
	return fake.now++;
}

/* It takes the place of the one in fake.c. */
const struct sb_hal sb_platform = { .cycles = alone_cycles,
				    .sources = fake.table,
				    .source_count = 1 };

static void serves_without_a_lock(void **state)
{
	static const uint8_t zero[32];
	uint8_t out[32], other[32];

	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_int_equal(seedbed_random(out, sizeof out), SB_OK);
	assert_int_equal(seedbed_random(other, sizeof other), SB_OK);
	assert_memory_not_equal(out, zero, sizeof out);
	assert_memory_not_equal(out, other, sizeof out);
	assert_int_equal(fake.enters, 0);
	assert_int_equal(seedbed_status(seedbed_shared()).epoch, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(serves_without_a_lock) };

	return cmocka_run_group_tests_name("alone", tests, NULL, NULL);
}
