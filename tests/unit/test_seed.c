/* SPDX-License-Identifier: BSD-2-Clause */
/* A trusted seed. Needs hal/seed/seed.c. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "sb_seed.h"

static uint8_t memory[100], buf[64];
static struct sb_seed_state seed;
static const struct sb_source source = SB_SEED_AS(&seed, 2048);

static void begin(size_t len)
{
	for (size_t i = 0; i < sizeof memory; i++)
		memory[i] = (uint8_t)(i + 1);
	seed.at = memory;
	seed.len = len;
	fake.hal.sources = &source;
	fake.hal.source_count = 1;
}

static void erased(size_t from, size_t to)
{
	for (size_t i = 0; i < sizeof memory; i++)
		assert_int_equal(memory[i], i >= from && i < to ? 0 : i + 1);
}

static void what_the_rows_say(void **state)
{
	const struct sb_driver *const both[] = { &sb_seed, &sb_seed_host };
	const struct sb_source host = SB_SEED_HOST_AS(&seed, 7);

	(void)state;
	assert_true(source.driver == &sb_seed && source.credit == 2048 && source.ctx == &seed);
	assert_true(host.driver == &sb_seed_host && host.credit == 7 && host.ctx == &seed);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(both[i]->entropy, 2048);
		assert_int_equal(both[i]->width, 1);
		assert_int_equal(both[i]->flags, i ? SB_SEED | SB_HOST : SB_SEED);
		assert_null(both[i]->restart);
	}
	assert_string_equal(sb_seed.name, "board-seed");
	assert_string_equal(sb_seed_host.name, "host-seed");
}

static void handed_out_once(void **state)
{
	(void)state;
	begin(70);
	assert_int_equal(sb_seed.probe(&seed), SB_OK);
	assert_int_equal(sb_seed.read(&seed, buf, 48), 48);
	for (uint8_t i = 0; i < 48; i++)
		assert_int_equal(buf[i], i + 1);
	erased(0, 48);
	assert_int_equal(sb_seed.read(&seed, buf, 48), 22);
	for (uint8_t i = 0; i < 22; i++)
		assert_int_equal(buf[i], i + 49);
	erased(0, 70);
	assert_int_equal(sb_seed.read(&seed, buf, 48), SB_ENODEV);
	assert_int_equal(sb_seed.probe(&seed), SB_ENODEV);
}

static void stop_erases_the_rest(void **state)
{
	(void)state;
	begin(70);
	assert_int_equal(sb_seed.read(&seed, buf, 8), 8);
	sb_seed.stop(&seed);
	erased(0, 70);
	assert_int_equal(sb_seed.read(&seed, buf, 8), SB_ENODEV);
	sb_seed.stop(&seed);
	erased(0, 70);
}

static void none_here(void **state)
{
	(void)state;
	begin(0);
	assert_int_equal(sb_seed.probe(&seed), SB_ENODEV);
	assert_int_equal(sb_seed.read(&seed, buf, 8), SB_ENODEV);
	sb_seed.stop(&seed);
	seed.at = NULL;
	seed.len = 5;
	assert_int_equal(sb_seed.probe(&seed), SB_ENODEV);
	assert_int_equal(sb_seed.read(&seed, buf, 8), SB_ENODEV);
	sb_seed.stop(&seed);
	erased(0, 0);
}

/*
 * A machine without any other source is refused without a seed. With one it is
 * served, and it stays so.
 */
static void seeds_an_instance(void **state)
{
	(void)state;
	begin(0);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NO_SOURCE);
	begin(48);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	erased(0, 48);
	for (int i = 0; i < 10; i++)
		assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_USED_UP);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
}

/* The second init finds the seed whole. A wipe leaves nothing of it. */
static void unread_seed_survives_init_and_not_wipe(void **state)
{
	(void)state;
	begin(48);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	erased(0, 0);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	begin(48);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	seedbed_wipe(&bed);
	erased(0, 48);
}

/* Bytes of a seed that were not read before a clone are in every clone. */
static void unread_seed_does_not_survive_a_clone(void **state)
{
	(void)state;
	begin(48);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	fake.id[0] = 2;
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	erased(0, 48);
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(what_the_rows_say),
					    ON_NEW(handed_out_once),
					    ON_NEW(stop_erases_the_rest),
					    ON_NEW(none_here),
					    ON_NEW(seeds_an_instance),
					    ON_NEW(unread_seed_survives_init_and_not_wipe),
					    ON_NEW(unread_seed_does_not_survive_a_clone) };

	return cmocka_run_group_tests_name("seed", tests, NULL, NULL);
}
