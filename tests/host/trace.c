/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The health tests execute the same instructions in the same order whichever
 * samples are equal, as long as there is no alarm. The trap flag of x86-64
 * interrupts after each instruction, and a digest of their addresses is kept.
 * Every compiler builds this program at every level.
 *
 * LEAKS: the program under test looks at equality by a branch.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include "core.h"

#define TRACE_TF 0x100
#define BYTES 48
#define RANDOM_ANSWERS 4

struct trace {
	uint64_t digest;
	unsigned count;
};

static volatile struct trace trace_now;

static void trace_trap(int signal, siginfo_t *info, void *context)
{
	uint64_t at = (uint64_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];

	(void)signal;
	(void)info;
	trace_now.digest = (trace_now.digest ^ at) * 0x100000001b3u;
	trace_now.count++;
}

static int trace_test(struct seedbed_slot *slot, const struct sb_driver *driver, const uint8_t *buf)
{
	int n = sb_health_test(slot, driver, buf, BYTES);

#ifdef LEAKS
	if (buf[0] == buf[1])
		__asm__ volatile("nop");
#endif
	return n;
}

static __attribute__((noinline)) struct trace
traced(struct seedbed_slot slot, const struct sb_driver *driver, const uint8_t *buf)
{
	struct trace none = { 0, 0 };
	volatile int n;

	trace_now = none;
	__asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "i"(TRACE_TF) : "memory", "cc");
	n = trace_test(&slot, driver, buf);
	__asm__ volatile("pushfq\n\tandq %0, (%%rsp)\n\tpopfq" : : "i"(~TRACE_TF) : "memory", "cc");
	return n < 0 ? none : trace_now; /* an alarm is a mistake of this program */
}

static void random_bytes(uint8_t *buf)
{
	static uint32_t word = 1;

	for (int i = 0; i < BYTES; i++) {
		word = word * 1664525u + 1013904223u;
		buf[i] = (uint8_t)(word >> 24);
	}
}

static int trace_same(struct trace a, struct trace b)
{
	return a.count && a.count == b.count && a.digest == b.digest;
}

/* Other answers to the same slot. Returns how many leave another trace. */
static unsigned trace_width(uint8_t width, const struct seedbed_slot *slot, const uint8_t *before)
{
	const struct sb_driver driver = { SB_ASSESSED(26, width), .flags = SB_NOISE };
	struct trace first = traced(*slot, &driver, before);
	unsigned others = !first.count;
	uint8_t buf[BYTES];

	for (int i = 0; i < RANDOM_ANSWERS; i++) {
		random_bytes(buf);
		others += !trace_same(first, traced(*slot, &driver, buf));
		/* from here on equal neighbours, then all are equal */
		for (int k = i; k + width < BYTES; k++)
			buf[k + width] = buf[k];
		others += !trace_same(first, traced(*slot, &driver, buf));
	}
	for (int i = 0; i < 3; i++) {
		memset(buf, i * 85, BYTES);
		others += !trace_same(first, traced(*slot, &driver, buf));
	}
	printf("width %u: %u instructions, %u other traces\n", width, first.count, others);
	return others;
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = trace_trap, .sa_flags = SA_SIGINFO };
	unsigned others = 0;

	sigaction(SIGTRAP, &action, NULL);
	for (uint8_t width = 1; width <= 8 && !others; width++) {
		const struct sb_driver driver = { SB_ASSESSED(26, width), .flags = SB_NOISE };
		struct seedbed_slot slot = { 0 };
		uint8_t before[BYTES];

		random_bytes(before);
		sb_health_start(&slot, &driver);
		others += trace_width(width, &slot, before);
		if (sb_health_test(&slot, &driver, before, BYTES) < 0)
			return 2;
		others += trace_width(width, &slot, before); /* the very same answer first */
	}
	printf("%s\n", others ? "WRONG" : "passed");
	return others != 0;
}
