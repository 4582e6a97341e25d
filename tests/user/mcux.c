/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_mcux.c and a unit by script. */
#include "model.h"
#include "sb_trng_mcux.h"
#include "whole.h"

#define UNIT 0x400cc000u

enum { MCTL = 0x00, ENT = 0x40 };
#define ACC (1u << 5)
#define RST_DEF (1u << 6)
#define FCT_FAIL (1u << 8)
#define ENT_VAL (1u << 10)
#define ERR (1u << 12)
#define TSTOP_OK (1u << 13)
#define OSC2_FAIL (1u << 15)
#define PRGM (1u << 16)
#define MODE 0x2fu

static struct {
	uint32_t mode, flags;
	int program, dead, locked;
	unsigned period, wait; /* looks until the words are there */
	uint32_t made;         /* generations so far */
	unsigned next;         /* the word that must be read next */
	int stuck;
	unsigned spoilt;     /* ENT15 was read, and ENT0 not yet: the defect */
	uint32_t fails;      /* so many generations fail */
	uint32_t how;        /* by these bits, */
	int late;            /* or when word 7 was read */
	unsigned stop_after; /* looks until the oscillator stands */
} unit;

static int unit_fails(void)
{
	if (!unit.fails)
		return 0;
	unit.fails--;
	unit.flags |= unit.how;
	return 1;
}

static void unit_make(void)
{
	if (unit.program || unit.flags & (ENT_VAL | ERR))
		return;
	if (unit.wait) {
		unit.wait--;
		return;
	}
	CHECK(!unit.spoilt);
	unit.wait = unit.period;
	if (!unit.late && unit_fails())
		return;
	unit.made++;
	unit.next = 0;
	unit.flags |= ENT_VAL;
}

static uint32_t unit_word(unsigned n)
{
	uint32_t word = 0, made = unit.stuck ? 1 : unit.made;

	if (unit.program || !(unit.flags & ENT_VAL))
		return 0;
	if (n == 15)
		unit.flags &= ~ENT_VAL;
	else if (n == 7 && unit.late)
		unit_fails();
	for (unsigned i = 0; i < 4; i++)
		word |= (uint32_t)(uint8_t)(64 * made + 4 * n + i + made / 4 * 77) << 8 * i;
	return word;
}

static uint32_t unit_read(uint32_t at)
{
	unsigned n = (at - ENT) / 4;

	if (unit.dead)
		return 0;
	if (at == MCTL) {
		unit_make();
		if (unit.program && unit.stop_after && --unit.stop_after == 0)
			unit.flags |= TSTOP_OK;
		return unit.mode | unit.flags | (unit.program ? PRGM : 0);
	}
	CHECK(at >= ENT && n < 16);
	if (n == 0)
		unit.spoilt = 0;
	if (n == 15)
		unit.spoilt = 1;
	return unit_word(n);
}

