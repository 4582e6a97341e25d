/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_nrf51.c and a unit by script behind each access to its
   registers. */
#include "sb_trng_nrf51.h"
#include "model.h"
#include "whole.h"

#define UNIT 0x4000d000u
#define PLAIN 0x50000000u

enum { START = 0x000, STOP = 0x004, VALRDY = 0x100, SHORTS = 0x200, CONFIG = 0x504, VALUE = 0x508 };

/* The unit. A byte is there after `period` looks at the event. */
static struct {
	unsigned running, ready, period, wait, left;
	uint8_t byte; /* the next one */
	int stuck;    /* it is always the same */
} unit;

static uint32_t unit_read(uint32_t at)
{
	if (at == VALRDY) {
		if (unit.running && !unit.ready && unit.left && unit.wait-- == 0) {
			unit.ready = 1;
			unit.left--;
			unit.byte += !unit.stuck;
			unit.wait = unit.period;
		}
		return unit.ready;
	}
	CHECK(at == VALUE);
	CHECK(unit.ready); /* else it would be the byte of before */
	return 0xabcdef00u | unit.byte;
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (at == START && value)
		unit.running = 1;
	if (at == STOP && value)
		unit.running = 0;
	if (at == VALRDY)
		unit.ready = value & 1;
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_nrf51_state state = { UNIT };
static const struct sb_source row = SB_TRNG_NRF51(&state);
static uint8_t buf[16];

static void unit_reset(unsigned period, unsigned left)
{
	memset(&unit, 0, sizeof unit);
	unit.period = unit.wait = period;
	unit.left = left;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

static void starts_the_unit_last(void)
{
	unit_reset(0, 0);
	unit.ready = 1;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(model_writes() == 4);
	CHECK(model_wrote(3, START, 1) && unit.running);
	CHECK(model_wrote(0, SHORTS, 0) && model_wrote(1, CONFIG, 1) && model_wrote(2, VALRDY, 0));
}

static void gives_each_byte_once(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period, 100);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		CHECK(row.driver->read(row.ctx, buf, 12) == 12);
		for (unsigned i = 0; i < 16; i++)
			CHECK(buf[i] == (i < 12 ? i + 1 : 0xa5));
		CHECK(model_reads(VALUE) == 12 && model_reads(VALRDY) == 12 * (period + 1));
		CHECK(row.driver->read(row.ctx, buf, 1) == 1);
		CHECK(buf[0] == 13 && buf[1] == 2);
	}
}

/* Its byte of before is no byte of a new start. */
static void halts_and_forgets(void)
{
	unit_reset(0, 100);
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	unit.ready = 1;
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 2 && model_wrote(0, STOP, 1) && model_wrote(1, VALRDY, 0));
	CHECK(!unit.running && !unit.ready && !model_reads(VALUE));
}

/* A silent unit ends a read. Its registers are plain memory, since so many
   traps would take seconds. */
static void a_silent_unit_is_left(void)
{
	struct sb_trng_nrf51_state plain = { PLAIN };
	volatile uint32_t *event = (volatile uint32_t *)(PLAIN + VALRDY);

	user_page(PLAIN, USER_WRITABLE);
	unit_reset(0, 0);
	CHECK(row.driver->read(&plain, buf, 16) == SB_EAGAIN);
	CHECK(buf[0] == 0xa5);
	*(volatile uint32_t *)(PLAIN + VALUE) = 0x77;
	*event = 1;
	CHECK(row.driver->read(&plain, buf, 16) == 1); /* this byte, and then silence */
	CHECK(buf[0] == 0x77 && buf[1] == 0xa5 && *event == 0);
}

/* It is not left too early: a byte takes about this many looks. */
static void a_slow_unit_is_waited_for(void)
{
	unit_reset(16000, 2);
	unit.running = 1;
	CHECK(row.driver->read(row.ctx, buf, 2) == 2);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 1 && row.driver->flags == SB_NOISE);
	CHECK(!row.driver->restart && row.driver->name[0] == 'n');
}

/* 1024 samples of start-up, then 4 bits for each byte. */
static void the_whole_library(void)
{
	unit_reset(0, 100000);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(whole_says("source nrf51-trng credited state=live credit=4.0000"));
	CHECK(whole_says("verdict ready"));
	seedbed_wipe(&whole);
	CHECK(!unit.running && !unit.ready);
}

static void a_stuck_unit_is_refused(void)
{
	unit_reset(0, 100000);
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source nrf51-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("why=\"repetition count test\""));
	CHECK(whole_says("verdict refused"));
	CHECK(!unit.running);
}

void user_main(void)
{
	model_map();
	RUN(starts_the_unit_last);
	RUN(gives_each_byte_once);
	RUN(halts_and_forgets);
	RUN(a_silent_unit_is_left);
	RUN(a_slow_unit_is_waited_for);
	RUN(what_the_row_says);
	RUN(the_whole_library);
	RUN(a_stuck_unit_is_refused);
}
