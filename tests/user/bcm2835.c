/* SPDX-License-Identifier: BSD-2-Clause */
/* hal/trng/trng_bcm2835.c and a model of the unit behind each access to its
   registers. */
#include "sb_trng_bcm2835.h"
#include "model.h"
#include "whole.h"

#define UNIT 0x3f104000u
#define PLAIN 0x50000000u

enum { CTRL = 0x0, STATUS = 0x4, DATA = 0x8 };

#define STEP 0x1000u /* of the warm-up, at each look */

/* A word is there after `period` looks at the status. */
static struct {
	uint32_t ctrl, warm, words, value;
	unsigned period, wait, left;
	int absent, stuck; /* absent: a bus where each read is `value` */
	uint32_t still;    /* bits of a word that are always 0 */
} unit;

static uint32_t unit_status(void)
{
	if (unit.ctrl & 1 && unit.warm) {
		unit.warm -= STEP;
	} else if (unit.ctrl & 1 && unit.left && unit.wait-- == 0) {
		unit.wait = unit.period;
		unit.words++;
		unit.left--;
	}
	return unit.words << 24 | unit.warm;
}

static uint32_t unit_read(uint32_t at)
{
	if (unit.absent)
		return unit.value;
	if (at == CTRL)
		return unit.ctrl;
	if (at == STATUS)
		return unit_status();
	CHECK(at == DATA && unit.words); /* else it would be a word of before */
	unit.words--;
	unit.value += unit.stuck ? 0 : 0x9e3779b9u;
	return unit.value & ~unit.still;
}

static void unit_write(uint32_t at, uint32_t value)
{
	if (at == CTRL)
		unit.ctrl = value;
	if (at == STATUS)
		unit.warm = value & 0xfffffu;
}

const struct model model = { UNIT, 4096, unit_read, unit_write };

static struct sb_trng_bcm2835_state state = { UNIT };
static const struct sb_source row = SB_TRNG_BCM2835(&state);
static uint8_t buf[16];

static void unit_reset(unsigned period, unsigned left)
{
	memset(&unit, 0, sizeof unit);
	unit.period = unit.wait = period;
	unit.left = left;
	memset(buf, 0xa5, sizeof buf);
	model_forget();
}

/* A boot loader may have left it running, with words of whatever age. */
static void drops_what_was_there_and_warms_up(void)
{
	unit_reset(0, 0);
	unit.ctrl = 1;
	unit.words = 255;
	CHECK(row.driver->probe(row.ctx) == SB_OK);
	CHECK(model_writes() == 3);
	CHECK(model_wrote(0, CTRL, 0) && model_wrote(1, STATUS, 0x40000) &&
	      model_wrote(2, CTRL, 1));
	CHECK(model_reads(DATA) == 255 && !unit.words && unit.warm == 0x40000);
}

static void is_absent(void)
{
	unit_reset(0, 100);
	unit.absent = 1;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
	unit.value = ~0u;
	CHECK(row.driver->probe(row.ctx) == SB_ENODEV);
}

/* No word before the end of the warm-up, and each word once. */
static void waits_for_the_warm_up(void)
{
	for (unsigned period = 0; period < 20; period += 5) {
		unit_reset(period, 100);
		CHECK(row.driver->probe(row.ctx) == SB_OK);
		model_forget();
		CHECK(row.driver->read(row.ctx, buf, 6) == 6);
		CHECK(model_reads(STATUS) == 0x40000 / STEP + 2 * (period + 1));
		CHECK(model_reads(DATA) == 2 && !model_writes());
		CHECK(memcmp(buf, "\xb9\x79\x37\x9e\x72\xf3\xa5\xa5", 8) == 0);
		CHECK(row.driver->read(row.ctx, buf, 8) == 8 && model_reads(DATA) == 4);
		CHECK(buf[0] == 0x2b && buf[1] == 0x6d); /* the third */
	}
}

/* A new start warms up again. */
static void stands_and_starts_again(void)
{
	unit_reset(0, 100);
	CHECK(row.driver->probe(row.ctx) == SB_OK && row.driver->read(row.ctx, buf, 8) == 8);
	model_forget();
	row.driver->stop(row.ctx);
	CHECK(model_writes() == 1 && model_wrote(0, CTRL, 0) && !unit.ctrl);
	CHECK(row.driver->probe(row.ctx) == SB_OK && unit.warm == 0x40000);
}

/* A silent unit ends a read. Its registers are plain memory, since so many
   traps would take seconds. */
static void a_silent_unit_is_left(void)
{
	struct sb_trng_bcm2835_state plain = { PLAIN };
	volatile uint32_t *status = (volatile uint32_t *)(PLAIN + STATUS);

	user_page(PLAIN, USER_WRITABLE);
	*status = 0xffffff; /* no word, whatever else it says */
	unit_reset(0, 0);
	CHECK(row.driver->read(&plain, buf, 16) == SB_EAGAIN);
	CHECK(buf[0] == 0xa5);
}

/* It is not left too early. */
static void a_slow_unit_is_waited_for(void)
{
	unit_reset(16000, 2);
	unit.ctrl = 1;
	CHECK(row.driver->read(row.ctx, buf, 8) == 8);
}

static void what_the_row_says(void)
{
	CHECK(row.credit == 1024 && row.driver->entropy == 1024);
	CHECK(row.driver->width == 1 && row.driver->flags == SB_NOISE);
	CHECK(!row.driver->restart && row.driver->name[0] == 'b');
}

static void the_whole_library(void)
{
	unit_reset(0, 100000);
	CHECK(whole_start(&row, 100) == SB_OK);
	CHECK(whole_says("source bcm2835-trng credited state=live credit=4.0000"));
	CHECK(whole_says("verdict ready"));
	seedbed_wipe(&whole);
	CHECK(!unit.ctrl);
}

static void a_stuck_unit_is_refused(void)
{
	unit_reset(0, 100000);
	unit.value = 0x12345678;
	unit.stuck = 1;
	CHECK(whole_start(&row, 100) == SB_EIO);
	CHECK(whole_says("source bcm2835-trng refused state=retired credit=4.0000 bits=0"));
	CHECK(whole_says("verdict refused"));
	CHECK(!unit.ctrl);
}

/* Also where a part of each word moves, whichever it is. */
static void a_stuck_part_is_refused(void)
{
	for (unsigned moves = 0; moves < 32; moves += 8) {
		unit_reset(0, 100000);
		unit.still = ~(0xffu << moves);
		CHECK(whole_start(&row, 100) == SB_EIO);
		CHECK(whole_says("source bcm2835-trng refused state=retired"));
		CHECK(!unit.ctrl);
	}
}

void user_main(void)
{
	model_map();
	RUN(drops_what_was_there_and_warms_up);
	RUN(is_absent);
	RUN(waits_for_the_warm_up);
	RUN(stands_and_starts_again);
	RUN(a_silent_unit_is_left);
	RUN(a_slow_unit_is_waited_for);
	RUN(what_the_row_says);
	RUN(the_whole_library);
	RUN(a_stuck_unit_is_refused);
	RUN(a_stuck_part_is_refused);
}
