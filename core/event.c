/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * Interrupts call this. They preempt each other and every other function, on
 * CPUs without atomic instructions. So it touches only two words of its own, by
 * plain loads and stores. Two nested events may lose one of them. Nothing else
 * depends on these words.
 *
 * Each instruction counts (the test programs count and step print how many
 * there are). Two choices save one each on x86-64: it tests s->hal instead of
 * s->cycles, and it changes the words in place. Doubling instead of a rotation
 * saves one on Cortex-M0. With it the word keeps the times of the last 32
 * events, and it has no room for more.
 */
void seedbed_event(struct seedbed *s, uint32_t tag)
{
	if (!s->hal)
		return;
	s->tags += tag;
	s->times += s->times;
	s->times += (uint32_t)s->cycles();
}
SB_OWN(seedbed_event);

void sb_event_drain(struct seedbed *s)
{
	/* volatile reads each word once: an event may come between two reads */
	const volatile struct seedbed *now = s;
	const uint32_t word[2] = { now->tags, now->times };
	uint32_t mark = word[0] + word[1];
	uint8_t bytes[sizeof word];

	if (mark == s->drained)
		return;
	s->drained = mark;
	sb_bytes(bytes, word, sizeof bytes);
	sb_pool_mix(s, SB_FRAME_EVENT, 0, bytes, sizeof bytes);
	sb_consumers(s, SEEDBED_FROM_EVENTS, bytes, sizeof bytes);
}
SB_OWN(sb_event_drain);
