/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For ThreadSanitizer. Some threads read, each from an instance of its own,
 * which seedbed_split made, and from the shared one. One thread calls
 * seedbed_event on all instances. One thread runs the loop that all instances
 * name.
 *
 * WITHOUT_LOCK: the shared instance has no lock. ONE_INSTANCE: all threads read
 * from the same instance.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include "stress.h"

#define THREADS 3
#define READS 4000

/*
 * An event writes two words with plain accesses, and an event may be lost. The
 * drain reads those words (core/event.c). In these two functions alone may
 * accesses race. race_top stands for a function's own accesses, without those
 * of the functions that it calls. tests/unit/test_event.c tests what an event
 * may touch.
 */
const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
	return "race_top:^seedbed_event$\nrace_top:^sb_event_drain$\n";
}

static struct stress_source race_source[THREADS + 2];
static struct sb_source race_sources[THREADS + 2];
static struct sb_hal race_hal[THREADS + 1];
static struct seedbed race_parent, race_bed[THREADS];
static uint64_t race_words[THREADS][2 * READS];
static int race_failed[THREADS], race_stop;

#ifdef WITHOUT_LOCK
static void race_enter(void)
{
}

static void race_leave(void)
{
}
#else
static pthread_mutex_t race_mutex = PTHREAD_MUTEX_INITIALIZER;

static void race_enter(void)
{
	pthread_mutex_lock(&race_mutex);
}

static void race_leave(void)
{
	pthread_mutex_unlock(&race_mutex);
}
#endif

static struct sb_hook *race_hooks;

static uint64_t race_now(void)
{
	return 0;
}

static void race_wait(uint64_t deadline)
{
	(void)deadline;
	sb_loop_run(race_hooks);
}

static const struct sb_loop race_loop = { race_now, race_wait, &race_hooks, &sb_harvest };

const struct sb_hal sb_platform = {
	.cycles = stress_no_counter,
	.loop = &race_loop,
	.enter = race_enter,
	.leave = race_leave,
	.sources = &race_sources[THREADS + 1],
	.source_count = 1,
};

static void *race_reader(void *number)
{
	size_t i = (size_t)number;
#ifdef ONE_INSTANCE
	struct seedbed *s = &race_bed[0];
#else
	struct seedbed *s = &race_bed[i];
#endif
	uint8_t block[16];

	for (int n = 0; n < READS; n++) {
		race_failed[i] += seedbed_read(s, block, sizeof block) != SB_OK;
		race_words[i][2 * n] = stress_word(block);
		race_failed[i] += seedbed_random(block, sizeof block) != SB_OK;
		race_words[i][2 * n + 1] = stress_word(block);
		if (n % 16 == 0)
			race_failed[i] += seedbed_gather(s) != SB_OK;
	}
	return NULL;
}

static void *race_events(void *none)
{
	(void)none;
	for (uint32_t tag = 1; !__atomic_load_n(&race_stop, __ATOMIC_RELAXED); tag++) {
		seedbed_event(seedbed_shared(), tag);
		for (int i = 0; i < THREADS; i++)
			seedbed_event(&race_bed[i], tag);
	}
	return NULL;
}

static void *race_waits(void *none)
{
	while (!__atomic_load_n(&race_stop, __ATOMIC_RELAXED))
		race_loop.wait(0);
	return none;
}

static int race_prepare(void)
{
	uint8_t block[16];
	int result;

	for (int i = 0; i < THREADS + 2; i++) {
		race_source[i].state = 1;
		race_sources[i] = (struct sb_source)STRESS_SOURCE(&race_source[i]);
	}
	for (int i = 0; i <= THREADS; i++)
		race_hal[i] = (struct sb_hal){ .cycles = stress_no_counter,
					       .loop = &race_loop,
					       .sources = &race_sources[i],
					       .source_count = 1 };
	race_hal[THREADS].loop = NULL;      /* the parent has no lock */
	race_source[THREADS + 1].state = 2; /* of the shared instance */
	result = stress_ready(&race_parent, &race_hal[THREADS]);
	for (int i = 0; i < THREADS && result == SB_OK; i++)
		result = seedbed_split(&race_bed[i], &race_parent, &race_hal[i]);
	return result == SB_OK ? seedbed_random(block, sizeof block) : result;
}

int main(void)
{
	pthread_t reader[THREADS], events, waits;
	int failed = race_prepare() != SB_OK;
	size_t twice;

	pthread_create(&events, NULL, race_events, NULL);
	pthread_create(&waits, NULL, race_waits, NULL);
	for (size_t i = 0; i < THREADS; i++)
		pthread_create(&reader[i], NULL, race_reader, (void *)i);
	for (int i = 0; i < THREADS; i++)
		pthread_join(reader[i], NULL);
	__atomic_store_n(&race_stop, 1, __ATOMIC_RELAXED);
	pthread_join(events, NULL);
	pthread_join(waits, NULL);
	for (int i = 0; i < THREADS; i++)
		failed += race_failed[i];
	twice = stress_twice(race_words[0], (size_t)THREADS * 2 * READS);
	printf("reads %d\nfailed %d\ntwice %zu\n", THREADS * 2 * READS, failed, twice);
	return failed || twice;
}
