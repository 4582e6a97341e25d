/* SPDX-License-Identifier: BSD-2-Clause */
#include "board.h"
#include "exit_line.h"

void board_exit_line(int status)
{
	char digits[12];
	size_t at = sizeof(digits);
	unsigned left = status < 0 ? 0u - (unsigned)status : (unsigned)status;

	do {
		digits[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (status < 0)
		digits[--at] = '-';
	board_write("[exit ", 6);
	board_write(digits + at, sizeof(digits) - at);
	board_write("]\n", 2);
}
