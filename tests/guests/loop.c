/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Holds any board's event loop to hal/sb_loop.h and boards/common/board.h. Two
 * instances of seedbed are hooked into it. Their source only counts how often
 * it is asked, which is once in each harvest.
 *
 * Status: 0 all passed; 2 a check failed. If board_event returns -1, no line is
 * about events.
 */
#include "board.h"
#include "checks.h"
#include "print.h"
#include "seedbed.h"

#ifndef LOOP /* loop_red.c: loops with one thing wrong */
#define LOOP sb_platform.loop
#define LOOP_EVENT board_event
#endif

#define LOOP_TIMES 5
#define LOOP_MS 1000000ull
#define LOOP_WAIT (200 * LOOP_MS) /* must be slept through */
#define LOOP_FAR (2000 * LOOP_MS) /* must never be reached */
/* How late a guest under emulation may be on a busy machine. */
#define LOOP_SLACK (1500 * LOOP_MS)
/* after an event, in one of LOOP_TIMES tries */
#define LOOP_SOON (200 * LOOP_MS)
/*
 * An interrupt each millisecond ends as many waits in LOOP_WAIT, and a few
 * more.
 */
#define LOOP_WAITS 400

static struct seedbed loop_bed[2];
static uint32_t loop_asked[2], loop_runs[2];

static int loop_probe(void *ctx)
{
	(void)ctx;
	return SB_OK;
}

static int loop_read(void *ctx, uint8_t *buf, size_t len)
{
	(void)buf;
	(void)len;
	++*(uint32_t *)ctx;
	return SB_EAGAIN;
}

static void loop_stop(void *ctx)
{
	(void)ctx;
}

static const struct sb_driver loop_driver = {
	.name = "test-counting",
	SB_ASSESSED(2048, 4),
	.flags = SB_CONDITIONED,
	.probe = loop_probe,
	.read = loop_read,
	.stop = loop_stop,
};
SB_DRIVER(loop_driver);

static const struct sb_source loop_source[2] = { { &loop_driver, &loop_asked[0], 0 },
						 { &loop_driver, &loop_asked[1], 0 } };
static struct sb_hal loop_hal[2];

static int loop_init(unsigned i)
{
	loop_hal[i] = (struct sb_hal){ .cycles = sb_platform.cycles,
				       .loop = LOOP,
				       .sources = &loop_source[i],
				       .source_count = 1 };
	return seedbed_init(&loop_bed[i], &loop_hal[i]) == SB_OK;
}

/* Whether each of some waits was this many harvests of each instance. */
static int loop_harvests(uint32_t first, uint32_t second)
{
	loop_asked[0] = loop_asked[1] = 0;
	for (unsigned i = 0; i < LOOP_TIMES; i++)
		LOOP->wait(0);
	return loop_asked[0] == first * LOOP_TIMES && loop_asked[1] == second * LOOP_TIMES;
}

static void loop_count(void *ctx)
{
	++*(uint32_t *)ctx;
}

/*
 * Takes the place of a wiped instance's hook. A loop that had kept the hook
 * would otherwise call NULL.
 */
static void loop_wipe(unsigned i)
{
	seedbed_wipe(&loop_bed[i]);
	loop_bed[i].hook = (struct sb_hook){ .run = loop_count, .ctx = &loop_runs[i] };
	loop_runs[i] = 0;
}

static void loop_instances(void)
{
	checks_say("each wait is one harvest, though its deadline is past",
		   loop_init(0) && loop_harvests(1, 0));
	checks_say("and no more after a second init", loop_init(0) && loop_harvests(1, 0));
	checks_say("of each of two instances", loop_init(1) && loop_harvests(1, 1));
	loop_wipe(0);
	checks_say("of the other alone when one is wiped",
		   loop_harvests(0, 1) && loop_runs[0] == 0);
	checks_say("and again of both", loop_init(0) && loop_harvests(1, 1));
	loop_wipe(0);
	loop_wipe(1);
	checks_say("of none when both are",
		   loop_harvests(0, 0) && loop_runs[0] == 0 && loop_runs[1] == 0);
}

static struct sb_hook loop_first = { .run = loop_count, .ctx = &loop_runs[0] };
static struct sb_hook loop_last = { .run = loop_count, .ctx = &loop_runs[1] };

static void loop_leaves(void *ctx)
{
	++*(uint32_t *)ctx;
	sb_loop_remove(LOOP->hooks, &loop_first);
}

