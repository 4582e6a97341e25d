/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A fork is a change of the epoch. So is a clone(2), which the handlers of
 * pthread_atfork do not see. The parent and the child must draw different bytes
 * next, and the generation must rise in the child alone.
 *
 * Four instances are tried: one over a predictable source, one split from it,
 * one that is read by a buffer alone, and the shared one of the platform.
 * WITHOUT_EPOCH: the first three have no epoch, so the parent and the child
 * draw the same.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "sb_unix.h"
#include "seedbed_buffer.h"
#include "stress.h"

#define INSTANCES 4
#define OWN 3 /* of these, not shared */
#define LEN 32

struct fork_draw {
	uint8_t bytes[INSTANCES][LEN];
	uint32_t generation[INSTANCES];
	int failed;
};

static struct stress_source fork_source[OWN] = { { 1 }, { 1 }, { 2 } };
static struct seedbed fork_bed[OWN];
static struct seedbed_buffer fork_buffer; /* of the last one */

static struct seedbed *fork_instance(int i)
{
	return i < OWN ? &fork_bed[i] : seedbed_shared();
}

static int fork_once(int i, uint8_t *out)
{
	return i == OWN       ? seedbed_random(out, LEN)
	       : i == OWN - 1 ? seedbed_buffer_read(&fork_buffer, &fork_bed[i], out, LEN)
			      : seedbed_read(&fork_bed[i], out, LEN);
}

/* After a change, a source that is not fast must be asked in rounds. */
static int fork_read(int i, uint8_t *out)
{
	int result = fork_once(i, out);

	for (int round = 0; round < 100 && result == SB_EAGAIN; round++)
		result = seedbed_gather(&fork_bed[i]) == SB_OK ? fork_once(i, out) : SB_EAGAIN;
	return result;
}

static struct fork_draw fork_draw(void)
{
	struct fork_draw draw = { 0 };

	for (int i = 0; i < INSTANCES; i++) {
		draw.failed |= fork_read(i, draw.bytes[i]) != SB_OK;
		draw.generation[i] = seedbed_status(fork_instance(i)).generation;
	}
	return draw;
}

static pid_t fork_process(int bare)
{
	return bare ? (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) : fork();
}

/*
 * Makes a child, which makes a child of its own, and so on for this many
 * generations. draw: what the last of them draws.
 */
static int fork_child(int bare, int generations, struct fork_draw *draw)
{
	int fd[2], status = 1;
	pid_t child;

	if (pipe(fd) || (child = fork_process(bare)) < 0)
		return 1;
	if (child == 0) {
		int failed = generations > 1 ? fork_child(bare, generations - 1, draw)
					     : (*draw = fork_draw(), 0);

		_exit(failed || write(fd[1], draw, sizeof *draw) != sizeof *draw);
	}
	close(fd[1]);
	status = read(fd[0], draw, sizeof *draw) != sizeof *draw;
	close(fd[0]);
	return waitpid(child, NULL, 0) != child || status;
}

/*
 * The mistakes found. A child that makes a child before it draws notices
 * nothing. So the last child sees one change, however deep it is.
 */
static int fork_round(int bare, int generations)
{
	struct fork_draw before = fork_draw(), child, parent;
	int wrong = before.failed || fork_child(bare, generations, &child) || child.failed;

	parent = fork_draw();
	wrong |= parent.failed;
	for (int i = 0; i < INSTANCES && !wrong; i++) {
		int same = memcmp(parent.bytes[i], child.bytes[i], LEN) == 0;

		printf("%s, %d deep, instance %d: %s, generation %u in the parent, %u in the "
		       "child\n",
		       bare ? "clone" : "fork", generations, i, same ? "THE SAME" : "differ",
		       (unsigned)parent.generation[i], (unsigned)child.generation[i]);
		wrong |= same || parent.generation[i] != before.generation[i] ||
			 child.generation[i] != before.generation[i] + 1;
	}
	return wrong;
}

static pthread_barrier_t fork_held;

static void *fork_hold_the_lock(void *none)
{
	sb_unix_enter();
	pthread_barrier_wait(&fork_held);
	pthread_barrier_wait(&fork_held);
	sb_unix_leave();
	return none;
}

/*
 * The child has a copy of the platform's lock that nobody will ever open.
 * Reading the epoch must not wait for it.
 */
static int fork_with_the_lock_held(void)
{
	uint8_t id[16];
	pthread_t holder;
	int status = 1;
	pid_t child;

	pthread_barrier_init(&fork_held, NULL, 2);
	if (pthread_create(&holder, NULL, fork_hold_the_lock, NULL))
		return 1;
	pthread_barrier_wait(&fork_held);
	child = fork_process(1);
	if (child == 0) {
		alarm(10);
		_exit(sb_unix_epoch(id) != SB_OK);
	}
	pthread_barrier_wait(&fork_held);
	pthread_join(holder, NULL);
	if (child < 0 || waitpid(child, &status, 0) != child)
		return 1;
	printf("clone with the lock held: %s\n", status ? "HANGS" : "its epoch is read");
	return status != 0;
}

#define FORK_CHILDREN 50
static int fork_over;

static void *fork_runs_the_loop(void *none)
{
	while (!__atomic_load_n(&fork_over, __ATOMIC_RELAXED))
		sb_platform.loop->wait(0);
	return none;
}

/*
 * A child may be made in the middle of another thread's harvest. Its copy of
 * the shared instance must not stay busy for ever.
 */
static int fork_beside_the_loop(void)
{
	int served = 0;
	pthread_t loop;

	if (pthread_create(&loop, NULL, fork_runs_the_loop, NULL))
		return 1;
	for (int i = 0; i < FORK_CHILDREN; i++) {
		uint8_t block[16];
		pid_t child = fork();
		int status = 1;

		if (child == 0)
			_exit(seedbed_random(block, sizeof block) != SB_OK);
		served += child > 0 && waitpid(child, &status, 0) == child && status == 0;
	}
	__atomic_store_n(&fork_over, 1, __ATOMIC_RELAXED);
	pthread_join(loop, NULL);
	printf("fork beside the loop: %d of %d children draw\n", served, FORK_CHILDREN);
	return served != FORK_CHILDREN;
}

int main(void)
{
	const struct sb_source sources[OWN] = { STRESS_SOURCE(&fork_source[0]),
						STRESS_SOURCE(&fork_source[1]),
						STRESS_SOURCE(&fork_source[2]) };
	struct sb_hal hal[OWN];
	int wrong = 0;

	for (int i = 0; i < OWN; i++) {
		hal[i] = (struct sb_hal){ .cycles = stress_no_counter,
					  .epoch = sb_unix_epoch,
					  .sources = &sources[i],
					  .source_count = 1 };
#ifdef WITHOUT_EPOCH
		hal[i].epoch = NULL;
#endif
	}
	if (stress_ready(&fork_bed[0], &hal[0]) != SB_OK ||
	    stress_ready(&fork_bed[2], &hal[2]) != SB_OK ||
	    seedbed_split(&fork_bed[1], &fork_bed[0], &hal[1]) != SB_OK)
		return 2;
	for (int bare = 0; bare < 2; bare++)
		for (int generations = 1; generations <= 2; generations++)
			wrong |= fork_round(bare, generations);
	wrong |= fork_with_the_lock_held();
	wrong |= fork_beside_the_loop();
	printf("%s\n", wrong ? "WRONG" : "passed");
	return wrong;
}
