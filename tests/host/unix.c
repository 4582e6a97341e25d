/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Unix process as a machine, over a kernel by script: the calls below stand
 * in the place of the C library's. Needs hal/os.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "sb_unix.h"

#define UNIX_SECOND 1000000000ull

static struct {
	uint64_t now;
	pid_t pid;              /* 0: the real one */
	void (*in_clock)(void); /* within the next reading of the clock */
	unsigned yields;
	ssize_t given; /* by getrandom; negative: -errno */
	size_t asked;
	unsigned flags;
	int poll_result, poll_timeout;
	struct pollfd polled;
	unsigned polls, sleeps;
	struct timespec slept;
	int no_page, no_wipe; /* mmap and madvise fail */
	void *page;
	size_t page_size;
	unsigned unmapped, advised;
	int protection, flags_of_page, fd;
	unsigned attributes, destroyed; /* of a mutex */
} kernel;

int clock_gettime(clockid_t clock, struct timespec *t)
{
	void (*in_clock)(void) = kernel.in_clock;

	kernel.in_clock = NULL;
	if (in_clock)
		in_clock();
	t->tv_sec = clock == CLOCK_MONOTONIC ? (time_t)(kernel.now / UNIX_SECOND) : 1;
	t->tv_nsec = (long)(kernel.now % UNIX_SECOND);
	return 0;
}

pid_t getpid(void)
{
	return kernel.pid ? kernel.pid : (pid_t)syscall(SYS_getpid);
}

int sched_yield(void)
{
	kernel.yields++;
	return 0;
}

ssize_t getrandom(void *buf, size_t len, unsigned flags)
{
	kernel.asked = len;
	kernel.flags = flags;
	if (kernel.given < 0) {
		errno = (int)-kernel.given;
		return -1;
	}
	memset(buf, 0x5a, (size_t)kernel.given < len ? (size_t)kernel.given : len);
	return (size_t)kernel.given < len ? kernel.given : (ssize_t)len;
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
	assert_int_equal(count, 1);
	kernel.polls++;
	kernel.polled = *fds;
	kernel.poll_timeout = timeout;
	return kernel.poll_result;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
	(void)left;
	kernel.sleeps++;
	kernel.slept = *time;
	return 0;
}

void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
	kernel.protection = protection;
	kernel.flags_of_page = flags;
	kernel.fd = fd;
	if (kernel.no_page || offset)
		return MAP_FAILED;
	kernel.page = (void *)syscall(SYS_mmap, at, size, protection, flags, fd, offset);
	kernel.page_size = size;
	return kernel.page;
}

int madvise(void *at, size_t size, int advice)
{
	kernel.advised++;
	if (kernel.no_wipe)
		return -1;
	return (int)syscall(SYS_madvise, at, size, advice);
}

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
	kernel.attributes++;
	memset(attributes, 0, sizeof *attributes);
	return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
	kernel.destroyed++;
	memset(attributes, 0xff, sizeof *attributes);
	return 0;
}

int munmap(void *at, size_t size)
{
	kernel.unmapped += at == kernel.page && size == kernel.page_size;
	return (int)syscall(SYS_munmap, at, size);
}

/* Before anybody has called sb_unix_watch. */
static void nothing_is_watched_at_first(void **state)
{
	(void)state;
	sb_unix_loop.wait(0);
	assert_int_equal(kernel.polled.fd, -1);
	assert_int_equal(kernel.polled.events, POLLIN);
}

static int setup(void **state)
{
	(void)state;
	memset(&kernel, 0, sizeof kernel);
	sb_unix_watch(-1, NULL);
	*sb_unix_loop.hooks = NULL;
	return 0;
}

/* ---------------------------------------------------- the generator */

static int probe(ssize_t given)
{
	kernel.given = given;
	return sb_unix_getrandom.probe(NULL);
}

static void the_generator_is_asked_for_nothing_first(void **state)
{
	(void)state;
	assert_int_equal(probe(0), SB_OK);
	assert_int_equal(kernel.asked, 0);
	assert_int_equal(kernel.flags, GRND_NONBLOCK);
	assert_int_equal(probe(-EAGAIN), SB_OK);
	assert_int_equal(probe(-EINTR), SB_OK);
	assert_int_equal(probe(-ENOSYS), SB_ENODEV);
	assert_int_equal(probe(-EPERM), SB_EUNFIT);
	assert_int_equal(probe(-EFAULT), SB_EUNFIT);
}

