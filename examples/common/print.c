/* SPDX-License-Identifier: BSD-2-Clause */
#include "print.h"
#include "board.h"

#define PRINT_DIGITS 20 /* those of 2^64 - 1 */
#define PRINT_HEX 64    /* a call of a console may take long */

size_t print_text(const char *text)
{
	size_t len = 0;

	while (text[len])
		len++;
	board_write(text, len);
	return len;
}

/*
 * The digits come by subtraction. A Cortex-M0 has no division, and programs are
 * linked without the helper functions of the compiler.
 */
static void print_digits(char digits[PRINT_DIGITS], uint64_t n)
{
	/* clang-format off */
	static const uint64_t power[PRINT_DIGITS] = {
		10000000000000000000u, 1000000000000000000u, 100000000000000000u,
		10000000000000000u, 1000000000000000u, 100000000000000u, 10000000000000u,
		1000000000000u, 100000000000u, 10000000000u, 1000000000u, 100000000u, 10000000u,
		1000000u, 100000u, 10000u, 1000u, 100u, 10u, 1u
	};
	/* clang-format on */

	for (size_t i = 0; i < PRINT_DIGITS; i++)
		for (digits[i] = '0'; n >= power[i]; n -= power[i]) {
			digits[i]++;
			/* without this clang divides */
			__asm__ volatile("" : "+r"(n));
		}
}

/* How many zeros to leave out in front of the digit at `last`. */
static size_t print_skip(const char *digits, size_t last)
{
	size_t first = 0;

	while (first < last && digits[first] == '0')
		first++;
	return first;
}

size_t print_number(uint64_t n)
{
	char digits[PRINT_DIGITS];
	size_t first;

	print_digits(digits, n);
	first = print_skip(digits, PRINT_DIGITS - 1);
	board_write(digits + first, PRINT_DIGITS - first);
	return PRINT_DIGITS - first;
}

size_t print_seconds(uint64_t ns)
{
	char digits[PRINT_DIGITS];
	size_t point = PRINT_DIGITS - 9, first;

	print_digits(digits, ns);
	first = print_skip(digits, point - 1);
	board_write(digits + first, point - first);
	board_write(".", 1);
	board_write(digits + point, 3);
	return point - first + 4;
}

size_t print_fraction(uint32_t n256)
{
	size_t used = print_number(n256 >> 8) + 5;
	char digits[5] = { '.' };

	for (size_t i = 1; i < sizeof digits; i++) {
		n256 = (n256 & 255) * 10;
		digits[i] = (char)('0' + (n256 >> 8));
	}
	board_write(digits, sizeof digits);
	return used;
}

size_t print_hex(const uint8_t *bytes, size_t len)
{
	char digits[PRINT_HEX];
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		digits[used++] = "0123456789abcdef"[bytes[i] >> 4];
		digits[used++] = "0123456789abcdef"[bytes[i] & 15];
		if (used == sizeof digits || i + 1 == len) {
			board_write(digits, used);
			used = 0;
		}
	}
	return 2 * len;
}

size_t print_pad(size_t used, size_t width)
{
	do
		board_write(" ", 1);
	while (++used < width);
	return used;
}
