/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_versal.c and a model of the unit behind each access to its
   registers. */
#include "sb_trng_versal.h"
#include "model.h"
#include "whole.h"

#define UNIT 0xf1230000u
#define PLAIN 0x50000000u

enum { STATUS = 0x04, CONTROL = 0x08, OUTPUT = 0xc0, RESET = 0xd0, OSCILLATORS = 0xd4 };
enum { DONE = 1, DTF = 2, CERTF = 8, FOUR = 4 << 9 };
enum { SOFT_RESET = 1, TRSSEN = 4, START = 0x20, GENERATE = 0x80 };

/* A seed, and 16 bytes, are there after `period` looks at the status. */
static struct {
	uint32_t control, reset, oscillators, status;
	unsigned period, wait, held, seeds, blocks, left;
	uint32_t seed_fails, block_fails; /* flags of the next seed, or block */
	uint32_t bus;                     /* absent: what each read gives */
	int absent, stuck, seeded;
} unit;

static int unit_held(void)
{
	return unit.reset || unit.control & SOFT_RESET;
}

static void unit_forget(void)
{
	unit.status = 0;
	unit.left = 0;
	unit.seeded = 0;
}

/* Four words of a request are announced at a time. */
static void unit_step(void)
{
	if (unit_held() || !(unit.control & START) || !unit.oscillators || unit.left ||
	    (unit.status & DONE && !(unit.control & GENERATE)) || unit.wait-- != 0)
		return;
	unit.wait = unit.period;
	if (unit.control & GENERATE) {
		CHECK(unit.seeded && unit.control == (TRSSEN | START | GENERATE));
		unit.blocks += !unit.stuck;
		unit.left = 4;
		unit.status |= unit.block_fails | DONE;
	} else {
		CHECK(unit.control == (TRSSEN | START));
		unit.seeds += !unit.stuck;
		unit.seeded = 1;
		unit.status |= unit.seed_fails | DONE;
	}
}

/* Fewer than four words are none: the next ones may be on their way. */
static uint32_t unit_status(void)
{
	unit.held += unit_held();
	unit_step();
	return unit.status | unit.left << 9;
}

static uint32_t unit_read(uint32_t at)
{
	if (unit.absent)
		return unit.bus;
	if (at == STATUS)
		return unit_status();
	if (at == CONTROL)
		return unit.control;
	CHECK(at == OUTPUT && unit.left);
	return 0x9e3779b9u * (unit.seeds << 16 | unit.blocks << 8 | unit.left--);
}

