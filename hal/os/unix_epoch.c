/* SPDX-License-Identifier: BSD-2-Clause */
/* An id of the process that changes with fork and clone. */
#define _DEFAULT_SOURCE /* madvise, MAP_ANONYMOUS */
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "sb_unix.h"

/*
 * This life of the process. It lies in a page that the kernel gives to a child
 * as zeros, so that even a bare clone(2) is noticed. Where there is no such
 * page, pthread_atfork clears it.
 */
struct unix_life {
	/* UNIX_BORN: a thread is filling in id. UNIX_ALIVE: id is complete. */
	int alive;
	uint8_t id[16];
};

enum { UNIX_UNBORN, UNIX_BORN, UNIX_ALIVE };

/* As long as another thread may take for a few stores. */
#define UNIX_YIELDS 1000

static pthread_once_t unix_life_once = PTHREAD_ONCE_INIT;
static struct unix_life unix_static_life, *unix_life = &unix_static_life;
static uint32_t unix_lives;

static void unix_life_end(void)
{
	unix_life->alive = UNIX_UNBORN;
}

static void unix_life_place(void)
{
	pthread_atfork(NULL, NULL, unix_life_end);
#ifdef MADV_WIPEONFORK /* Linux 4.14 */
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == MAP_FAILED)
		return;
	if (madvise(page, size, MADV_WIPEONFORK) == 0)
		__atomic_store_n(&unix_life, page, __ATOMIC_RELEASE);
	else
		munmap(page, size);
#endif
}

/* The number of the process is not enough: it comes round again, and every
   container starts with 1. */
static void unix_life_begin(void)
{
	uint64_t now = sb_unix_now();
	uint32_t pid = (uint32_t)getpid();

	unix_lives++;
	memcpy(unix_life->id, &now, 8);
	memcpy(unix_life->id + 8, &pid, 4);
	/* this part is never zero, so the id is never zero */
	memcpy(unix_life->id + 12, &unix_lives, 4);
	__atomic_store_n(&unix_life->alive, UNIX_ALIVE, __ATOMIC_RELEASE);
}

/* 1 if there is an id. */
static int unix_life_read(uint8_t id[16])
{
	const struct unix_life *life = __atomic_load_n(&unix_life, __ATOMIC_ACQUIRE);
	int alive = __atomic_load_n(&life->alive, __ATOMIC_ACQUIRE) == UNIX_ALIVE;

	if (alive)
		__builtin_memcpy(id, life->id, 16); /* no call, though -ffreestanding */
	return alive;
}

/* It takes no lock. In the child of a bare clone(2), a lock that another thread
   of the parent held stays taken for ever. */
int sb_unix_epoch(uint8_t id[16])
{
	int unborn = UNIX_UNBORN;

	if (unix_life_read(id)) /* as in nearly each of the two looks of a read */
		return SB_OK;
	pthread_once(&unix_life_once, unix_life_place);
	if (__atomic_load_n(&unix_life->alive, __ATOMIC_ACQUIRE) != UNIX_ALIVE &&
	    __atomic_compare_exchange_n(&unix_life->alive, &unborn, UNIX_BORN, 0, __ATOMIC_ACQUIRE,
					__ATOMIC_ACQUIRE))
		unix_life_begin();
	for (int i = 0; i < UNIX_YIELDS; i++) {
		if (unix_life_read(id))
			return SB_OK;
		sched_yield();
	}
	return SB_EAGAIN; /* an error counts as a change */
}
SB_OWN(sb_unix_epoch);
