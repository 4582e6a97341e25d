/* SPDX-License-Identifier: BSD-2-Clause */
#include "whole.h"
#include "board.h"
#include "receipt.h"
#include "user.h"

struct seedbed whole;
static struct sb_source whole_row[1];
static uint64_t whole_now;

static uint64_t whole_cycles(void)
{
	return whole_now++;
}

const struct sb_hal sb_platform = {
	.cycles = whole_cycles,
	.sources = whole_row,
	.source_count = 1,
};

int whole_rounds(unsigned most)
{
	int result = SB_EAGAIN;

	while (most-- && result == SB_EAGAIN)
		result = seedbed_gather(&whole);
	return result;
}

int whole_start(const struct sb_source *row, unsigned most)
{
	seedbed_wipe(&whole);
	whole_row[0] = *row;
	CHECK(seedbed_init(&whole, &sb_platform) == SB_OK);
	return whole_rounds(most);
}

struct seedbed_report whole_report(void)
{
	struct seedbed_report report;

	CHECK(seedbed_inspect(&whole, 0, &report) == SB_OK);
	return report;
}

/* The console: what it is told is kept, with one space for several. */
const char board_name[] = "model";
const char *board_facts;
static char whole_text[2000];
static size_t whole_len;

void board_write(const char *text, size_t len)
{
	for (; len--; text++) {
		CHECK(whole_len < sizeof whole_text - 1);
		if (*text != ' ' || !whole_len || whole_text[whole_len - 1] != ' ')
			whole_text[whole_len++] = *text;
	}
	whole_text[whole_len] = 0;
}

int whole_says(const char *words)
{
	size_t len = 0;

	whole_len = 0;
	(void)receipt_print(&whole, SB_OK);
	while (words[len])
		len++;
	for (size_t i = 0; i + len <= whole_len; i++)
		if (memcmp(whole_text + i, words, len) == 0)
			return 1;
	user_say(whole_text);
	return 0;
}