static void unit_write(uint32_t at, uint32_t value)
{
	CHECK(at == MCTL);
	if (unit.dead)
		return;
	if (value & ERR)
		unit.flags &= ~(ERR | FCT_FAIL);
	if (unit.locked)
		return;
	if (value & PRGM) {
		unit.program = 1;
		unit.mode = value & RST_DEF ? 1 : value & MODE;
	} else {
		if (unit.program)
			unit.wait = unit.period;
		unit.program = 0;
	}
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_mcux_state state;
static const struct sb_source row = SB_TRNG_MCUX(&state);
static uint8_t buf[64];

static void unit_new(void)
{
	memset(&unit, 0, sizeof unit);
	memset(&state, 0, sizeof state);
	unit.mode = 1;
	unit.program = 1;
	unit.flags = TSTOP_OK;
	unit.how = ERR;
	state.base = UNIT;
	model_forget();
}

static int probe(void)
{
	return row.driver->probe(row.ctx);
}

static int read(size_t len)
{
	memset(buf, 0xa5, sizeof buf);
	model_forget();
	return row.driver->read(row.ctx, buf, len);
}

/* Words from the word n of that generation on, and no more. */
static int holds(uint32_t made, unsigned n, size_t len)
{
	for (size_t i = 0; i < sizeof buf; i++)
		if (buf[i] != (i < len ? (uint8_t)(64 * made + 4 * n + i) : 0xa5))
			return 0;
	return 1;
}

static void starts_with_the_limits_of_a_reset(void)
{
	for (uint8_t divider = 0; divider < 4; divider++)
		for (uint8_t access = 0; access < 2; access++) {
			uint32_t mode = 1u | (uint32_t)divider << 2 | (access ? ACC : 0);

			unit_new();
			state.divider = divider;
			state.access = access;
			state.next = 5;
			unit.program = 0;
			unit.flags = ENT_VAL | ERR;
			unit.period = 10;
			CHECK(probe() == SB_OK);
			CHECK(model_writes() == 3 && model_wrote(0, MCTL, PRGM | RST_DEF | ERR));
			CHECK(model_wrote(1, MCTL, PRGM | mode) && model_wrote(2, MCTL, mode));
			CHECK(model_log[model_lines - 2].at == ENT + 60);
			CHECK(model_log[model_lines - 1].at == ENT);
			CHECK(!unit.program && unit.mode == mode &&
			      !(unit.flags & (ENT_VAL | ERR)));
			CHECK(state.next == 0 && !state.started);
		}
}

static void what_is_not_there(void)
{
	unit_new();
	unit.dead = 1;
	CHECK(probe() == SB_ENODEV && model_writes() == 1);
	CHECK(whole_start(&row, 10) == SB_EIO);
	CHECK(whole_says("source mcux-trng absent state=absent"));
}

static void limits_of_somebody_else(void)
{
	unit_new();
	unit.program = 0;
	unit.locked = 1;
	CHECK(probe() == SB_EUNFIT && model_writes() == 1);
	CHECK(whole_start(&row, 10) == SB_EIO);
	CHECK(whole_says("source mcux-trng unfit state=unfit"));
}

static void gives_each_word_once(void)
{
	for (unsigned period = 0; period < 20; period += 5)
		for (size_t len = 1; len <= 64; len += 7) {
			unsigned words = (unsigned)(len + 3) / 4;

			unit_new();
			unit.period = period;
			CHECK(probe() == SB_OK);
			CHECK(read(len) == (int)len && holds(1, 0, len));
			CHECK(model_reads(MCTL) == period + words && model_writes() == 0);
			CHECK(model_reads(ENT) == (words == 16 ? 2 : 1));
			if (words < 8)
				CHECK(read(len) == (int)len && holds(1, words, len));
		}
}

/* Word by word through some generations. */
static void goes_on_to_the_next(void)
{
	unit_new();
	CHECK(probe() == SB_OK);
	for (unsigned n = 0; n < 40; n++)
		CHECK(read(4) == 4 && holds(1 + n / 16, n % 16, 4));
	CHECK(read(48) == 48 && unit.made == 4); /* half of it each */
}

static void a_silent_unit_is_left(void)
{
	unit_new();
	CHECK(probe() == SB_OK);
	unit.wait = SB_TRNG_MCUX_POLLS + 3;
	CHECK(read(64) == SB_EAGAIN && holds(0, 0, 0));
	CHECK(model_accesses == SB_TRNG_MCUX_POLLS && model_lines == 1);
	CHECK(read(64) == 64 && holds(1, 0, 64)); /* it had gone on */
	unit.wait = SB_TRNG_MCUX_POLLS - 1;
	CHECK(read(4) == 4 && holds(2, 0, 4));
	CHECK(read(32) == 32);
	unit.period = unit.wait = 1u << 30;
	CHECK(read(64) == 28);
	CHECK(whole_start(&row, 2) == SB_EAGAIN);
	CHECK(whole_says("alarms=0 flags=conditioned why=\"no answer yet\""));
}

/* The public report: an error comes first after some resets, and only once. */
static void the_first_error_is_forgiven(void)
{
	static const uint32_t how[] = { ERR, ERR | FCT_FAIL, ERR | ENT_VAL };

	for (unsigned i = 0; i < 3; i++) {
		unit_new();
		state.access = 1;
		state.divider = 2;
		unit.fails = 1;
		unit.how = how[i];
		CHECK(probe() == SB_OK);
		CHECK(read(64) == SB_EAGAIN && holds(0, 0, 0));
		CHECK(model_writes() == 1 && model_wrote(0, MCTL, 0x1029));
		CHECK(!(unit.flags & ERR) && !(unit.flags & ENT_VAL));
		CHECK(read(64) == 64 && holds(1, 0, 64));
		unit.fails = 1;
		CHECK(read(64) == SB_EIO);
		CHECK(probe() == SB_OK);
		unit.fails = 2;
		CHECK(read(4) == SB_EAGAIN && read(4) == SB_EIO);
	}
	unit_new();
	unit.fails = 1;
	CHECK(whole_start(&row, 20) == SB_OK);
	CHECK(whole_report().alarms == 0 && whole_says("source mcux-trng credited"));
}

/* A second error of the same start is none of those, with words or without. */
static void a_later_error_is_not(void)
{
	unit_new();
	unit.late = 1;
	unit.fails = 1;
	CHECK(probe() == SB_OK);
	CHECK(read(64) == SB_EIO);
	unit_new();
	CHECK(probe() == SB_OK && read(4) == 4);
	unit.flags |= ERR;
	CHECK(read(4) == SB_EIO);
}

static void a_dead_oscillator_is_not(void)
{
	unit_new();
	CHECK(probe() == SB_OK);
	unit.flags |= OSC2_FAIL;
	CHECK(read(4) == SB_EIO);
	unit.flags |= ENT_VAL | ERR;
	CHECK(read(4) == SB_EIO && holds(0, 0, 0));
	CHECK(model_writes() == 0);
}

static void an_error_that_stays(void)
{
	unit_new();
	unit.fails = 1u << 30;
	unit.how = ERR | FCT_FAIL | ENT_VAL;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source mcux-trng refused state=retired"));
	CHECK(whole_says("bytes=0 alarms=3"));
	CHECK(whole_says("why=\"the device or instruction failed\""));
	CHECK(whole_says("verdict refused") && unit.program);
	unit.fails = 0;
	CHECK(seedbed_reseed(&whole) == SB_OK && whole_rounds(100) == SB_OK);
	CHECK(whole_says("source mcux-trng credited state=live credit=4.0000"));
}

/* What is left is not read afterwards. */
static void stops_in_program_mode(void)
{
	unit_new();
	CHECK(probe() == SB_OK && read(4) == 4);
	unit.flags &= ~TSTOP_OK;
	unit.stop_after = 100;
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(unit.program && model_wrote(0, MCTL, PRGM | RST_DEF | ERR));
	CHECK(model_writes() == 1 && model_reads(MCTL) == 100);
	CHECK(probe() == SB_OK && read(4) == 4 && holds(2, 0, 4));
	unit.flags &= ~TSTOP_OK; /* it never does */
	unit.stop_after = 0;
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_reads(MCTL) == SB_TRNG_MCUX_STOP_POLLS);
}

