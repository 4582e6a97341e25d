/* SPDX-License-Identifier: BSD-2-Clause */
/* tests/loop.c on the board's loop with one thing wrong: each must be red. The hooks are kept here, so that the board's own loop only sleeps. */
#include "board.h"
#include "seedbed.h"

static const struct sb_loop red_loop, *red_chosen = &red_loop;
static int red_event(void);
#define LOOP red_chosen
#define LOOP_EVENT red_event
#include "loop.c"

#define RED_LATE (LOOP_SLACK + 100 * LOOP_MS)
#define RED_HOOKS 4

#if defined(ONE_HOOK)
#define RED_MOST 1
#else
#define RED_MOST RED_HOOKS
#endif

static struct sb_hook *red_hook[RED_HOOKS];
static unsigned red_hooks, red_events;

static void red_at_enter(struct sb_hook *hook)
{
#ifndef ADDS_TWICE
	for (unsigned i = 0; i < red_hooks; i++)
		if (red_hook[i] == hook)
			return;
#endif
	if (red_hooks == RED_MOST)
		red_hooks--;
	red_hook[red_hooks++] = hook;
}

static void red_remove(struct sb_hook *hook)
{
#ifndef KEEPS_HOOKS
	unsigned left = 0;

	for (unsigned i = 0; i < red_hooks; i++)
		if (red_hook[i] != hook)
			red_hook[left++] = red_hook[i];
	red_hooks = left;
#else
	(void)hook;
#endif
}

__attribute__((unused)) static void red_run(void)
{
#ifdef SKIPS
	for (unsigned i = 0; i < red_hooks; i++) /* the next one, when this one takes itself out, is passed over */
		red_hook[i]->run(red_hook[i]->ctx);
#else
	struct sb_hook *hook[RED_HOOKS];
	unsigned n = red_hooks;

	for (unsigned i = 0; i < n; i++)
		hook[i] = red_hook[i];
	for (unsigned i = 0; i < n; i++)
		hook[i]->run(hook[i]->ctx);
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
	return -1; /* as if there were none: it is slow enough without */
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

static const struct sb_loop red_loop = { .now = red_now, .wait = red_wait, .at_enter = red_at_enter, .remove = red_remove };
