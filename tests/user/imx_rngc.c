/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_imx_rngc.c and a model of the unit behind each access to its
   registers. */
#include "sb_trng_imx_rngc.h"
#include "model.h"
#include "whole.h"

#define UNIT 0x53fb0000u

enum { VERSION = 0x00, COMMAND = 0x04, CONTROL = 0x08, STATUS = 0x0c, ERROR = 0x10, FIFO = 0x14 };
enum { TEST = 1, SEED = 2, CLEAR = 0x30, RESET = 0x40 };
enum { BUSY = 2, TESTED = 0x10, SEEDED = 0x20, FAILED = 0x10000 };
enum { SHIFT_REGISTER = 1, OSCILLATOR = 2, SELF_TEST = 4, STATISTICS = 8, UNDERFLOW = 0x10 };

#define RNGB 0x10000240u

/* A command takes `period` looks at the status, a number of 5 words as many. */
static struct {
	uint32_t version, control, status, error, command;
	unsigned period, wait, level, seeds, number;
	uint32_t fails;        /* errors of the next commands, 8 bits each */
	unsigned linger, busy; /* looks that BUSY stays after the command bit */
	uint32_t ends;         /* the command that it stays for */
	int stuck, starved, slow_test;
	uint32_t word_fails; /* the error beside the next words */
} unit;

static void unit_done(void)
{
	if (unit.ends & TEST)
		unit.status |= TESTED;
	if (unit.ends & SEED) {
		unit.status |= SEEDED;
		unit.seeds++;
	}
	if (unit.ends & (TEST | SEED)) {
		unit.error = unit.fails & 0xff;
		unit.fails >>= 8;
	}
}

static void unit_end(void)
{
	unit.ends = unit.command;
	unit.command = 0;
	if (!unit.busy)
		unit_done();
}

static uint32_t unit_commands(void)
{
	if (unit.command && unit.wait-- == 0) {
		unit.wait = unit.period;
		unit.busy = unit.linger;
		unit_end();
	}
	return unit.command;
}

/* What is new is seen at the next look. */
static uint32_t unit_status(void)
{
	uint32_t busy = unit.command || unit.busy ? BUSY : 0;
	uint32_t seen = unit.status | busy | unit.level << 8 | 5 << 12 | (unit.error ? FAILED : 0);

	if (unit.busy && --unit.busy == 0)
		unit_done();
	if (!busy && unit.seeds && !unit.level && !unit.starved && unit.wait-- == 0) {
		unit.wait = unit.period;
		unit.level = 5;
		unit.number += !unit.stuck;
		unit.error |= unit.word_fails;
	}
	return seen;
}

/* A word says of which seed, number and place it is. */
static uint32_t unit_word(void)
{
	CHECK(unit.level);
	return 0x9e3779b9u * (unit.stuck ? 1 : unit.seeds << 16 | unit.number << 8 | unit.level--);
}

static uint32_t unit_read(uint32_t at)
{
	if (at == VERSION)
		return unit.version;
	if (at == COMMAND)
		return unit_commands();
	if (at == STATUS)
		return unit_status();
	if (at == ERROR)
		return unit.error;
	CHECK(at == FIFO);
	return unit_word();
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (at == CONTROL)
		unit.control = value;
	if (at != COMMAND)
		return;
	if (value & RESET) {
		unit.status = unit.error = unit.level = unit.seeds = unit.control = 0;
		unit.command = RESET;
	} else if (value & CLEAR) {
		unit.error = 0;
	} else {
		CHECK(!unit.command && !unit.error && unit.control == 0x60);
		unit.command = value;
	}
	unit.wait = unit.command == TEST && unit.slow_test ? ~0u : unit.period;
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_imx_rngc_state state;
static const struct sb_source row = SB_TRNG_IMX_RNGC(&state);
static uint8_t buf[32];

static void unit_reset(unsigned period)
{
	memset(&unit, 0, sizeof unit);
	memset(&state, 0, sizeof state);
	state.base = UNIT;
	unit.version = RNGB;
	unit.period = unit.wait = period;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

/* Word n of the last number. */
static uint32_t word(unsigned seeds, unsigned n)
{
	return 0x9e3779b9u * (seeds << 16 | unit.number << 8 | (5 - n));
}

static int begins_with(uint32_t value)
{
	return buf[0] == (value & 0xff) && buf[1] == (value >> 8 & 0xff) &&
	       buf[2] == (value >> 16 & 0xff) && buf[3] == value >> 24;
}

static void tests_itself_first(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period);
		unit.error = OSCILLATOR; /* of before */
		state.pending = state.failed = 1;
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		CHECK(model_writes() == 4);
		CHECK(model_wrote(0, COMMAND, RESET) && model_wrote(1, CONTROL, 0x60));
		CHECK(model_wrote(2, COMMAND, CLEAR) && model_wrote(3, COMMAND, TEST));
		CHECK(state.pending == TEST && !state.failed && unit.command == TEST);
		CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && !state.pending);
		CHECK(model_writes() == 4 && unit.status == TESTED && buf[0] == 0xa5);
		CHECK(model_reads(STATUS) == 3); /* nobody waits for words */
	}
}

