/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * Called from interrupts that preempt each other and every other function, on CPUs without atomic instructions: it touches only two words
 * of its own, by plain loads and stores. Two that meet may lose one event; nothing else depends on these words. Each instruction counts
 * (tests/guest_count.c, tests/unix_step.c): a check of another member than the one that is called, and words that are changed where they
 * lie, save one each on x86-64; doubling instead of a rotation saves one on Cortex-M0, and keeps the times of the last 32 events in a word
 * that holds no more.
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
	const volatile struct seedbed *now =
		s; /* each word once: an event may come between any two */
	const uint32_t word[2] = { now->tags, now->times };
	uint32_t mark = word[0] + word[1];
	uint8_t bytes[sizeof word];

	if (mark == s->drained)
		return;
	s->drained = mark;
	sb_bytes(bytes, word, sizeof bytes);
	sb_pool_mix(s, SB_FRAME_EVENT, 0, bytes, sizeof bytes);
	sb_consumer_give(s, SEEDBED_FROM_EVENTS, bytes, sizeof bytes);
}
SB_OWN(sb_event_drain);
