/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writes over its stack on purpose. With a stack protector the board must print
 * one line, then end with 1. Without one nobody knows.
 */
#include "board.h"

int main(void);

/*
 * Over the word behind the array, and not as far as the end of the stack.
 * Compilers must not know it.
 */
static volatile unsigned smash_length = 24;

static __attribute__((noinline)) int smash(void)
{
	volatile char room[8];
	volatile char *at = room;

	for (unsigned i = 0; i < smash_length; i++)
		at[i] = 'Z';
	return room[0];
}

int main(void)
{
	board_write("smashes its stack\n", 18);
	return smash() == 0;
}
