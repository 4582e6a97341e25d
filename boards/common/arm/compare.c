/* SPDX-License-Identifier: BSD-2-Clause */
#include "compare.h"
#include "board.h"
#include "io.h"
#include "wfi.h"

#define COMPARE_TRIES 16
#define COMPARE_SOON 4u /* ticks */
#define COMPARE_POLLS 1000000u

static uint32_t compare_clear(uint32_t matched)
{
	sb_io_write32(compare_timer.status, matched);
	return matched;
}

/*
 * A count that is past before it is set would match a round later, so then
 * another one is set.
 */
static void compare_set(enum compare_what what, uint32_t ticks)
{
	for (int tries = COMPARE_TRIES; tries; tries--, ticks *= 2) {
		uint32_t start = sb_io_read32(compare_timer.count);

		sb_io_write32(compare_timer.compare[what], start + ticks);
		if (sb_io_read32(compare_timer.count) - start < ticks)
			return;
	}
}

void wfi_alarm(uint32_t ns)
{
	compare_clear(compare_timer.match[COMPARE_ALARM]);
	if (ns)
		compare_set(COMPARE_ALARM, (uint32_t)wfi_ticks(ns, compare_timer.hz) + 1);
}

int wfi_taken(void)
{
	uint32_t both = compare_timer.match[COMPARE_ALARM] | compare_timer.match[COMPARE_EVENT];
	uint32_t matched = compare_clear(sb_io_read32(compare_timer.status) & both);

	return (matched & compare_timer.match[COMPARE_EVENT]) != 0;
}

int board_event(void)
{
	compare_set(COMPARE_EVENT, COMPARE_SOON);
	for (uint32_t polls = 0; polls < COMPARE_POLLS; polls++)
		if (sb_io_read32(compare_timer.status) & compare_timer.match[COMPARE_EVENT])
			return 0;
	return -1;
}

void compare_start(void)
{
	(void)wfi_taken();
	wfi_works = 1;
}