static void unit_write(uint32_t at, uint32_t value)
{
	uint32_t before = at == RESET ? unit.reset : unit.control & SOFT_RESET;

	/* A reset lasts, or nobody notices it. */
	if (before && !(value & 1) && (at == RESET || at == CONTROL)) {
		CHECK(unit.held >= 256 || unit.absent);
		unit.held = 0;
	}
	unit.wait = unit.period;
	if (at == OSCILLATORS)
		unit.oscillators = value;
	if (at == RESET)
		unit.reset = value;
	if (at == CONTROL)
		unit.control = value;
	if (unit_held())
		unit_forget();
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_versal_state state = { UNIT };
static const struct sb_source row = SB_TRNG_VERSAL(&state);
static uint8_t buf[48];

static void unit_reset(unsigned period)
{
	memset(&unit, 0, sizeof unit);
	unit.period = unit.wait = period;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

/* Word n of the last 16 bytes. */
static uint32_t word(unsigned seeds, unsigned blocks, unsigned n)
{
	return 0x9e3779b9u * (seeds << 16 | blocks << 8 | (4 - n));
}

static int has(unsigned at, uint32_t value)
{
	return buf[at] == (value & 0xff) && buf[at + 1] == (value >> 8 & 0xff) &&
	       buf[at + 2] == (value >> 16 & 0xff) && buf[at + 3] == value >> 24;
}

static void comes_out_of_reset(void)
{
	unit_reset(0);
	unit.status = CERTF | DTF; /* of before */
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(model_wrote(0, OSCILLATORS, 0) && model_wrote(1, CONTROL, SOFT_RESET));
	CHECK(model_wrote(2, RESET, 1) && model_wrote(3, RESET, 0));
	CHECK(model_wrote(4, OSCILLATORS, 1) && model_wrote(5, CONTROL, SOFT_RESET));
	CHECK(model_wrote(6, CONTROL, TRSSEN) && model_writes() == 7);
	CHECK(!unit.status && unit.oscillators && !unit_held());
}

static void is_absent(void)
{
	struct sb_trng_versal_state none = { 0 };

	unit_reset(0);
	CHECK(row.driver->probe(&none) == SB_ENODEV);
	row.driver->stop(&none);
	CHECK(!model_accesses);
	unit.absent = 1;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	unit.bus = ~0u;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
}

static void gives_32_bytes_of_a_seed(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		model_forget();
		CHECK(row.driver->read(row.ctx, buf, 48) == 32);
		CHECK(model_wrote(0, CONTROL, SOFT_RESET) && model_wrote(1, CONTROL, TRSSEN));
		CHECK(model_wrote(2, CONTROL, TRSSEN | START) && model_wrote(3, CONTROL, TRSSEN));
		CHECK(model_wrote(4, CONTROL, TRSSEN | START | GENERATE));
		CHECK(model_wrote(5, CONTROL, TRSSEN) && model_writes() == 6);
		for (unsigned n = 0; n < 4; n++)
			CHECK(has(4 * n, word(1, 1, n)) && has(16 + 4 * n, word(1, 2, n)));
		CHECK(buf[32] == 0xa5 && unit.seeds == 1);
		memset(buf, 0xa5, sizeof buf);
		CHECK(row.driver->read(row.ctx, buf, 6) == 6 && unit.seeds == 2);
		CHECK(has(0, word(2, 3, 0)) && buf[6] == 0xa5);
		CHECK(row.driver->read(row.ctx, buf, 16) == 16 && has(0, word(3, 4, 0)));
	}
}

/* Words that are left of an earlier request are not taken. */
static void forgets_what_was_left(void)
{
	unit_reset(0);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	unit.left = 4;
	CHECK(row.driver->read(row.ctx, buf, 16) == 16 && has(0, word(1, 1, 0)));
}

static void a_test_that_fails(void)
{
	static const uint32_t flag[] = { CERTF, DTF };

	for (unsigned i = 0; i < 6; i++) {
		unit_reset(0);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		if (i / 2 == 0)
			unit.seed_fails = flag[i % 2];
		if (i / 2 == 1)
			unit.block_fails = flag[i % 2];
		if (i / 2 == 2)
			unit.status = flag[i % 2]; /* between two reads */
		CHECK(row.driver->read(row.ctx, buf, 32) == SB_EIO && buf[0] == 0xa5);
		CHECK(row.driver->read(row.ctx, buf, 32) == SB_EIO); /* it stays */
		unit.seed_fails = unit.block_fails = 0;
		row.driver->stop(row.ctx);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		CHECK(row.driver->read(row.ctx, buf, 32) == 32);
	}
}

/* The registers are plain memory, since so many traps would take seconds. */
static void a_silent_unit_is_left(void)
{
	struct sb_trng_versal_state plain = { PLAIN };
	volatile uint32_t *status = (volatile uint32_t *)(PLAIN + STATUS);

	user_page(PLAIN, USER_WRITABLE);
	unit_reset(0);
	CHECK(row.driver->read(&plain, buf, 32) == SB_EAGAIN); /* no seed */
	*status = DONE | 3 << 9;
	CHECK(row.driver->read(&plain, buf, 32) == SB_EAGAIN); /* never four words */
	CHECK(buf[0] == 0xa5);
	*status = DONE | 5 << 9;
	CHECK(row.driver->read(&plain, buf, 32) == SB_EAGAIN);
}

static void a_slow_unit_is_waited_for(void)
{
	unit_reset(16000);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 32) == 32);
}

static void stands_in_reset(void)
{
	unit_reset(0);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 16) == 16);
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 3 && !unit.oscillators && unit.reset && unit_held());
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 4 && row.driver->flags == SB_CONDITIONED);
	CHECK(!row.driver->restart && row.driver->name[0] == 'v');
}

static void the_whole_library(void)
{
	unit_reset(3);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(whole_says("source versal-trng credited state=live credit=4.0000"));
	CHECK(whole_says("verdict ready") && unit.seeds >= 3);
	seedbed_wipe(&whole);
	CHECK(!unit.oscillators && unit.reset);
}

static void a_stuck_unit_is_refused(void)
{
	unit_reset(0);
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source versal-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("verdict refused") && !unit.oscillators);
}

/* Three faults, and it is not asked again. */
static void a_failing_unit_is_retired(void)
{
	unit_reset(0);
	unit.seed_fails = CERTF;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source versal-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("verdict refused") && !unit.oscillators);
}

void user_main(void)
{
	model_map();
	RUN(comes_out_of_reset);
	RUN(is_absent);
	RUN(gives_32_bytes_of_a_seed);
	RUN(forgets_what_was_left);
	RUN(a_test_that_fails);
	RUN(a_silent_unit_is_left);
	RUN(a_slow_unit_is_waited_for);
	RUN(stands_in_reset);
	RUN(what_the_row_says);
	RUN(the_whole_library);
	RUN(a_stuck_unit_is_refused);
	RUN(a_failing_unit_is_retired);
}
