/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_stm32.c and a unit by script, of both kinds. */
#include "model.h"
#include "sb_trng_stm32.h"
#include "whole.h"

#define UNIT 0x50060000u

enum { CR = 0x00, SR = 0x04, DR = 0x08, NSCR = 0x0c, HTCR = 0x10 };
enum { DRDY = 1, CECS = 2, SECS = 4, CEIS = 32, SEIS = 64, RNGEN = 4 };
#define CONDRST (1u << 30)
#define CONFIGLOCK (1u << 31)

static struct {
	uint32_t cr, sr; /* without DRDY */
	uint32_t held;   /* words in its buffer */
	uint32_t words;  /* made so far, which is the next one too */
	unsigned period, wait;
	int conditioned, dead, no_clock;
	/* A word number: the seed fails there instead. 0: never. */
	uint32_t fails, again;
	int fails_late;   /* between the status and the data */
	unsigned failing; /* so many resets do not help */
	uint32_t slow;    /* a word number: the clock is too slow there */
	unsigned slow_for;
	uint32_t zero, zeros; /* a word number: that is 0, so many times */
	uint32_t equal;       /* a word number: it is the one before */
	unsigned resets, secs_for;
} unit;

static void unit_fail(void)
{
	unit.sr |= SEIS | SECS;
	unit.held = 0;
	unit.fails = unit.again;
	unit.again = 0;
}

static void unit_make(void)
{
	if (!(unit.cr & RNGEN) || unit.cr & CONDRST || unit.held || unit.sr & SECS || unit.no_clock)
		return;
	if (unit.slow && unit.words + 1 == unit.slow && unit.slow_for) {
		unit.slow_for--;
		unit.sr |= CEIS | CECS;
		return;
	}
	unit.sr &= ~(uint32_t)CECS;
	if (unit.wait) {
		unit.wait--;
		return;
	}
	unit.wait = unit.period;
	unit.words++;
	unit.held = unit.conditioned ? 4 : 1;
	if (unit.fails && unit.words >= unit.fails && !unit.fails_late)
		unit_fail();
}

static uint32_t unit_word(uint32_t n)
{
	if (unit.equal && n >= unit.equal)
		n = unit.equal - 1;
	return 0x03020100u + 0x04040404u * n;
}

static uint32_t unit_data(void)
{
	if (unit.fails && unit.words >= unit.fails)
		unit_fail();
	if (!unit.held)
		return 0;
	unit.held--;
	if (unit.zero && unit.words >= unit.zero && unit.zeros) {
		unit.zeros--;
		return 0;
	}
	if (unit.held)
		return unit_word(unit.words++);
	return unit_word(unit.words);
}

static uint32_t unit_read(uint32_t at)
{
	if (unit.dead)
		return 0;
	if (at == SR) {
		unit_make();
		if (unit.secs_for && --unit.secs_for == 0)
			unit.sr &= ~(uint32_t)SECS;
		return unit.sr | (unit.held ? DRDY : 0);
	}
	if (at == DR)
		return unit_data();
	CHECK(at == CR);
	return unit.cr;
}

/* A reset: by CONDRST, or by RNGEN off and on. */
static void unit_reset(void)
{
	unit.resets++;
	unit.held = 0;
	unit.wait = unit.period;
	unit.sr = 0;
	if (unit.failing) {
		unit.failing--;
		unit.sr = SEIS | SECS;
	}
	if (unit.secs_for)
		unit.sr |= SECS;
}