static void loop_hooks(void)
{
	loop_runs[0] = loop_runs[1] = 0;
	sb_loop_add(LOOP->hooks, &loop_first);
	sb_loop_add(LOOP->hooks, &loop_last);
	sb_loop_add(LOOP->hooks, &loop_first);
	LOOP->wait(0);
	checks_say("a hook that is put in twice runs once", loop_runs[0] == 1 && loop_runs[1] == 1);
	loop_first.run = loop_leaves;
	LOOP->wait(0);
	LOOP->wait(0);
	checks_say("a hook takes itself out, and the next one runs",
		   loop_runs[0] == 2 && loop_runs[1] == 3);
	sb_loop_remove(LOOP->hooks, &loop_first);
	sb_loop_remove(LOOP->hooks, &loop_last);
	LOOP->wait(0);
	checks_say("one that is not in cannot be taken out",
		   loop_runs[0] == 2 && loop_runs[1] == 3);
}

/* Waits as programs do. Returns how many waits that took. */
static uint32_t loop_sleep(uint64_t deadline)
{
	uint32_t waits = 0;

	for (; waits < LOOP_WAITS && LOOP->now() < deadline; waits++)
		LOOP->wait(deadline);
	return waits;
}

static uint64_t loop_takes(uint64_t deadline)
{
	uint64_t begin = LOOP->now();

	LOOP->wait(deadline);
	return LOOP->now() - begin;
}

static int loop_sleeps(void)
{
	uint64_t deadline = LOOP->now() + LOOP_WAIT;

	return loop_sleep(deadline) < LOOP_WAITS && LOOP->now() < deadline + LOOP_SLACK;
}

static void loop_deadlines(void)
{
	uint64_t begin = LOOP->now();
	uint32_t waits;

	checks_say("a deadline in the past ends a wait at once",
		   loop_takes(0) < LOOP_SLACK && loop_takes(begin) < LOOP_SLACK);
	checks_say("any other by its time, and until then it sleeps", loop_sleeps());
	loop_asked[0] = 0;
	waits = loop_init(0) ? loop_sleep(LOOP->now() + LOOP_WAIT) : 0;
	checks_say("harvests before each sleep", waits && loop_asked[0] == waits);
	loop_wipe(0);
}

/*
 * Whether an event ends a wait that is far from its deadline. The event is made
 * before each wait, or else by a hook.
 */
static int loop_prompt(uint64_t far, int make)
{
	uint64_t least = UINT64_MAX, most = 0;

	for (unsigned i = 0; i < LOOP_TIMES && most < LOOP_SLACK; i++) {
		int made = make ? LOOP_EVENT() : 0;
		uint64_t now = LOOP->now(),
			 took = loop_takes(far < UINT64_MAX - now ? now + far : UINT64_MAX);

		least = took < least ? took : least;
		most = took > most ? took : most;
		if (made != 0)
			return 0;
	}
	return least < LOOP_SOON && most < LOOP_SLACK;
}

static void loop_raise(void *ctx)
{
	*(int *)ctx |= LOOP_EVENT();
}

static void loop_events(void)
{
	static int failed;
	static struct sb_hook raiser = { .run = loop_raise, .ctx = &failed };
	int ends;

	if (LOOP_EVENT() != 0)
		return;
	ends = loop_prompt(LOOP_FAR, 1);
	checks_say("an event ends the wait that comes next", ends);
	checks_say("and one without a deadline", ends && loop_prompt(UINT64_MAX, 1));
	checks_say("does not stay", LOOP_EVENT() == 0 && LOOP_EVENT() == 0 && loop_sleeps());
	checks_say("leaves a deadline in the past alone",
		   LOOP_EVENT() == 0 && loop_takes(0) < LOOP_SLACK && loop_sleeps());
	sb_loop_add(LOOP->hooks, &raiser);
	ends = loop_prompt(LOOP_FAR, 0);
	sb_loop_remove(LOOP->hooks, &raiser);
	checks_say("is not slept through when a hook makes it", ends && !failed && loop_sleeps());
}

int main(void)
{
	uint64_t begin;

	checks_say("there is a loop", LOOP != NULL);
	if (LOOP) {
		begin = LOOP->now();
		loop_instances();
		loop_hooks();
		loop_deadlines();
		loop_events();
		checks_say("its clock moves on", LOOP->now() > begin);
	}
	return checks_end() ? 2 : 0;
}
