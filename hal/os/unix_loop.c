/* SPDX-License-Identifier: BSD-2-Clause */
/* poll as the event loop, and its clock. */
#define _DEFAULT_SOURCE /* clock_gettime, nanosleep */
#include <poll.h>
#include <time.h>
#include "sb_unix.h"

static struct sb_hook *unix_hooks;
/* poll passes over a negative descriptor. */
static struct pollfd unix_watched = { .fd = -1, .events = POLLIN };
static void (*unix_ready)(int fd);

uint64_t sb_unix_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}
SB_OWN(sb_unix_now);

void sb_unix_watch(int fd, void (*ready)(int fd))
{
	unix_watched.fd = fd;
	unix_ready = ready;
}
SB_OWN(sb_unix_watch);

/*
 * poll counts whole milliseconds, which are rounded down: the contract allows
 * an early end but no late one. The rest of the last millisecond is slept, or
 * the program would spin through it. An event during that sleep ends the next
 * wait.
 */
static void unix_wait(uint64_t deadline)
{
	sb_loop_run(unix_hooks);

	uint64_t now = sb_unix_now();
	uint64_t left = now < deadline ? deadline - now : 0;
	uint64_t ms = left / 1000000u;
	int ready = poll(&unix_watched, 1, ms < INT32_MAX ? (int)ms : INT32_MAX);

	if (ready > 0 && unix_ready)
		unix_ready(unix_watched.fd);
	if (ready == 0 && ms == 0 && left)
		(void)nanosleep(&(struct timespec){ .tv_nsec = (long)left }, NULL);
}

const struct sb_loop sb_unix_loop = {
	.now = sb_unix_now, .wait = unix_wait, .hooks = &unix_hooks, .harvest = &sb_harvest
};
SB_OWN(sb_unix_loop);