static void a_stuck_unit_is_refused(void)
{
	unit_new();
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source mcux-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("bytes=144 alarms=3") && whole_says("verdict refused"));
	unit_new();
	CHECK(probe() == SB_OK && read(64) == 64 && state.first);
	unit.stuck = 1;
	CHECK(read(4) == SB_EIO); /* it made the same again */
	CHECK(probe() == SB_OK && state.first == 0);
	CHECK(read(4) == 4 && state.first);
	row.driver->stop(row.ctx);
	CHECK(state.first == 0);
}

static void the_whole_library(void)
{
	unit_new();
	CHECK(whole_start(&row, 10) == SB_OK);
	CHECK(whole_report().alarms == 0 && whole_report().credit == 1024);
	CHECK(whole_says("source mcux-trng credited state=live credit=4.0000"));
	CHECK(whole_says("flags=conditioned\n") && whole_says("verdict ready"));
	seedbed_wipe(&whole);
	CHECK(unit.program);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 4 && row.driver->flags == SB_CONDITIONED);
	CHECK(!row.driver->restart && !row.driver->held);
}

void user_main(void)
{
	model_map();
	RUN(starts_with_the_limits_of_a_reset);
	RUN(what_is_not_there);
	RUN(limits_of_somebody_else);
	RUN(gives_each_word_once);
	RUN(goes_on_to_the_next);
	RUN(a_silent_unit_is_left);
	RUN(the_first_error_is_forgiven);
	RUN(a_later_error_is_not);
	RUN(a_dead_oscillator_is_not);
	RUN(an_error_that_stays);
	RUN(stops_in_program_mode);
	RUN(a_stuck_unit_is_refused);
	RUN(the_whole_library);
	RUN(what_the_row_says);
}
