/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock of the process. */
#define _DEFAULT_SOURCE /* PTHREAD_MUTEX_RECURSIVE */
#include <pthread.h>
#include "sb_unix.h"

static pthread_once_t unix_lock_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t unix_lock;

static void unix_lock_init(void)
{
	pthread_mutexattr_t attr;

	pthread_mutexattr_init(&attr);
	pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&unix_lock, &attr);
	pthread_mutexattr_destroy(&attr);
}

static void unix_lock_take(void)
{
	pthread_mutex_lock(&unix_lock);
}

/* The child makes the lock anew instead of unlocking it: a recursive lock knows
   its owner, and the child's only thread has another id. */
static void unix_lock_start(void)
{
	unix_lock_init();
	pthread_atfork(unix_lock_take, sb_unix_leave, unix_lock_init);
}

void sb_unix_enter(void)
{
	pthread_once(&unix_lock_once, unix_lock_start);
	unix_lock_take();
}
SB_OWN(sb_unix_enter);

void sb_unix_leave(void)
{
	pthread_mutex_unlock(&unix_lock);
}
SB_OWN(sb_unix_leave);