static int take(ssize_t given, size_t len)
{
	static uint8_t buf[64];

	kernel.given = given;
	return sb_unix_getrandom.read(NULL, buf, len);
}

static void the_generator_is_read(void **state)
{
	(void)state;
	assert_int_equal(take(64, 64), 64);
	assert_int_equal(kernel.asked, 64);
	assert_int_equal(kernel.flags, GRND_NONBLOCK);
	assert_int_equal(take(1, 1), 1);
	assert_int_equal(take(1, 64), 1);
	assert_int_equal(take(0, 64), SB_EIO); /* it never says so */
	errno = EAGAIN;
	assert_int_equal(take(0, 64), SB_EIO);
	assert_int_equal(take(-EAGAIN, 64), SB_EAGAIN);
	assert_int_equal(take(-EINTR, 64), SB_EAGAIN);
	assert_int_equal(take(-EPERM, 64), SB_EIO);
	assert_int_equal(take(-ENOSYS, 64), SB_EIO);
	sb_unix_getrandom.stop(NULL);
}

static void what_its_row_says(void **state)
{
	static const struct sb_source row = SB_UNIX_GETRANDOM;

	(void)state;
	assert_ptr_equal(row.driver, &sb_unix_getrandom);
	assert_int_equal(row.credit, 2048);
	assert_int_equal(row.driver->entropy, 2048);
	assert_int_equal(row.driver->width, 4);
	assert_int_equal(row.driver->flags, SB_CONDITIONED);
	assert_string_equal(row.driver->name, "unix-getrandom");
}

static uint16_t distrust(const char *said)
{
	if (said)
		setenv("SEEDBED_DISTRUST", said, 1);
	else
		unsetenv("SEEDBED_DISTRUST");
	return sb_unix_distrust();
}

static void the_user_takes_credit_away(void **state)
{
	static const char *const others[] = { "al",  "alll", "cp",  "cpus", "none",
					      "ALL", "cpu ", "but", "host", "timings" };
	const uint16_t all = SB_NOISE | SB_CONDITIONED | SB_SEED;

	(void)state;
	assert_int_equal(distrust(NULL), 0);
	assert_int_equal(distrust(""), 0);
	assert_int_equal(distrust("cpu"), SB_LOCAL);
	assert_int_equal(distrust("timing"), SB_TIMING);
	assert_int_equal(distrust("but-timing"), SB_CONDITIONED | SB_SEED);
	assert_int_equal(distrust("all"), all);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(distrust(others[i]),
				 all); /* it was meant to take something away */
	(void)distrust(NULL);
}

/* ---------------------------------------------------- the loop */

static unsigned hooked, polls_before;
static int ready_fd;
static unsigned readies;

static void hook_run(void *ctx)
{
	(void)ctx;
	hooked++;
	polls_before = kernel.polls;
}

static void ready(int fd)
{
	ready_fd = fd;
	readies++;
}

static void the_clock_is_monotonic_nanoseconds(void **state)
{
	(void)state;
	kernel.now = 123 * UNIX_SECOND + 456789012;
	assert_true(sb_unix_now() == kernel.now);
	kernel.now = UINT64_C(5000000000) * UNIX_SECOND + 999999999;
	assert_true(sb_unix_now() == kernel.now);
	assert_true(sb_unix_loop.now() == kernel.now);
}

/* Milliseconds that poll is given for a wait of this long. */
static int polled_for(int64_t ns)
{
	kernel.now = 77 * UNIX_SECOND + 5;
	kernel.sleeps = 0;
	sb_unix_loop.wait(kernel.now + (uint64_t)ns);
	return kernel.poll_timeout;
}

static void a_wait_never_ends_late(void **state)
{
	(void)state;
	assert_int_equal(polled_for(0), 0);
	assert_int_equal(kernel.sleeps, 0);
	assert_int_equal(polled_for(-5), 0);
	assert_int_equal(kernel.sleeps, 0);
	assert_int_equal(polled_for(1), 0);
	assert_int_equal(kernel.sleeps, 1);
	assert_int_equal(kernel.slept.tv_sec, 0);
	assert_int_equal(kernel.slept.tv_nsec, 1);
	assert_int_equal(polled_for(999999), 0);
	assert_int_equal(kernel.slept.tv_nsec, 999999);
	assert_int_equal(polled_for(1000000), 1);
	assert_int_equal(kernel.sleeps, 0); /* the rest is for the next wait */
	assert_int_equal(polled_for(2999999), 2);
	assert_int_equal(polled_for(2147483647000000), INT32_MAX);
	assert_int_equal(polled_for(2147483646000000), INT32_MAX - 1);
	assert_int_equal(polled_for(2147483648000000), INT32_MAX);
	assert_int_equal(polled_for(4294967296000000 + 1000000), INT32_MAX);
	kernel.now = 77;
	sb_unix_loop.wait(UINT64_MAX);
	assert_int_equal(kernel.poll_timeout, INT32_MAX);
}