static void unit_control(uint32_t value)
{
	if (unit.conditioned) {
		if (unit.cr & CONFIGLOCK)
			value = (value & ~0x3ffffff0u) | (unit.cr & 0xbffffff0u);
		if (!(value & CONDRST) && !(unit.cr & CONDRST))
			CHECK(((value ^ unit.cr) & 0x3ffffff0u) == 0); /* only with CONDRST */
		if (unit.cr & CONDRST && !(value & CONDRST) && !unit.no_clock)
			unit_reset();
		if (unit.no_clock)
			value |= unit.cr & CONDRST;
	} else if (!(unit.cr & RNGEN) && value & RNGEN) {
		unit_reset();
	}
	unit.cr = value;
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (unit.dead)
		return;
	if (at == CR)
		unit_control(value);
	else if (at == SR)
		unit.sr &= value | ~(uint32_t)(SEIS | CEIS);
	else
		CHECK(unit.conditioned && (at == NSCR || at == HTCR) && unit.cr & CONDRST);
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static const struct sb_trng_stm32_config config = { 0x80f00d04, 0xa2b0, 0x17cbb, 0x17590abc };
static const struct sb_trng_stm32_config bare = { 0x00f00d00, 0xa2b0, 0, 0 };
static struct sb_trng_stm32_state state = { .base = UNIT };
static const struct sb_source row = SB_TRNG_STM32(&state);
static uint8_t buf[64];

static void unit_new(int conditioned)
{
	memset(&unit, 0, sizeof unit);
	unit.conditioned = conditioned;
	state.config = conditioned ? &config : NULL;
	memset(buf, 0xa5, sizeof buf);
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

/* These are bytes of words in a row, the first of which is n, and no more. */
static int holds(uint32_t n, size_t len)
{
	for (size_t i = 0; i < sizeof buf; i++)
		if (buf[i] != (i < len ? (uint8_t)(4 * n + i) : 0xa5))
			return 0;
	return 1;
}

static void the_plain_start(void)
{
	unit_new(0);
	unit.sr = SEIS | CEIS;
	CHECK(probe() == SB_OK);
	CHECK(model_writes() == 3 && model_wrote(0, SR, 0));
	CHECK(model_wrote(1, CR, 0) && model_wrote(2, CR, RNGEN));
	CHECK(model_reads(DR) == 12 && model_did_read(model_lines - 1, SR, unit.held ? DRDY : 0));
}

static void the_conditioned_start(void)
{
	unit_new(1);
	unit.cr = RNGEN;
	unit.secs_for = 6; /* looks */
	CHECK(probe() == SB_OK);
	CHECK(model_writes() == 5 && model_wrote(0, CR, 0x40f00d00));
	CHECK(model_wrote(1, HTCR, 0x17590abc) && model_wrote(2, HTCR, 0xa2b0));
	CHECK(model_wrote(3, NSCR, 0x17cbb) && model_wrote(4, CR, 0x00f00d04));
	CHECK(unit.resets == 1 && model_reads(DR) == 0);
	CHECK(!unit.secs_for && model_reads(SR) == 6);
	state.config = &bare;
	model_forget();
	CHECK(probe() == SB_OK);
	CHECK(model_writes() == 3 && model_wrote(1, HTCR, 0xa2b0));
}

static void what_is_not_there(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		unit.dead = 1;
		CHECK(probe() == SB_ENODEV);
		CHECK(whole_start(&row, 10) == SB_EIO);
		CHECK(whole_says("source stm32-trng absent state=absent"));
	}
}

/* A boot loader locked it: as we want it, or not. */
static void a_locked_configuration(void)
{
	unit_new(1);
	unit.cr = CONFIGLOCK | 0x00f00d00;
	CHECK(probe() == SB_OK);
	CHECK(read(4) == 4);
	for (unsigned bit = 4; bit < 30; bit++) {
		unit_new(1);
		unit.cr = CONFIGLOCK | (0x00f00d00 ^ 1u << bit);
		CHECK(probe() == SB_EUNFIT);
		CHECK(!(unit.cr & RNGEN));
	}
	CHECK(whole_start(&row, 10) == SB_EIO);
	CHECK(whole_says("source stm32-trng unfit state=unfit"));
}

static void gives_each_word_once_but_the_first(void)
{
	for (int kind = 0; kind < 2; kind++)
		for (unsigned period = 0; period < 20; period += 5)
			for (size_t len = 1; len <= 64; len += 7) {
				uint32_t first;

				unit_new(kind);
				unit.period = period;
				CHECK(probe() == SB_OK);
				first = unit.words + !unit.held + 1;
				CHECK(read(len) == (int)len);
				CHECK(holds(first, len));
				first += (uint32_t)(len + 3) / 4;
				CHECK(read(4) == 4 && holds(first, 4));
			}
}

/* What was there before the start is gone, and so is what the stop left. */
static void stops_empty(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK && read(8) == 8);
		model_forget();
		row.driver->stop(row.ctx);
		CHECK(!(unit.cr & RNGEN) && state.last == 0 && state.words == 0);
		CHECK(model_wrote(0, CR, kind ? 0x40f00d00 : 0) && model_writes() == 1);
		CHECK(model_reads(DR) == (kind ? 0 : 12));
		unit.held = 3;
		CHECK(probe() == SB_OK && unit.held != 3);
		CHECK(state.words == 0);
	}
}

