/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The nRF51's generator, over registers that are memory: what the driver wrote
 * stands there. Needs hal/trng/trng_nrf51.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "little.h"
#include "sb_trng_nrf51.h"

/* nRF51 Series Reference Manual 3.0, chapter RNG */
enum { START = 0, STOP = 4, READY = 0x100, SHORTS = 0x200, VALUE = 0x508 };

static uint32_t reg[0x600 / 4];
static struct sb_trng_nrf51_state trng;
static uint8_t buf[8];

static uint32_t has(size_t at)
{
	return (uint32_t)little_get((uint8_t *)reg + at, 4);
}

static void set(size_t at, uint32_t value)
{
	little_put((uint8_t *)reg + at, 4, value);
}

static int setup(void **state)
{
	memset(reg, 0, sizeof reg);
	trng.base = (uintptr_t)reg;
	return fake_setup(state);
}

static void has_made(uint8_t byte)
{
	set(VALUE, byte);
	set(READY, 1);
}

static void gives_a_byte_once(void **state)
{
	(void)state;
	set(SHORTS, 1); /* a boot loader's: it stops after a byte */
	assert_int_equal(sb_trng_nrf51.probe(&trng), SB_OK);
	assert_int_equal(has(SHORTS), 0);
	assert_int_equal(has(START), 1);
	assert_int_equal(sb_trng_nrf51.read(&trng, buf, 8), SB_EAGAIN);
	has_made(0x5a);
	assert_int_equal(sb_trng_nrf51.read(&trng, buf, 8), 1);
	assert_int_equal(buf[0], 0x5a);
	assert_int_equal(sb_trng_nrf51.read(&trng, buf, 8), SB_EAGAIN);
}

/* A byte that was made before is never handed over after. */
static void starts_over(void **state)
{
	(void)state;
	assert_int_equal(sb_trng_nrf51.probe(&trng), SB_OK);
	has_made(1);
	sb_trng_nrf51.stop(&trng);
	assert_int_equal(has(STOP), 1);
	set(READY, 1); /* it was still at work when it was told to stop */
	assert_int_equal(sb_trng_nrf51.probe(&trng), SB_OK);
	assert_int_equal(sb_trng_nrf51.read(&trng, buf, 8), SB_EAGAIN);
	has_made(2);
	assert_int_equal(sb_trng_nrf51.read(&trng, buf, 8), 1);
	assert_int_equal(buf[0], 2);
}

/* The same by way of an instance: an epoch, a wipe, another start. */
static void of_an_instance(void **state)
{
	static struct sb_source source[1] = { SB_TRNG_NRF51(&trng) };
	uint8_t out[16];

	(void)state;
	fake.hal.sources = source;
	fake.hal.source_count = 1;
	fake.epoch = SB_OK;
	fake.id[5] = 5;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	has_made(1);
	fake.id[5] = 6;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	assert_int_equal(has(READY), 0);
	assert_int_equal(has(STOP), 1);
	set(START, 0);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(has(START), 1);
	assert_int_equal(fake_report(&bed, 0).bytes, 0);
	has_made(2);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).bytes, 1);
	set(STOP, 0);
	has_made(3);
	seedbed_wipe(&bed);
	assert_int_equal(has(STOP), 1);
	assert_int_equal(has(READY), 0);
	assert_null(seedbed_held(&fake.hal));
	set(START, 0);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(has(START), 1);
	assert_int_equal(seedbed_gather(&bed), SB_EAGAIN);
	assert_int_equal(fake_report(&bed, 0).bytes, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(gives_a_byte_once, setup),
		cmocka_unit_test_setup(starts_over, setup),
		cmocka_unit_test_setup(of_an_instance, setup),
	};

	return cmocka_run_group_tests_name("a noise generator", tests, NULL, NULL);
}