static void hooks_run_before_it_sleeps(void **state)
{
	static struct sb_hook hook = { hook_run, NULL, NULL };

	(void)state;
	hooked = 0;
	sb_loop_add(sb_unix_loop.hooks, &hook);
	sb_unix_loop.wait(0);
	assert_int_equal(hooked, 1);
	assert_int_equal(polls_before, 0);
	assert_int_equal(kernel.polls, 1);
}

static void a_descriptor_ends_a_wait(void **state)
{
	(void)state;
	readies = 0;
	kernel.poll_result = 1;
	sb_unix_loop.wait(0); /* nobody is called */
	assert_int_equal(kernel.polled.fd, -1);
	assert_int_equal(kernel.polled.events, POLLIN);
	sb_unix_watch(7, NULL);
	sb_unix_loop.wait(0);
	assert_int_equal(kernel.polled.fd, 7);
	sb_unix_watch(9, ready);
	(void)polled_for(5);
	assert_int_equal(kernel.sleeps, 0); /* an event is no reason to sleep */
	assert_int_equal(readies, 1);
	assert_int_equal(ready_fd, 9);
	kernel.poll_result = 0;
	(void)polled_for(5);
	assert_int_equal(readies, 1);
	assert_int_equal(kernel.sleeps, 1);
	kernel.poll_result = -1; /* a signal */
	(void)polled_for(5);
	assert_int_equal(readies, 1);
	assert_int_equal(kernel.sleeps, 0);
}

/* ---------------------------------------------------- processes */

/* Ends the child with the number of the line. */
#define CHILD_CHECK(condition) ((condition) ? (void)0 : _exit(__LINE__ & 255 ? __LINE__ & 255 : 1))