static void is_absent(void)
{
	static const uint8_t type[] = { 0, 3, 4, 8, 9, 15 };

	unit_reset(0);
	for (unsigned i = 0; i < sizeof type; i++) {
		unit.version = (uint32_t)type[i] << 28 | 0x240;
		CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	}
	CHECK(!model_writes());
	unit.version = 0x20000240;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
}

/* probe, and the read that waits for the self-test. */
static int starts(void)
{
	int result = row.driver->probe(row.ctx);

	return result == SB_OK ? row.driver->read(row.ctx, buf, 20) : result;
}

static void a_self_test_that_fails(void)
{
	unit_reset(5);
	unit.fails = SELF_TEST;
	CHECK(starts() == SB_EIO);
	CHECK(starts() == SB_EAGAIN); /* it recovers */
	CHECK(row.driver->read(row.ctx, buf, 20) == 20);
	unit_reset(5);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	unit.command = 0; /* it ends, and does not say that it passed */
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EIO);
}

/* Words that were made before the seed are dropped. What a short read leaves is
   among them. */
static void gives_one_number_of_a_seed(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period);
		CHECK(starts() == SB_EAGAIN);
		model_forget();
		CHECK(row.driver->read(row.ctx, buf, 32) == 20);
		CHECK(model_wrote(0, COMMAND, CLEAR) && model_wrote(1, COMMAND, SEED));
		CHECK(model_writes() == 2 && unit.seeds == 1);
		CHECK(begins_with(word(1, 0)) && buf[19] == word(1, 4) >> 24);
		CHECK(buf[20] == 0xa5);
		memset(buf, 0xa5, sizeof buf);
		CHECK(row.driver->read(row.ctx, buf, 6) == 6 && unit.seeds == 2 && unit.level == 3);
		CHECK(begins_with(word(2, 0)) && buf[5] == (word(2, 1) >> 8 & 0xff));
		CHECK(buf[6] == 0xa5);
		CHECK(row.driver->read(row.ctx, buf, 20) == 20 && unit.seeds == 3);
		CHECK(begins_with(word(3, 0)));
	}
}

/* The command bit may clear itself before BUSY does, or after it. */
static void looks_at_the_command_and_at_busy(void)
{
	unit_reset(20);
	unit.linger = 10;
	CHECK(starts() == SB_EAGAIN);
	unit.status |= SEEDED; /* of before */
	CHECK(row.driver->read(row.ctx, buf, 20) == 20 && unit.seeds == 1);
	CHECK(begins_with(word(1, 0)));
}

/* Each seed is asked for once, however long it takes. What the unit has of the
   seed before is not handed over instead. */
static void a_seed_that_takes_long(void)
{
	unit_reset(0);
	CHECK(starts() == SB_EAGAIN && row.driver->read(row.ctx, buf, 4) == 4);
	memset(buf, 0xa5, sizeof buf);
	unit.period = SB_TRNG_IMX_RNGC_POLLS;
	model_forget();
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && buf[0] == 0xa5);
	CHECK(model_writes() == 2 && model_reads(COMMAND) == SB_TRNG_IMX_RNGC_POLLS);
	CHECK(!model_reads(FIFO) && state.pending);
	unit.linger = SB_TRNG_IMX_RNGC_POLLS + 1; /* the command ends, BUSY stays */
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && buf[0] == 0xa5);
	unit.period = unit.wait = 0;
	model_forget();
	CHECK(row.driver->read(row.ctx, buf, 20) == 20 && !model_writes());
	CHECK(begins_with(word(2, 0)));
}

static void no_words_come(void)
{
	unit_reset(0);
	CHECK(starts() == SB_EAGAIN);
	unit.starved = 1;
	model_forget();
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && buf[0] == 0xa5);
	CHECK(model_reads(STATUS) == SB_TRNG_IMX_RNGC_POLLS + 3 && !state.pending);
	unit.starved = 0;
	CHECK(row.driver->read(row.ctx, buf, 20) == 20 && unit.seeds == 2);
}

