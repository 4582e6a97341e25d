/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arc4random of newlib or picolibc, which getentropy seeds. Where seedbed
 * refuses, the library ends the program by SIGKILL, and no number is drawn.
 */
#include <stdint.h>
#include <stdio.h>

/* They declare it for other targets or standards only. */
uint32_t arc4random(void);

#define ARC4RANDOM_DRAWN 8

int main(void)
{
	printf("draws\n");
	fflush(stdout);
	for (int i = 0; i < ARC4RANDOM_DRAWN; i++)
		printf("drawn %08lx\n", (unsigned long)arc4random());
	return 0;
}
