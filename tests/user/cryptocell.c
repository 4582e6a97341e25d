/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_cryptocell.c and a unit by script: as in RP2350, and with the
   clock gate of a CryptoCell. */
#include "model.h"
#include "sb_trng_cryptocell.h"
#include "whole.h"

#define UNIT 0x400f0000u

enum {
	IMR = 0x100,
	ISR = 0x104,
	ICR = 0x108,
	CONFIG = 0x10c,
	EHR = 0x114,
	ENABLE = 0x12c,
	SAMPLE = 0x130,
	DEBUG = 0x138,
	RESET = 0x140,
	RST_BITS = 0x1bc,
	CLOCK = 0x1c4
};
enum { VALID = 1, AUTOCORR = 2, CRNGT = 4, VN = 8, ERRORS = 14 };

static struct {
	uint32_t isr, config, sample, debug, clock, on, imr;
	unsigned gated, dead, resets;
	unsigned reset_for, left; /* writes that a reset swallows */
	unsigned period, wait;
	uint32_t blocks; /* collected so far */
	int holds;       /* a block */
	int stuck;       /* each block is the same */
	uint32_t bypass; /* bits of DEBUG that stay */
	/* The blocks that a test refuses: from here on, so many, by these bits;
	   while the block is read; without VALID. */
	uint32_t refused, refusals, errors;
	int late, alone;
} unit;

static int unit_runs(void)
{
	return !unit.dead && (!unit.gated || unit.clock) && !unit.left;
}

static int unit_refuses(void)
{
	return unit.refusals && unit.blocks >= unit.refused;
}

static void unit_error(void)
{
	unit.refusals--;
	unit.isr |= unit.errors;
}

static void unit_collect(void)
{
	if (!unit.on || unit.holds || unit.isr & AUTOCORR)
		return;
	if (unit.wait) {
		unit.wait--;
		return;
	}
	unit.wait = unit.period;
	unit.blocks++;
	unit.holds = 1;
	unit.isr |= unit_refuses() && unit.alone ? 0 : VALID;
	if (unit_refuses() && !unit.late)
		unit_error();
}

static uint32_t unit_word(unsigned n)
{
	uint32_t block = unit.stuck ? 1 : unit.blocks, word = 0;

	CHECK(unit.holds);
	if (n == 3 && unit_refuses() && unit.late)
		unit_error();
	for (unsigned i = 0; i < 4; i++)
		word |= (uint32_t)(uint8_t)(24 * block + 4 * n + i + block / 256 * 101) << 8 * i;
	return word;
}

static uint32_t unit_read(uint32_t at)
{
	if (!unit_runs())
		return 0;
	if (at == ISR) {
		unit_collect();
		return unit.isr | 0xfffffff0u;
	}
	if (at >= EHR && at < EHR + 24)
		return unit_word((at - EHR) / 4);
	if (at == SAMPLE)
		return unit.sample;
	CHECK(at == DEBUG);
	return unit.debug | 0xfffffff1u;
}