static void a_self_test_or_a_reset_without_end(void)
{
	unit_reset(SB_TRNG_IMX_RNGC_POLLS);
	CHECK(row.driver->probe(row.ctx) == SB_EIO && model_writes() == 1);
	unit_reset(0);
	unit.slow_test = 1;
	CHECK(starts() == SB_EAGAIN && state.pending == TEST);
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && model_writes() == 4);
}

static void a_slow_unit_is_waited_for(void)
{
	unit_reset(16000);
	CHECK(starts() == SB_EAGAIN && row.driver->read(row.ctx, buf, 20) == 20);
}

/* A sound unit may fail its statistics now and then. */
static void statistics_may_fail_twice(void)
{
	unit_reset(0);
	CHECK(starts() == SB_EAGAIN);
	for (int i = 0; i < 3; i++) {
		unit.fails = STATISTICS | STATISTICS << 8;
		CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && !state.pending);
		CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN && buf[0] == 0xa5);
		CHECK(row.driver->read(row.ctx, buf, 20) == 20 && !state.failed);
		memset(buf, 0xa5, sizeof buf);
	}
	unit.fails = STATISTICS | STATISTICS << 8 | STATISTICS << 16;
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN);
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EAGAIN);
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EIO && buf[0] == 0xa5);
}

static void another_error_is_a_fault(void)
{
	static const uint8_t error[] = { SHIFT_REGISTER, OSCILLATOR, SELF_TEST, UNDERFLOW,
					 STATISTICS | OSCILLATOR };

	for (unsigned i = 0; i < sizeof error; i++) {
		unit_reset(0);
		CHECK(starts() == SB_EAGAIN);
		unit.fails = error[i];
		CHECK(row.driver->read(row.ctx, buf, 20) == SB_EIO && buf[0] == 0xa5);
		row.driver->stop(row.ctx);
		CHECK(starts() == SB_EAGAIN);
		CHECK(row.driver->read(row.ctx, buf, 20) == 20);
	}
}

/* An error that comes with the words: they are not handed over. */
static void an_error_beside_the_words(void)
{
	unit_reset(2);
	CHECK(starts() == SB_EAGAIN);
	unit.word_fails = UNDERFLOW;
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EIO && buf[0] == 0xa5);
}

/* It says that it is done, and neither that it has a seed nor why. */
static void no_seed_is_a_fault(void)
{
	unit_reset(0);
	CHECK(starts() == SB_EAGAIN);
	unit.command = 0;
	state.pending = SEED;
	CHECK(row.driver->read(row.ctx, buf, 20) == SB_EIO);
}

static void stop_forgets_the_seed(void)
{
	unit_reset(0);
	CHECK(starts() == SB_EAGAIN && row.driver->read(row.ctx, buf, 6) == 6);
	state.failed = 1;
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 1 && model_wrote(0, COMMAND, RESET));
	CHECK(!unit.seeds && !unit.level && !state.failed);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 4 && row.driver->flags == SB_CONDITIONED);
	CHECK(!row.driver->restart && row.driver->name[0] == 'i');
}

/* 80 bits a seed. */
static void the_whole_library(void)
{
	unit_reset(3);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(whole_says("source imx-rngc credited state=live credit=4.0000"));
	CHECK(whole_says("verdict ready") && unit.seeds >= 5);
	seedbed_wipe(&whole);
	CHECK(!unit.seeds && !unit.level);
}

static void a_stuck_unit_is_refused(void)
{
	unit_reset(0);
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source imx-rngc refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("why=\"repetition count test\"") && whole_says("verdict refused"));
}

void user_main(void)
{
	model_map();
	RUN(tests_itself_first);
	RUN(is_absent);
	RUN(a_self_test_that_fails);
	RUN(gives_one_number_of_a_seed);
	RUN(looks_at_the_command_and_at_busy);
	RUN(a_seed_that_takes_long);
	RUN(no_words_come);
	RUN(a_self_test_or_a_reset_without_end);
	RUN(a_slow_unit_is_waited_for);
	RUN(statistics_may_fail_twice);
	RUN(another_error_is_a_fault);
	RUN(an_error_beside_the_words);
	RUN(no_seed_is_a_fault);
	RUN(stop_forgets_the_seed);
	RUN(what_the_row_says);
	RUN(the_whole_library);
	RUN(a_stuck_unit_is_refused);
}
