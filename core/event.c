/* SPDX-License-Identifier: BSD-2-Clause */
#include "core.h"

/*
 * Called from interrupts that preempt each other and every other function, on CPUs without atomic instructions: it touches only words of
 * its own, each by plain loads and stores. Two that meet may lose one event; nothing else depends on these words.
 */
void seedbed_event(struct seedbed *s, uint32_t tag)
{
	const struct sb_hal *hal = s ? s->hal : NULL;
	uint32_t n;

	if (!hal)
		return;
	n = s->events;
	s->events = n + 1;
	s->ring[n & 7] += (uint32_t)hal->cycles() ^ sb_rotate_right(tag, 8);
}

void sb_event_drain(struct seedbed *s)
{
	uint32_t word[8];
	uint32_t n = s->events;

	if (n == s->drained)
		return;
	s->drained = n;
	for (size_t i = 0; i < 8; i++)
		word[i] = s->ring[i];
	sb_pool_mix(s, SB_FRAME_EVENT, 0, (uint8_t *)word, sizeof word);
	sb_handler_give(s, SEEDBED_FROM_EVENTS, (uint8_t *)word, sizeof word);
	sb_wipe(word, sizeof word);
}