static void unit_reset(void)
{
	unit.resets++;
	unit.isr = unit.config = unit.debug = unit.clock = unit.on = 0;
	unit.sample = 0xffff;
	unit.imr = 15;
	unit.holds = 0;
	unit.wait = unit.period;
	unit.left = unit.reset_for;
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (unit.gated && at == CLOCK)
		unit.clock = value;
	if (unit.left && at == SAMPLE)
		unit.left--;
	else if (!unit_runs())
		return;
	else if (at == RESET)
		unit_reset();
	else if (at == ICR)
		unit.isr &= ~(value & (VALID | CRNGT | VN));
	else if (at == CONFIG)
		unit.config = value;
	else if (at == SAMPLE)
		unit.sample = value;
	else if (at == DEBUG)
		unit.debug = (value & ERRORS) | unit.bypass;
	else if (at == RST_BITS && !unit.on)
		unit.holds = 0;
	else if (at == ENABLE)
		unit.on = value;
	else if (at == IMR)
		unit.imr = value;
	else
		CHECK(at == CLOCK && unit.gated);
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_cryptocell_state state;
static const struct sb_source row = SB_TRNG_CRYPTOCELL(&state);
static uint8_t buf[64];

static void unit_new(unsigned gated)
{
	memset(&unit, 0, sizeof unit);
	memset(&state, 0, sizeof state);
	unit.gated = gated;
	state.base = UNIT;
	state.sample = SB_TRNG_CRYPTOCELL_SAMPLE;
	state.config = gated ? 4 : 0;
	state.clock = gated ? CLOCK : 0;
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

/* These are the first bytes of that block, and no more. */
static int holds(uint32_t block, size_t len)
{
	for (size_t i = 0; i < sizeof buf; i++)
		if (buf[i] != (i < len ? (uint8_t)(24 * block + i) : 0xa5))
			return 0;
	return 1;
}

/* A boot ROM left the tests bypassed. */
static void starts_with_all_tests(void)
{
	unit_new(0);
	unit.reset_for = 3;
	unit.debug = ERRORS;
	unit.isr = ERRORS;
	CHECK(probe() == SB_OK);
	CHECK(model_wrote(0, RESET, 1) && model_wrote(4, SAMPLE, 5000));
	CHECK(model_wrote(5, ENABLE, 0) && model_wrote(6, CONFIG, 0) && model_wrote(7, DEBUG, 0));
	CHECK(model_wrote(8, IMR, 15) && model_wrote(9, RST_BITS, 1));
	CHECK(model_wrote(10, ICR, 15) && model_wrote(11, ENABLE, 1));
	CHECK(model_writes() == 12 && unit.resets == 1);
	CHECK(unit.sample == 5000 && !unit.debug && unit.on == 1);
	unit_new(1);
	unit.reset_for = 1;
	CHECK(probe() == SB_OK);
	CHECK(model_wrote(0, CLOCK, 1) && model_wrote(1, RESET, 1) && model_wrote(2, CLOCK, 1));
	CHECK(unit.clock == 1 && unit.config == 4 && unit.on == 1);
}

static void what_is_not_there(void)
{
	unit_new(0);
	unit.dead = 1;
	CHECK(probe() == SB_ENODEV);
	CHECK(model_accesses == 1 + 2 * SB_TRNG_CRYPTOCELL_RESET_POLLS);
}

static void a_reset_that_does_not_end(void)
{
	unit_new(0);
	unit.reset_for = SB_TRNG_CRYPTOCELL_RESET_POLLS;
	CHECK(probe() == SB_ENODEV && unit.left == 0);
	unit_new(0);
	unit.reset_for = SB_TRNG_CRYPTOCELL_RESET_POLLS - 1;
	CHECK(probe() == SB_OK);
	unit.reset_for = 1u << 30;
	unit.refused = 1;
	unit.refusals = 1;
	unit.errors = VN;
	CHECK(read(24) == SB_EIO);
}

static void a_bypass_that_stays(void)
{
	for (unsigned bit = 1; bit < 4; bit++) {
		unit_new(0);
		unit.bypass = 1u << bit;
		CHECK(probe() == SB_EUNFIT && !unit.on);
		CHECK(whole_start(&row, 10) == SB_EIO);
		CHECK(whole_says("source cryptocell-trng unfit state=unfit"));
		unit.bypass = 0;
		CHECK(probe() == SB_OK && read(24) == 24);
		unit.debug = 1u << bit; /* by somebody else */
		CHECK(read(24) == SB_EIO);
	}
}

static void gives_each_block_once(void)
{
	for (unsigned period = 0; period < 20; period += 5)
		for (size_t len = 1; len <= 64; len += 7) {
			size_t n = len < 24 ? len : 24;

			unit_new(period & 1);
			unit.period = period;
			CHECK(probe() == SB_OK);
			CHECK(read(len) == (int)n && holds(1, n));
			CHECK(model_reads(ISR) == period + 2);
			CHECK(model_writes() == 4 && model_wrote(0, ENABLE, 0));
			CHECK(model_wrote(1, RST_BITS, 1) && model_wrote(2, ICR, 15));
			CHECK(model_wrote(3, ENABLE, 1) && model_reads(EHR + 20) == 1);
			CHECK(read(len) == (int)n && holds(2, n));
		}
}

static void a_silent_unit_is_left(void)
{
	unit_new(0);
	CHECK(probe() == SB_OK);
	unit.wait = SB_TRNG_CRYPTOCELL_POLLS + 3;
	CHECK(read(24) == SB_EAGAIN && holds(0, 0));
	CHECK(model_reads(ISR) == SB_TRNG_CRYPTOCELL_POLLS && model_lines == 1);
	CHECK(read(24) == 24 && model_reads(ISR) == 3 + 2); /* it had gone on */
	unit.wait = SB_TRNG_CRYPTOCELL_POLLS - 1;
	CHECK(read(24) == 24);
	unit.period = 1u << 30;
	CHECK(whole_start(&row, 2) == SB_EAGAIN);
	CHECK(whole_says("alarms=0 flags=noise why=\"no answer yet\""));
}

/* The public report: a block is there, and an error with it. */
static void what_the_tests_refuse_is_never_given(void)
{
	static const uint32_t each[] = { AUTOCORR, CRNGT, VN, CRNGT | VN, ERRORS };

	for (unsigned i = 0; i < 5; i++)
		for (int way = 0; way < 3; way++) {
			unit_new(i & 1);
			CHECK(probe() == SB_OK && read(24) == 24);
			unit.errors = each[i];
			unit.refused = 2;
			unit.refusals = 1;
			unit.late = way == 1;
			unit.alone = way == 2;
			CHECK(read(24) == SB_EAGAIN);
			CHECK(unit.resets == 2 && unit.blocks == 2);
			CHECK(way == 1 || holds(0, 0));
			CHECK(unit.config == ((i & 1 ? 4 : 0) | (each[i] & AUTOCORR ? 1 : 0)));
			CHECK(read(24) == 24 && holds(3, 24));
		}
}

static void the_next_ring_each_time(void)
{
	unit_new(1);
	CHECK(probe() == SB_OK);
	unit.errors = AUTOCORR;
	for (unsigned ring = 1; ring < 10; ring++) {
		unit.refusals = 1;
		CHECK(read(24) == (ring % 4 ? SB_EAGAIN : SB_EIO));
		if (ring % 4 == 0)
			CHECK(probe() == SB_OK);
		CHECK(unit.config == (4 | (ring & 3)));
	}
}

/* Three are false alarms if enough good ones follow. */
static void the_fourth_is_an_error(void)
{
	unit_new(0);
	CHECK(probe() == SB_OK);
	unit.errors = CRNGT;
	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < 3; i++) {
			unit.refusals = 1;
			CHECK(read(24) == SB_EAGAIN);
			if (i < 2)
				CHECK(read(24) == 24);
		}
		for (unsigned i = 0; i < SB_TRNG_CRYPTOCELL_GOOD; i++)
			CHECK(read(24) == 24);
	}
	for (unsigned i = 0; i < 4; i++) {
		for (unsigned n = 0; i && n < SB_TRNG_CRYPTOCELL_GOOD - 1; n++)
			CHECK(read(24) == 24);
		unit.refusals = 1;
		CHECK(read(24) == (i < 3 ? SB_EAGAIN : SB_EIO));
	}
}

