/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_npcm7xx.c and a model of the unit behind each access to its
   registers. */
#include "sb_trng_npcm7xx.h"
#include "model.h"
#include "whole.h"

#define UNIT 0xf000b000u
#define PLAIN 0x50000000u

enum { RNGCS = 0x0, RNGD = 0x4, RNGMODE = 0x8 };
enum { ON = 1, VALID = 2, CLOCK = 0x18, OSCILLATORS = 2 };

/* A byte is there after `period` looks at the status. */
static struct {
	uint32_t control, mode, valid;
	unsigned period, wait, left;
	uint8_t byte;
	uint32_t bus;      /* absent: what each read gives */
	int absent, stuck; /* stuck: the byte is always the same */
} unit;

static int unit_runs(void)
{
	return unit.control == (CLOCK | ON) && unit.mode == OSCILLATORS;
}

static uint32_t unit_read(uint32_t at)
{
	if (unit.absent)
		return unit.bus;
	if (at == RNGMODE)
		return unit.mode;
	if (at == RNGCS) {
		if (unit_runs() && !unit.valid && unit.left && unit.wait-- == 0) {
			unit.valid = VALID;
			unit.wait = unit.period;
			unit.left--;
			unit.byte = (uint8_t)(unit.byte + (unit.stuck ? 0 : 0x4d));
		}
		return unit.control | unit.valid;
	}
	CHECK(at == RNGD);
	if (!unit.valid || !unit_runs())
		return 0;
	unit.valid = 0;
	return 0xabcdef00u | unit.byte;
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (at == RNGMODE)
		unit.mode = value & 3;
	if (at == RNGCS)
		unit.control = value & ~(uint32_t)VALID;
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_npcm7xx_state state = { UNIT };
static const struct sb_source row = SB_TRNG_NPCM7XX(&state);
static uint8_t buf[16];

static void unit_reset(unsigned period, unsigned left)
{
	memset(&unit, 0, sizeof unit);
	unit.period = unit.wait = period;
	unit.left = left;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

/* The byte that was there before the start is not handed over. */
static void starts_with_the_oscillators(void)
{
	unit_reset(0, 0);
	unit.valid = VALID;
	unit.byte = 0x77;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(model_writes() == 2);
	CHECK(model_wrote(0, RNGMODE, OSCILLATORS) && model_wrote(1, RNGCS, CLOCK | ON));
	CHECK(unit_runs() && !unit.valid && model_reads(RNGD) == 1);
}

static void is_absent(void)
{
	unit_reset(0, 100);
	unit.absent = 1;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	unit.bus = ~0u;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	CHECK(model_writes() == 2 && !unit_runs()); /* the mode alone, twice */
}

/* Only two bits of the mode are known. */
static void other_bits_of_the_mode_may_be_set(void)
{
	unit_reset(0, 100);
	unit.absent = 1;
	unit.bus = 0xfffffffeu;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
}

static void gives_each_byte_once(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period, 100);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		model_forget();
		CHECK(row.driver->read(row.ctx, buf, 12) == 12);
		for (unsigned i = 0; i < 16; i++)
			CHECK(buf[i] == (i < 12 ? (uint8_t)(0x4d * (i + 1)) : 0xa5));
		CHECK(model_reads(RNGD) == 12 && model_reads(RNGCS) == 12 * (period + 1));
		CHECK(!model_writes());
	}
}

/* The zeros of a unit that is off are never taken. */
static void a_unit_that_was_turned_off_is_silent(void)
{
	struct sb_trng_npcm7xx_state plain = { PLAIN };
	volatile uint32_t *control = (volatile uint32_t *)(PLAIN + RNGCS);

	user_page(PLAIN, USER_WRITABLE);
	*control = ~(uint32_t)VALID;
	unit_reset(0, 0);
	CHECK(row.driver->read(&plain, buf, 16) == SB_EAGAIN);
	CHECK(buf[0] == 0xa5);
}

static void stands_and_starts_again(void)
{
	unit_reset(0, 100);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 2) == 2);
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 1 && model_wrote(0, RNGCS, CLOCK) && !unit_runs());
	unit.valid = VALID;
	CHECK(row.driver->probe(row.ctx) == SB_OK && unit_runs() && !unit.valid);
}

/* It is not left too early. */
static void a_slow_unit_is_waited_for(void)
{
	unit_reset(16000, 2);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 2) == 2);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 1 && row.driver->flags == SB_NOISE);
	CHECK(!row.driver->restart && row.driver->name[0] == 'n');
}

static void the_whole_library(void)
{
	unit_reset(0, 100000);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(whole_says("source npcm7xx-trng credited state=live credit=4.0000"));
	CHECK(whole_says("verdict ready"));
	seedbed_wipe(&whole);
	CHECK(!unit_runs());
}

static void a_stuck_unit_is_refused(void)
{
	unit_reset(0, 100000);
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source npcm7xx-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("why=\"repetition count test\"") && whole_says("verdict refused"));
	CHECK(!unit_runs());
}

void user_main(void)
{
	model_map();
	RUN(starts_with_the_oscillators);
	RUN(is_absent);
	RUN(other_bits_of_the_mode_may_be_set);
	RUN(gives_each_byte_once);
	RUN(a_unit_that_was_turned_off_is_silent);
	RUN(stands_and_starts_again);
	RUN(a_slow_unit_is_waited_for);
	RUN(what_the_row_says);
	RUN(the_whole_library);
	RUN(a_stuck_unit_is_refused);
}