static void a_silent_unit_is_left(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK);
		unit.held = 0;
		unit.wait = 1u << 30;
		CHECK(read(16) == SB_EAGAIN && holds(0, 0));
		CHECK(model_reads(SR) == SB_TRNG_STM32_POLLS + 1 &&
		      model_accesses == model_reads(SR));
		unit.wait = SB_TRNG_STM32_POLLS - 1;
		unit.period = SB_TRNG_STM32_POLLS / 2;
		CHECK(read(4) == 4);
		unit.period = 1u << 30; /* and then silence */
		CHECK(read(64) == (kind ? 24 : 4));
	}
	CHECK(whole_start(&row, 3) == SB_EAGAIN);
	CHECK(whole_says("alarms=0 flags=conditioned why=\"no answer yet\""));
}

static void sound_until(uint32_t words)
{
	while (state.words < words)
		CHECK(read(4) == 4);
}

/* It recovers from an error, and what was there is gone. Another one too soon
   is the end, and the core begins anew. */
static void a_seed_error(void)
{
	for (int kind = 0; kind < 2; kind++)
		for (int late = 0; late < 2; late++) {
			unit_new(kind);
			CHECK(probe() == SB_OK);
			sound_until(SB_TRNG_STM32_SOUND);
			unit.held = 0;
			unit.fails_late = late;
			unit.fails = unit.words + 2;
			CHECK(read(64) == SB_EAGAIN);
			CHECK(unit.resets == 2 && state.words == 0 && !(unit.sr & SEIS));
			sound_until(SB_TRNG_STM32_SOUND - 1);
			unit.held = 0;
			unit.fails = unit.words + 1;
			CHECK(read(4) == SB_EIO);
			CHECK(probe() == SB_OK && read(4) == 4);
			unit.fails = unit.words + 1; /* the first words */
			unit.held = 0;
			CHECK(read(4) == SB_EIO);
		}
}

/* SECS or SEIS alone is an error. */
static void each_bit_of_a_seed_error(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK && read(4) == 4);
		unit.sr = SEIS;
		CHECK(read(4) == SB_EIO);
		unit_new(kind);
		CHECK(probe() == SB_OK && read(4) == 4);
		unit.sr = SECS;
		CHECK(read(4) == SB_EIO);
	}
}

static void a_seed_error_that_stays(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK);
		sound_until(SB_TRNG_STM32_SOUND);
		unit.held = 0;
		unit.fails = unit.words + 1;
		unit.failing = 1000;
		CHECK(read(4) == SB_EIO);
		CHECK(probe() == SB_EIO);
		CHECK(whole_start(&row, 10) == SB_EIO);
		CHECK(whole_says("source stm32-trng refused state=retired"));
		CHECK(whole_says("why=\"the device or instruction failed\""));
		CHECK(whole_says("verdict refused"));
		unit.failing = 0; /* it is well again: the on-demand test finds that out */
		CHECK(seedbed_reseed(&whole) == SB_OK && whole_rounds(10) == SB_OK);
		CHECK(whole_says("source stm32-trng credited state=live credit=4.0000"));
	}
	unit_new(1);
	unit.secs_for = 1u << 30;
	CHECK(probe() == SB_EIO);
	CHECK(model_reads(SR) == SB_TRNG_STM32_RESET_POLLS + 1);
}

