/* SPDX-License-Identifier: BSD-2-Clause */
/* The line that ends every run, and how often a run may fail to print it. */
#include "exit_line.h"
#include <stdint.h>
#include "board.h"

static volatile unsigned exit_faults;

unsigned exit_fault(void)
{
	return exit_faults++;
}

/*
 * The digits come by subtraction. A Cortex-M0 has no division, and boards are
 * linked without the helper functions of the compiler.
 */
void exit_line(int status)
{
	static const uint32_t power[] = { 1000000000, 100000000, 10000000, 1000000, 100000,
					  10000,      1000,      100,      10,      1 };
	char digits[sizeof power / sizeof *power];
	uint32_t left = status < 0 ? 0u - (uint32_t)status : (uint32_t)status;
	size_t first = 0;

	if (exit_faults > 1)
		return;
	for (size_t i = 0; i < sizeof digits; i++)
		for (digits[i] = '0'; left >= power[i]; digits[i]++) {
			left -= power[i];
			/* without this clang divides */
			__asm__ volatile("" : "+r"(left));
		}
	while (first + 1 < sizeof digits && digits[first] == '0')
		first++;
	board_write("[exit -", status < 0 ? 7 : 6);
	board_write(digits + first, sizeof digits - first);
	board_write("]\n", 2);
}
