/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_exynos4.c and a model of the unit behind each access to its
   registers. */
#include "sb_trng_exynos4.h"
#include "model.h"
#include "whole.h"

#define UNIT 0x10830000u /* a page; the unit is 0x400 further on */

enum { CONTROL = 0x400, STATUS = 0x410, SEED = 0x540, OUT = 0x560 };
enum { START = 0x18, SEEDED = 2, DONE = 0x20 };

/* A block is there after `period` looks at the status. */
static struct {
	uint32_t control, seeds, done, block;
	unsigned period, wait;
	uint32_t bus; /* absent: what each read gives */
	int absent, stuck;
} unit;

static uint32_t unit_status(void)
{
	if (unit.control == START && unit.seeds == 31 && unit.wait-- == 0) {
		unit.wait = unit.period;
		unit.control = 8;
		unit.done = DONE;
		unit.block += unit.stuck ? 0 : 1;
	}
	return 1 | unit.done | (unit.seeds == 31 ? SEEDED : 0);
}

static uint32_t unit_read(uint32_t at)
{
	if (unit.absent)
		return unit.bus;
	if (at == STATUS)
		return unit_status();
	CHECK(at >= OUT && at < OUT + 20 && at % 4 == 0);
	CHECK(unit.done); /* else it would be the block of before */
	return 0x9e3779b9u * (unit.block * 5 + (at - OUT) / 4);
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (at >= SEED && at < SEED + 20) {
		CHECK(at % 4 == 0 && value);
		unit.seeds |= 1u << (at - SEED) / 4;
	}
	if (at == CONTROL)
		unit.control = value;
	if (at == STATUS)
		unit.done &= ~value;
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_exynos4_state state = { UNIT + CONTROL };
static const struct sb_source row = SB_TRNG_EXYNOS4(&state);
static uint8_t buf[32];

static void unit_reset(unsigned period)
{
	memset(&unit, 0, sizeof unit);
	unit.period = unit.wait = period;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

static void gives_it_a_seed(void)
{
	unit_reset(0);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(model_writes() == 5 && unit.seeds == 31);
	for (uint32_t i = 0; i < 5; i++)
		CHECK(model_wrote(i, SEED + 4 * i, i + 1));
}

static void is_absent(void)
{
	unit_reset(0);
	unit.absent = 1;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	unit.bus = ~0u;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	unit.bus = SEEDED;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
}

static uint8_t expected(uint32_t i)
{
	return (uint8_t)(0x9e3779b9u * (5 + i / 4) >> i % 4 * 8);
}

/* One block a read, and of a short one what fits. */
static void gives_one_block(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		unit.done = DONE; /* of an earlier run, that nobody waited for */
		model_forget();
		CHECK(row.driver->read(row.ctx, buf, 32) == 20);
		CHECK(model_writes() == 2);
		CHECK(model_wrote(0, STATUS, DONE) && model_wrote(1, CONTROL, START));
		CHECK(model_reads(STATUS) == period + 1);
		for (uint32_t i = 0; i < 32; i++)
			CHECK(buf[i] == (i < 20 ? expected(i) : 0xa5));
		CHECK(row.driver->read(row.ctx, buf, 7) == 7 && buf[7] == expected(7));
		CHECK(buf[0] != expected(0));
	}
}

static void a_silent_unit_is_left(void)
{
	unit_reset(SB_TRNG_EXYNOS4_POLLS - 1);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	unit.wait = SB_TRNG_EXYNOS4_POLLS;
	model_forget();
	CHECK(row.driver->read(row.ctx, buf, 16) == SB_EAGAIN);
	CHECK(model_reads(STATUS) == SB_TRNG_EXYNOS4_POLLS && buf[0] == 0xa5);
	unit.wait = SB_TRNG_EXYNOS4_POLLS - 1; /* not left too early */
	CHECK(row.driver->read(row.ctx, buf, 16) == 16);
}

static void stands(void)
{
	unit_reset(0);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 2) == 2);
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 1 && model_wrote(0, CONTROL, 0));
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 0 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 4 && row.driver->flags == SB_CONDITIONED);
	CHECK(!row.driver->restart && row.driver->name[0] == 'e');
}

/* As good as its bytes look, they are never counted. */
static void the_whole_library_refuses(void)
{
	unit_reset(0);
	CHECK(whole_start(&row, 100) == SB_EIO);
	for (int round = 0; round < 10; round++)
		CHECK(seedbed_gather(&whole) == SB_EIO);
	CHECK(whole_says("source exynos4-prng found state=live credit=0.0000 bits=0"));
	CHECK(whole_says("why=\"mixed, never counted\"") && whole_says("verdict refused"));
	CHECK(whole_report().bytes >= 32);
}

void user_main(void)
{
	model_map();
	RUN(gives_it_a_seed);
	RUN(is_absent);
	RUN(gives_one_block);
	RUN(a_silent_unit_is_left);
	RUN(stands);
	RUN(what_the_row_says);
	RUN(the_whole_library_refuses);
}