static void an_error_that_stays(void)
{
	unit_new(0);
	unit.errors = AUTOCORR | CRNGT;
	unit.refusals = 1u << 30;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source cryptocell-trng refused state=retired"));
	CHECK(whole_says("bytes=0 alarms=3"));
	CHECK(whole_says("why=\"the device or instruction failed\""));
	CHECK(whole_says("verdict refused"));
	CHECK(!unit.on && unit.blocks == 3 * SB_TRNG_CRYPTOCELL_FAILS);
	unit.refusals = 0;
	CHECK(seedbed_reseed(&whole) == SB_OK && whole_rounds(100) == SB_OK);
	CHECK(whole_says("source cryptocell-trng credited state=live credit=4.0000"));
}

/* Each other block is refused: no sound oscillator does that. */
static void an_error_now_and_then(void)
{
	unit_new(0);
	CHECK(probe() == SB_OK);
	unit.errors = VN;
	for (unsigned i = 0; i < 3; i++) {
		unit.refusals = 1;
		CHECK(read(24) == SB_EAGAIN && read(24) == 24);
	}
	unit.refusals = 1;
	CHECK(read(24) == SB_EIO);
}

static void stops_in_reset(void)
{
	for (unsigned gated = 0; gated < 2; gated++) {
		unit_new(gated);
		CHECK(probe() == SB_OK);
		unit.wait = 0;
		unit_collect();
		CHECK(unit.holds);
		model_forget();
		row.driver->stop(row.ctx);
		CHECK(!unit.on && !unit.holds && !unit.clock && unit.resets == 2);
		if (gated)
			CHECK(model_wrote(0, CLOCK, 1) && model_wrote(3, CLOCK, 0));
		CHECK(model_wrote(gated, ENABLE, 0) && model_wrote(gated + 1, RESET, 1));
		row.driver->stop(row.ctx);
		CHECK(!unit.clock);
		CHECK(probe() == SB_OK && read(24) == 24 && holds(2, 24));
	}
}

static void a_stuck_unit_is_refused(void)
{
	unit_new(0);
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source cryptocell-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("why=\"the same answer twice\"") && whole_says("verdict refused"));
}

/* 1024 samples of start-up are 43 blocks. */
static void the_whole_library(void)
{
	unit_new(1);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(unit.blocks == 43 && whole_report().alarms == 0 && whole_report().credit == 1024);
	CHECK(whole_says("source cryptocell-trng credited state=live credit=4.0000"));
	CHECK(whole_says("flags=noise\n") && whole_says("verdict ready"));
	seedbed_wipe(&whole);
	CHECK(!unit.clock && !unit.on);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 1 && row.driver->flags == SB_NOISE);
	CHECK(!row.driver->restart && !row.driver->held);
}

void user_main(void)
{
	model_map();
	RUN(starts_with_all_tests);
	RUN(what_is_not_there);
	RUN(a_reset_that_does_not_end);
	RUN(a_bypass_that_stays);
	RUN(gives_each_block_once);
	RUN(a_silent_unit_is_left);
	RUN(what_the_tests_refuse_is_never_given);
	RUN(the_next_ring_each_time);
	RUN(the_fourth_is_an_error);
	RUN(an_error_that_stays);
	RUN(an_error_now_and_then);
	RUN(stops_in_reset);
	RUN(a_stuck_unit_is_refused);
	RUN(the_whole_library);
	RUN(what_the_row_says);
}
