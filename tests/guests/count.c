/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counts what seedbed_event costs on a Cortex-M0 in instructions, with the call
 * and the board's counter. Run it with `-icount shift=0`: then each instruction
 * takes one nanosecond of the time that the board's 16 MHz counter shows. So
 * the counter counts instructions.
 */
#include "board.h"
#include "stress.h"

#define COUNT_CALLS 16000u  /* one instruction in each of them is 256 ticks */
#define COUNT_OF_NOTHING 2u /* the call, and bx lr */

static struct seedbed count_bed;

static void __attribute__((noinline)) count_nothing(struct seedbed *s, uint32_t tag)
{
	__asm__ volatile("" : : "r"(s), "r"(tag));
}

static uint32_t count_ticks(void (*call)(struct seedbed *, uint32_t))
{
	uint32_t begin = (uint32_t)sb_platform.cycles();

	for (uint32_t i = 0; i < COUNT_CALLS; i++)
		call(&count_bed, i);
	return (uint32_t)sb_platform.cycles() - begin;
}

int main(void)
{
	uint32_t ticks, more;

	if (seedbed_init(&count_bed, &sb_platform) != SB_OK)
		return 2;
	ticks = count_ticks(count_nothing);
	more = count_ticks(seedbed_event) - ticks;
	stress_say("event instructions", COUNT_OF_NOTHING + ((more + 128) >> 8));
	return 0;
}
