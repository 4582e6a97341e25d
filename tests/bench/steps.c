/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions of x86-64, counted by the trap flag: the CPU traps after each of
 * them. A call and its return are counted, and not what starts the count.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <ucontext.h>
#include "beds.h"

#define STEPS_TF 0x100
#define STEPS_OF_NOTHING 2 /* call, ret */

static volatile uint64_t steps_count;

static void steps_trap(int number)
{
	(void)number;
	steps_count++;
}

static void steps_flag(int on)
{
	if (on)
		__asm__ volatile("lea -128(%%rsp), %%rsp; pushfq; orq %0, (%%rsp); popfq;"
				 "lea 128(%%rsp), %%rsp"
				 :
				 : "i"(STEPS_TF)
				 : "memory", "cc");
	else
		__asm__ volatile("lea -128(%%rsp), %%rsp; pushfq; andq %0, (%%rsp); popfq;"
				 "lea 128(%%rsp), %%rsp"
				 :
				 : "i"(~STEPS_TF)
				 : "memory", "cc");
}

typedef int (*steps_call)(void *ctx, uint8_t *out, size_t len);

static uint64_t steps_of(steps_call call, void *ctx, uint8_t *out, size_t len)
{
	steps_count = 0;
	steps_flag(1);
	(void)call(ctx, out, len);
	steps_flag(0);
	return steps_count;
}

static __attribute__((naked)) int steps_nothing(void *ctx, uint8_t *out, size_t len)
{
	__asm__("ret" : : "r"(ctx), "r"(out), "r"(len));
}

static double steps_figure(steps_call call, void *ctx, uint8_t *out, size_t len)
{
	struct sigaction trap = { .sa_handler = steps_trap }, before;
	uint64_t nothing, all;

	if (sigaction(SIGTRAP, &trap, &before))
		return -1;
	nothing = steps_of(steps_nothing, ctx, out, len);
	all = steps_of(call, ctx, out, len);
	sigaction(SIGTRAP, &before, NULL);
	return (double)(all - nothing + STEPS_OF_NOTHING);
}

static double steps_read(void *ctx, uint8_t *out, size_t len, size_t calls)
{
	struct bench_bed *b = ctx;

	(void)calls;
	return steps_figure((steps_call)seedbed_read, &b->bed, out, len);
}

static double steps_event(void *ctx, uint8_t *out, size_t len, size_t calls)
{
	struct bench_bed *b = ctx;

	(void)calls;
	return steps_figure((steps_call)(void (*)(void))seedbed_event, &b->bed, out, len);
}

void bench_steps(struct bench_bed *b)
{
	bench_table(b, 0, 0);
	if (bench_ready(b) != SB_OK) {
		turns_lacks("instructions of a read", "no source is here");
		return;
	}
	turns_has_figure("instructions of a read", steps_read, b);
	turns_has_figure("instructions of an event", steps_event, b);
}
