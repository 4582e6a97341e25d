/* SPDX-License-Identifier: BSD-2-Clause */
/* What arch/cortex-m finds out about its counters, over registers by script. It
   is compiled for aarch64, where each access traps. */
#include "cortex-m/sb_cortex_m.h"
#include "model.h"

enum {
	CTRL = 0x0,
	CYCCNT = 0x4,
	LAR = 0xfb0,
	LSR = 0xfb4,
	CSR = 0xd010,
	RVR = 0xd014,
	CVR = 0xd018,
	DEMCR = 0xddfc
};

static uint32_t ctrl, lsr, demcr, csr, rvr, count, step;
static uint32_t stands; /* so many reads, then it moves */

static uint32_t part_counts(void)
{
	if (stands)
		stands--;
	else
		count += step;
	return count;
}

/* A locked DWT ignores all writes but that of the key. */
static uint32_t part_read(uint32_t at)
{
	CHECK(at >= CSR || demcr & 1u << 24);
	switch (at) {
	case CTRL:
		return ctrl;
	case LSR:
		return lsr;
	case CYCCNT:
		return ctrl & 1 ? part_counts() : count;
	case DEMCR:
		return demcr;
	case CSR:
		return csr;
	case RVR:
		return rvr;
	}
	CHECK(at == CVR);
	return part_counts();
}

static void part_write(uint32_t at, uint32_t value)
{
	CHECK(at >= CSR || demcr & 1u << 24);
	if (at == DEMCR)
		demcr = value;
	else if (at == LAR && value == 0xc5acce55u)
		lsr &= ~2u;
	else if (at == CTRL && !(lsr & 2))
		ctrl = value;
}

const struct model model = { 0xe0001000u, 0xe000, part_read, part_write };

static void part_is(uint32_t first_ctrl, uint32_t first_lsr, uint32_t moves)
{
	ctrl = first_ctrl;
	lsr = first_lsr;
	demcr = 0x00010000u;
	count = 5;
	step = moves;
	stands = 0;
	model_forget();
}

static void a_counter_that_moves_has_32_bits(void)
{
	part_is(0x40000000u, 0, 1);
	CHECK(sb_dwt_start() == 32);
	CHECK(demcr == 0x01010000u && ctrl == 0x40000001u);
	CHECK(model_writes() == 2 && model_wrote(0, DEMCR, 0x01010000u));
	CHECK(model_reads(CYCCNT) == 2);
	/* one that somebody runs already goes on */
	CHECK(sb_dwt_start() == 32 && count >= 7 && ctrl == 0x40000001u);
	count = 0xffffffffu;
	CHECK(sb_dwt_start() == 32);
}

static void a_lock_is_opened(void)
{
	part_is(0, 3, 1);
	CHECK(sb_dwt_start() == 32);
	CHECK(lsr == 1 && model_wrote(1, LAR, 0xc5acce55u) && model_writes() == 3);
	part_is(0, 1, 1);
	CHECK(sb_dwt_start() == 32 && model_writes() == 2);
}

static void no_counter_has_no_bits(void)
{
	part_is(1u << 25, 0, 1);
	CHECK(sb_dwt_start() == 0);
	CHECK(model_writes() == 1 && model_reads(CYCCNT) == 0 && ctrl == 1u << 25);
}

static void a_counter_that_stands_has_no_bits(void)
{
	part_is(0, 0, 0);
	CHECK(sb_dwt_start() == 0);
	CHECK(model_reads(CYCCNT) == 1 + SB_DWT_POLLS);
	part_is(0, 0, 1);
	stands = SB_DWT_POLLS;
	CHECK(sb_dwt_start() == 32);
	part_is(0, 0, 1);
	stands = SB_DWT_POLLS + 1;
	CHECK(sb_dwt_start() == 0);
}

static void timer_is(uint32_t state, uint32_t reload, uint32_t moves)
{
	part_is(0, 0, moves);
	csr = state;
	rvr = reload;
}

static void a_timer_that_is_reloaded_has_fewer_bits(void)
{
	static const struct {
		uint32_t reload;
		uint8_t bits;
	} cases[] = { { 0xffffff, 24 }, { 0xfffffffe, 23 }, { 0xfffffe, 23 }, { 0x800000, 23 },
		      { 0x7fffff, 23 }, { 0x7ffffe, 22 },   { 24999, 14 },    { 1, 1 },
		      { 2, 1 },         { 3, 2 },           { 0, 0 } };

	for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
		timer_is(7, cases[i].reload, 0xffffffffu);
		CHECK(sb_systick_bits() == cases[i].bits);
		CHECK(model_writes() == 0);
	}
	timer_is(1, 0xffffff, 1);
	CHECK(sb_systick_bits() == 24);
}

static void a_timer_that_is_off_has_none(void)
{
	timer_is(6, 0xffffff, 1);
	CHECK(sb_systick_bits() == 0);
}

static void a_timer_may_take_long_to_start(void)
{
	timer_is(7, 0xffffff, 1);
	stands = 1000;
	CHECK(sb_systick_bits() == 24);
	timer_is(7, 0xffffff, 1);
	stands = SB_SYSTICK_POLLS * 2;
	CHECK(sb_systick_bits() == 0);
	CHECK(model_reads(CVR) == SB_SYSTICK_POLLS + 1);
}

void user_main(void)
{
	model_map();
	RUN(a_counter_that_moves_has_32_bits);
	RUN(a_lock_is_opened);
	RUN(no_counter_has_no_bits);
	RUN(a_counter_that_stands_has_no_bits);
	RUN(a_timer_that_is_reloaded_has_fewer_bits);
	RUN(a_timer_that_is_off_has_none);
	RUN(a_timer_may_take_long_to_start);
}
