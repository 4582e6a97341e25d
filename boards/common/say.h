/* SPDX-License-Identifier: BSD-2-Clause */
/* Words and numbers on the console, for a line about a fault. */
#ifndef SAY_H
#define SAY_H

#include "board.h"
#include "hex.h"

#define SAY_WORD (2 * sizeof(uintptr_t)) /* digits of a whole word */

static inline void say(const char *text)
{
	board_write(text, __builtin_strlen(text));
}

/* In decimal. value: below 100. */
static inline void say_number(unsigned value)
{
	char digits[2] = { (char)('0' + value / 10), (char)('0' + value % 10) };

	board_write(digits + (value < 10), value < 10 ? 1 : 2);
}

/* The lowest digits of a value behind its name: SAY_WORD of them at most. */
static inline void say_hex(const char *name, uintptr_t value, size_t digits)
{
	char text[SAY_WORD];

	hex_digits(text, digits, value);
	say(name);
	board_write(text, digits);
}

#endif
