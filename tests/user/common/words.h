/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a driver reads an instruction that gives words. The program answers the
 * instruction by words_answer. The bytes of all words count up from 0.
 */
#ifndef WORDS_H
#define WORDS_H

#include "sb_hal.h"
#include "user.h"

/* `fails` times without success before each word, and `most` words in all. */
static struct {
	unsigned fails, most, given;
} words;

static uint8_t words_buf[70];

/* Nonzero: this call, the first is 1, gives a word. */
static int words_answer(uint64_t *reg, unsigned call)
{
	*reg = 0xeeeeeeeeeeeeeeee;
	if (words.given == words.most || call % (words.fails + 1))
		return 0;
	*reg = 0x0706050403020100 + 0x0808080808080808 * words.given++;
	return 1;
}

static int words_take(const struct sb_source *row, unsigned *calls, size_t len, unsigned fails,
		      unsigned most)
{
	for (size_t i = 0; i < sizeof words_buf; i++)
		words_buf[i] = 0xa5;
	*calls = words.given = 0;
	words.fails = fails;
	words.most = most;
	return row->driver->read(row->ctx, words_buf, len);
}

static int words_hold(size_t len)
{
	for (size_t i = 0; i < sizeof words_buf; i++)
		if (words_buf[i] != (i < len ? i : 0xa5))
			return 0;
	return 1;
}

/* The instruction is tried so often for a word, and no byte of a failed try is
   used. */
static void words_in_so_many_tries(const struct sb_source *row, unsigned *calls, unsigned tries,
				   int dry)
{
	for (size_t len = 1; len <= 64; len++) {
		CHECK(words_take(row, calls, len, 0, 100) == (int)len);
		CHECK(*calls == (len + 7) / 8);
		CHECK(words_hold(len));
	}
	CHECK(words_take(row, calls, 64, tries - 1, 100) == 64);
	CHECK(*calls == 8 * tries);
	CHECK(words_hold(64));
	CHECK(words_take(row, calls, 64, tries, 100) == dry);
	CHECK(*calls == tries);
	CHECK(words_take(row, calls, 64, 0, 3) == 24);
	CHECK(*calls == 3 + tries);
	CHECK(words_hold(24));
	CHECK(words_take(row, calls, 17, 0, 2) == 16);
	CHECK(words_take(row, calls, 1, 0, 0) == dry);
	CHECK(words_hold(0));
	row->driver->stop(row->ctx);
	CHECK(*calls == tries);
}

static volatile uint64_t words_secret = 0x9e3779b97f4a7c15;

static int words_step(uint64_t *word)
{
	*word = words_secret;
	return 1;
}

/* Neither the copy that became bytes, nor the end that did not fit. */
static void words_leave_the_stack(int (*read)(int (*step)(uint64_t *word), unsigned tries,
					      uint8_t *buf, size_t len))
{
	const volatile uint64_t *stack = __builtin_frame_address(0);
	unsigned found = 0;

	CHECK(read(words_step, 1, words_buf, 9) == 9);
	for (unsigned i = 0; i < 256; i++)
		found += *stack-- == words_secret;
	CHECK(found == 0);
}

#endif