static int in_fork(void (*run)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		run();
		exit(0); /* so that gcov counts what it called */
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

/* The same by the bare system call, which tells the C library nothing. */
static int in_clone(void (*run)(void))
{
	int status = -1;
	pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

	if (child == 0) {
		run();
		exit(0); /* so that gcov counts what it called */
	}
	return waitpid(child, &status, 0) == child ? status : -1;
}

static void in_child(void (*run)(void))
{
	assert_int_equal(in_fork(run), 0);
}

static uint8_t first[16], second[16];

static void life_is_another(void)
{
	CHILD_CHECK(sb_unix_epoch(second) == SB_OK);
	CHILD_CHECK(memcmp(first, second, 16) != 0);
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(memcmp(first, second, 16) == 0);
}

/* Even where the clock stands still and the number comes round, no child has
   its parent's id. */
static void a_life_with_a_page(void)
{
	static const uint8_t zeros[16];

	kernel.now = 0;
	kernel.pid = 1;
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(memcmp(first, zeros, 16) != 0);
	CHILD_CHECK(kernel.page && !kernel.unmapped && kernel.advised == 1);
	CHILD_CHECK(kernel.fd == -1 && kernel.protection == (PROT_READ | PROT_WRITE));
	CHILD_CHECK(kernel.flags_of_page == (MAP_PRIVATE | MAP_ANONYMOUS));
	kernel.now = 5; /* an id is made once */
	CHILD_CHECK(sb_unix_epoch(second) == SB_OK);
	CHILD_CHECK(memcmp(first, second, 16) == 0);
	kernel.now = 0;
	CHILD_CHECK(in_fork(life_is_another) == 0);
	CHILD_CHECK(in_clone(life_is_another) == 0);
	CHILD_CHECK(sb_unix_epoch(second) == SB_OK);
	CHILD_CHECK(memcmp(first, second, 16) == 0);
}

static void a_life_without_wiping(void)
{
	kernel.pid = 1;
	kernel.no_wipe = 1;
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(kernel.page && kernel.unmapped == 1);
	CHILD_CHECK(in_fork(life_is_another) == 0);
}

static void a_life_without_a_page(void)
{
	kernel.pid = 1;
	kernel.no_page = 1;
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(!kernel.unmapped && !kernel.advised);
	CHILD_CHECK(in_fork(life_is_another) == 0);
}

static void each_life_has_an_id(void **state)
{
	(void)state;
	in_child(a_life_with_a_page);
	in_child(a_life_without_wiping);
	in_child(a_life_without_a_page);
}

static void time_and_number(void)
{
	const uint32_t lives = 1; /* so far */

	kernel.now = 0x0102030405060708;
	kernel.pid = 0x01020304;
	memset(first, 0xee, sizeof first);
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(memcmp(first + 12, &lives, 4) == 0);
	CHILD_CHECK(memcmp(first, &kernel.now, 8) == 0);
	CHILD_CHECK(memcmp(first + 8, &kernel.pid, 4) == 0);
}

static void an_id_has_time_and_number(void **state)
{
	(void)state;
	in_child(time_and_number);
}

static int within;

static void while_another_thread_makes_it(void)
{
	uint8_t id[16];

	within = sb_unix_epoch(id);
}

static void half_made(void)
{
	kernel.in_clock = while_another_thread_makes_it;
	CHILD_CHECK(sb_unix_epoch(first) == SB_OK);
	CHILD_CHECK(within == SB_EAGAIN);
	CHILD_CHECK(kernel.yields == 1000);
}

/* A thread that dies there, as in the child of a clone, holds nobody up for
   ever. */
static void an_id_that_is_never_finished(void **state)
{
	(void)state;
	in_child(half_made);
}

/* ---------------------------------------------------- the lock */

static volatile int locked_in, broken;
static pthread_barrier_t barrier;

static void real_sleep(long ms)
{
	(void)syscall(SYS_nanosleep, &(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

static void *other_enters(void *unused)
{
	sb_unix_enter();
	locked_in = 1;
	sb_unix_leave();
	return unused;
}

static void the_lock_is_recursive(void)
{
	pthread_t thread;

	locked_in = 0;
	sb_unix_enter();
	sb_unix_enter();
	CHILD_CHECK(kernel.attributes && kernel.attributes == kernel.destroyed);
	CHILD_CHECK(pthread_create(&thread, NULL, other_enters, NULL) == 0);
	sb_unix_leave();
	real_sleep(20);
	CHILD_CHECK(!locked_in);
	sb_unix_leave();
	CHILD_CHECK(pthread_join(thread, NULL) == 0);
	CHILD_CHECK(locked_in);
}

static void *other_breaks(void *unused)
{
	sb_unix_enter();
	broken = 1;
	(void)pthread_barrier_wait(&barrier);
	real_sleep(50);
	broken = 0;
	sb_unix_leave();
	return unused;
}

static void whole_and_free(void)
{
	CHILD_CHECK(!broken);
	the_lock_is_recursive();
}

/* What it protects is whole in a child, and the child's threads may take it. */
static void the_lock_is_held_through_a_fork(void)
{
	pthread_t thread;

	sb_unix_enter();
	sb_unix_leave();
	CHILD_CHECK(pthread_barrier_init(&barrier, NULL, 2) == 0);
	CHILD_CHECK(pthread_create(&thread, NULL, other_breaks, NULL) == 0);
	(void)pthread_barrier_wait(&barrier);
	CHILD_CHECK(in_fork(whole_and_free) == 0);
	CHILD_CHECK(pthread_join(thread, NULL) == 0);
	the_lock_is_recursive(); /* and the parent has left it */
	sb_unix_enter();
	CHILD_CHECK(in_fork(the_lock_is_recursive) == 0);
	sb_unix_leave();
}

static void the_lock(void **state)
{
	(void)state;
	in_child(the_lock_is_recursive);
	in_child(the_lock_is_held_through_a_fork);
}

#define ON_KERNEL(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_watched_at_first),
		ON_KERNEL(the_generator_is_asked_for_nothing_first),
		ON_KERNEL(the_generator_is_read),
		ON_KERNEL(what_its_row_says),
		ON_KERNEL(the_user_takes_credit_away),
		ON_KERNEL(the_clock_is_monotonic_nanoseconds),
		ON_KERNEL(a_wait_never_ends_late),
		ON_KERNEL(hooks_run_before_it_sleeps),
		ON_KERNEL(a_descriptor_ends_a_wait),
		ON_KERNEL(each_life_has_an_id),
		ON_KERNEL(an_id_has_time_and_number),
		ON_KERNEL(an_id_that_is_never_finished),
		ON_KERNEL(the_lock),
	};

	(void)setvbuf(stdout, NULL, _IONBF, 0); /* or a child prints it again */
	return cmocka_run_group_tests_name("unix", tests, NULL, NULL);
}