/* It ends, or it does not. A word that was made before is good. */
static void a_clock_error(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK && read(4) == 4);
		unit.sr |= CEIS;
		CHECK(read(16) == 16);
		CHECK(model_writes() == 1 && model_wrote(0, SR, SEIS) && unit.resets == 1);
		unit.held = 0;
		unit.slow = unit.words + 1;
		unit.slow_for = 100;
		CHECK(read(4) == 4 && !(unit.sr & (CEIS | CECS)));
		unit.held = 0;
		unit.slow = unit.words + 1;
		unit.slow_for = 1u << 30;
		CHECK(read(4) == SB_EIO && holds(0, 0));
	}
}

/* The error of the seed comes just as that of the clock is cleared. */
static void two_errors_at_once(void)
{
	unit_new(0);
	CHECK(probe() == SB_OK && read(4) == 4);
	unit.sr = SEIS | CEIS;
	unit_write(SR, SEIS);
	CHECK(unit.sr == SEIS);
}

static void no_clock_at_all(void)
{
	unit_new(1);
	unit.no_clock = 1;
	CHECK(probe() == SB_EIO);
	CHECK(model_reads(CR) == SB_TRNG_STM32_RESET_POLLS + 2);
}

/* DR is 0 if there is no word, so one is looked at again. */
static void zeros(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(probe() == SB_OK && read(4) == 4);
		unit.zero = unit.words + 1;
		unit.zeros = 1;
		CHECK(read(32) == 32 && unit.zeros == 0);
		for (size_t i = 0; i < 32; i += 4)
			CHECK(buf[i] || buf[i + 1] || buf[i + 2] || buf[i + 3]);
		unit.zero = unit.words + 1;
		unit.zeros = 2;
		CHECK(read(64) == SB_EIO);
	}
}

/* FIPS 140-2: also with the first word, which is not used. */
static void no_word_is_the_one_before(void)
{
	for (int kind = 0; kind < 2; kind++)
		for (uint32_t n = 2; n < 6; n++) {
			unit_new(kind);
			state.last = 0;
			CHECK(probe() == SB_OK);
			unit.equal = n + !kind * !unit.held;
			for (uint32_t i = 2; i < n; i++)
				CHECK(read(4) == 4);
			CHECK(read(4) == SB_EIO);
		}
}

static void a_stuck_unit_is_refused(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		unit.equal = 3;
		CHECK(whole_start(&row, 10) == SB_EIO);
		CHECK(whole_says("source stm32-trng refused state=retired credit=4.0000 bits=0"));
		CHECK(whole_says("alarms=3") && whole_says("verdict refused"));
		CHECK(!(unit.cr & RNGEN));
	}
}

static void the_whole_library(void)
{
	for (int kind = 0; kind < 2; kind++) {
		unit_new(kind);
		CHECK(whole_start(&row, 10) == SB_OK);
		CHECK(whole_report().credit == 1024 && whole_report().alarms == 0);
		CHECK(whole_says("source stm32-trng credited state=live credit=4.0000"));
		CHECK(whole_says("flags=conditioned\n") && whole_says("verdict ready"));
		seedbed_wipe(&whole);
		CHECK(!(unit.cr & RNGEN) && !state.last);
	}
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
	RUN(the_plain_start);
	RUN(the_conditioned_start);
	RUN(what_is_not_there);
	RUN(a_locked_configuration);
	RUN(gives_each_word_once_but_the_first);
	RUN(stops_empty);
	RUN(a_silent_unit_is_left);
	RUN(a_seed_error);
	RUN(each_bit_of_a_seed_error);
	RUN(a_seed_error_that_stays);
	RUN(a_clock_error);
	RUN(two_errors_at_once);
	RUN(no_clock_at_all);
	RUN(zeros);
	RUN(no_word_is_the_one_before);
	RUN(a_stuck_unit_is_refused);
	RUN(the_whole_library);
	RUN(what_the_row_says);
}
