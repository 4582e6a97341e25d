/* SPDX-License-Identifier: BSD-2-Clause */
#define _DEFAULT_SOURCE /* madvise, getentropy, MAP_ANONYMOUS */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include "sb_unix.h"

/* Where there is no getrandom(2) that can refuse to wait, getentropy(3) is what POSIX.1-2024 offers instead. */
#ifdef GRND_NONBLOCK
static ssize_t unix_random(void *buf, size_t len)
{
	return getrandom(buf, len, GRND_NONBLOCK);
}
#else
static ssize_t unix_random(void *buf, size_t len)
{
	return getentropy(buf, len) ? -1 : (ssize_t)len;
}
#endif

static int unix_getrandom_probe(void *ctx)
{
	uint8_t none[1];

	(void)ctx;
	return unix_random(none, 0) < 0 && errno != EAGAIN && errno != EINTR ? SB_ENODEV : SB_OK;
}

static int unix_getrandom_read(void *ctx, uint8_t *buf, size_t len)
{
	ssize_t n = unix_random(buf, len);

	(void)ctx;
	if (n > 0)
		return (int)n;
	return n < 0 && (errno == EAGAIN || errno == EINTR) ? SB_EAGAIN : SB_EIO;
}

static void unix_getrandom_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered on this side of the kernel */
}

const struct sb_driver sb_unix_getrandom = {
	.name = "unix-getrandom",
	.entropy = 2048,
	.width = 4,
	.flags = SB_CONDITIONED,
	.probe = unix_getrandom_probe,
	.read = unix_getrandom_read,
	.stop = unix_getrandom_stop,
};
SB_DRIVER(sb_unix_getrandom);

/* This life of the process. In a page that the kernel gives to a child as zeros, so that even a bare clone(2) is noticed, or, where
   there is no such page, cleared by pthread_atfork. */
struct unix_life {
	int alive; /* UNIX_ALIVE: id is filled in; UNIX_BORN: a thread is at it */
	uint8_t id[16];
};

enum { UNIX_UNBORN, UNIX_BORN, UNIX_ALIVE };

static pthread_once_t unix_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t unix_lock;
static struct unix_life unix_static_life, *unix_life = &unix_static_life;
static uint32_t unix_lives;

static void unix_lock_init(void)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&unix_lock, &attr);
	pthread_mutexattr_destroy(&attr);
}

static void unix_before_fork(void)
{
	pthread_mutex_lock(&unix_lock);
}

static void unix_after_fork(void)
{
	pthread_mutex_unlock(&unix_lock);
}

/* Not unlocked but made anew: a recursive lock knows its owner, and the child's only thread has another id. */
static void unix_in_child(void)
{
	unix_lock_init();
	unix_life->alive = UNIX_UNBORN;
}

static void unix_start(void)
{
	unix_lock_init();
	pthread_atfork(unix_before_fork, unix_after_fork, unix_in_child);
#ifdef MADV_WIPEONFORK /* Linux 4.14 */
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	if (madvise(page, size, MADV_WIPEONFORK) == 0)
		unix_life = page;
	else
		munmap(page, size);
#endif
}

void sb_unix_enter(void)
{
	pthread_once(&unix_once, unix_start);
	pthread_mutex_lock(&unix_lock);
}
SB_OWN(sb_unix_enter);

void sb_unix_leave(void)
{
	pthread_mutex_unlock(&unix_lock);
}
SB_OWN(sb_unix_leave);

#define UNIX_YIELDS 1000 /* for another thread's few stores */

/* The number of the process is not enough: it comes round again, and the first one of every container is 1. */
static void unix_begin_life(void)
{
	uint64_t now = sb_unix_now();
	uint32_t pid = (uint32_t)getpid();

	unix_lives++;
	memcpy(unix_life->id, &now, 8);
	memcpy(unix_life->id + 8, &pid, 4);
	memcpy(unix_life->id + 12, &unix_lives, 4); /* never zero, so neither is the id */
	__atomic_store_n(&unix_life->alive, UNIX_ALIVE, __ATOMIC_RELEASE);
}

/* Without the lock: the child of a bare clone(2) has it as another thread of its parent held it, for ever. */
int sb_unix_epoch(uint8_t id[16])
{
	int unborn = UNIX_UNBORN;

	pthread_once(&unix_once, unix_start);
	if (__atomic_load_n(&unix_life->alive, __ATOMIC_ACQUIRE) != UNIX_ALIVE &&
	    __atomic_compare_exchange_n(&unix_life->alive, &unborn, UNIX_BORN, 0, __ATOMIC_ACQUIRE,
					__ATOMIC_ACQUIRE))
		unix_begin_life();
	for (int i = 0; i < UNIX_YIELDS; i++) {
		if (__atomic_load_n(&unix_life->alive, __ATOMIC_ACQUIRE) == UNIX_ALIVE) {
			memcpy(id, unix_life->id, 16);
			return SB_OK;
		}
		sched_yield();
	}
	return SB_EAGAIN; /* an error counts as a change */
}
SB_OWN(sb_unix_epoch);

uint8_t sb_unix_distrust(void)
{
	const char *said = getenv("SEEDBED_DISTRUST");

	if (!said || strcmp(said, "all"))
		return said && !strcmp(said, "cpu") ? SB_LOCAL : 0;
	return SB_NOISE | SB_CONDITIONED | SB_SEED;
}
SB_OWN(sb_unix_distrust);

uint64_t sb_unix_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}
SB_OWN(sb_unix_now);

static struct sb_hook *unix_hooks;
static struct pollfd unix_watched = { .fd = -1,
				      .events = POLLIN }; /* poll passes over a negative one */
static void (*unix_ready)(int fd);

void sb_unix_watch(int fd, void (*ready)(int fd))
{
	unix_watched.fd = fd;
	unix_ready = ready;
}
SB_OWN(sb_unix_watch);

/* In whole milliseconds, rounded down: the contract allows an early end and no late one. What is left of the last one is slept, or the program
   would spin through it: an event then ends the next wait. */
static void unix_wait(uint64_t deadline)
{
	uint64_t now, left, ms;
	int ready;

	sb_loop_run(unix_hooks);
	now = sb_unix_now();
	left = now < deadline ? deadline - now : 0;
	ms = left / 1000000u;
	ready = poll(&unix_watched, 1, ms < INT32_MAX ? (int)ms : INT32_MAX);
	if (ready > 0 && unix_ready)
		unix_ready(unix_watched.fd);
	if (ready == 0 && ms == 0 && left)
		(void)nanosleep(&(struct timespec){ .tv_nsec = (long)left }, NULL);
}

const struct sb_loop sb_unix_loop = { .now = sb_unix_now, .wait = unix_wait, .hooks = &unix_hooks };
SB_OWN(sb_unix_loop);
