/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counter of a board is what its cycle_bits say: it moves, and no bit above
 * them does. With 0 bits it stands. CLAIMS: a counter that stands is said to
 * move.
 */
#include "board.h"
#include "stress.h"

#ifdef CLAIMS
#define COUNTER_CYCLES stress_no_counter
#define COUNTER_BITS 32u
#else
#define COUNTER_CYCLES sb_platform.cycles
#define COUNTER_BITS sb_platform.cycle_bits
#endif
#define COUNTER_READS 1000000u

int main(void)
{
	uint64_t first = COUNTER_CYCLES(), above = 0;
	unsigned bits = COUNTER_BITS;
	uint32_t moves = 0;

	for (uint32_t i = 0; i < COUNTER_READS; i++) {
		uint64_t now = COUNTER_CYCLES();

		moves += now != first;
		above |= bits < 64 ? (now ^ first) >> bits : 0;
	}
	stress_say("bits", bits);
	stress_say("moves", moves);
	stress_say("above", above != 0);
	return (moves != 0) != (bits != 0) || above;
}
