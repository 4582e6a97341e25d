/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * loop.c on the board's loop with one thing wrong. Each must fail. The hooks
 * are in a list of this file, so the board's own loop only sleeps.
 */
#include "board.h"
#include "seedbed.h"

static const struct sb_loop red_loop, *red_chosen = &red_loop;
static int red_event(void);
#define LOOP red_chosen
#define LOOP_EVENT red_event
#include "loop.c"

#define RED_LATE (LOOP_SLACK + 100 * LOOP_MS)
#define RED_HOOKS 4

static struct sb_hook *red_hooks;
static unsigned red_events;

__attribute__((unused)) static void red_run(void)
{
#if defined(ONE_HOOK)
	if (red_hooks)
		red_hooks->run(red_hooks->ctx);
#elif defined(SKIPS)
	struct sb_hook **at = &red_hooks;

	while (*at) {
		(*at)->run((*at)->ctx);
		if (*at) /* if the hook removed itself, this is the next one */
			at = &(*at)->next;
	}
#elif defined(KEEPS_HOOKS)
	static struct sb_hook *kept[RED_HOOKS];

	for (struct sb_hook *hook = red_hooks; hook; hook = hook->next) {
		unsigned i = 0;

		while (i < RED_HOOKS - 1 && kept[i] && kept[i] != hook)
			i++;
		kept[i] = hook;
	}
	for (unsigned i = 0; i < RED_HOOKS && kept[i]; i++)
		kept[i]->run(kept[i]->ctx);
#else
	sb_loop_run(red_hooks);
#endif
}

__attribute__((unused)) static void red_until(uint64_t deadline)
{
	while (sb_platform.loop->now() < deadline)
		sb_platform.loop->wait(deadline);
}

static uint64_t red_now(void)
{
#ifdef CLOCK_STANDS
	return 12345;
#else
	return sb_platform.loop->now();
#endif
}

static int red_event(void)
{
#ifdef OVERSLEEPS
	return -1; /* as if there were no events: it is slow enough without */
#endif
	red_events++;
	return board_event();
}

static void red_wait(uint64_t deadline)
{
	unsigned events = red_events;

#ifdef FORGETS_THE_PAST
	if (deadline <= red_now())
		return;
#endif
#ifndef WITHOUT_HOOKS
	red_run();
#endif
#ifdef HOOKS_TWICE
	red_run();
#endif
#ifdef OVERSLEEPS
	if (deadline)
		red_until((deadline < red_now() ? red_now() : deadline) + RED_LATE);
#elif defined(SPINS)
	return;
#elif defined(STAYS_AWAKE)
	if (red_events)
		return;
#elif defined(WITHOUT_EVENTS)
	red_until(deadline < red_now() + LOOP_FAR ? deadline : red_now() + LOOP_FAR);
#elif defined(LOSES_EVENTS)
	if (red_events != events)
		sb_platform.loop->wait(red_now() + LOOP_FAR);
#endif
	(void)events;
	if (deadline > sb_platform.loop->now())
		sb_platform.loop->wait(deadline);
}

static const struct sb_loop red_loop = {
	.now = red_now, .wait = red_wait, .hooks = &red_hooks, .harvest = &sb_harvest
};
