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

static volatile uint64_t steps_count, steps_cpuids;

/* The next instruction is 0f a2: CPUID. */
static void steps_trap(int number, siginfo_t *about, void *at)
{
	const ucontext_t *context = at;
	const uint8_t *next = (const uint8_t *)(uintptr_t)context->uc_mcontext.gregs[REG_RIP];

	(void)number, (void)about;
	steps_count++;
	steps_cpuids += next[0] == 0x0f && next[1] == 0xa2;
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

static uint64_t steps_of(turns_make call, void *ctx, uint8_t *out, size_t len)
{
	steps_count = steps_cpuids = 0;
	steps_flag(1);
	(void)call(ctx, out, len);
	steps_flag(0);
	return steps_count;
}

static __attribute__((naked)) int steps_nothing(void *ctx, uint8_t *out, size_t len)
{
	__asm__("ret" : : "r"(ctx), "r"(out), "r"(len));
}

static double steps_figure(turns_make call, void *ctx, uint8_t *out, size_t len)
{
	struct sigaction trap = { .sa_sigaction = steps_trap, .sa_flags = SA_SIGINFO }, before;
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
	return steps_figure((turns_make)seedbed_read, &b->bed, out, len);
}

static double steps_event(void *ctx, uint8_t *out, size_t len, size_t calls)
{
	struct bench_bed *b = ctx;

	(void)calls;
	return steps_figure((turns_make)(void (*)(void))seedbed_event, &b->bed, out, len);
}

unsigned bench_cpuids(turns_make make, void *ctx)
{
	uint8_t out[32];

	return steps_figure(make, ctx, out, sizeof out) < 0 ? 0 : (unsigned)steps_cpuids;
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
