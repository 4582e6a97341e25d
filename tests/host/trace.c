/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The health tests, and the predictors of cache timing, execute the same
 * instructions in the same order whichever samples are equal, as long as there
 * is no alarm. The trap flag of x86-64 interrupts after each instruction, and a
 * digest of their addresses is kept. Every compiler builds this program at
 * every level.
 *
 * LEAKS: the program under test looks at equality by a branch.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <ucontext.h>
#include "core.h"
#include "timing.h"

#define TRACE_TF 0x100
#define BYTES 48
#define PREDICTED 17 /* a sum of 16 is among them; each takes its time */
#define RANDOM_ANSWERS 2

struct trace {
	uint64_t digest;
	unsigned count;
};

/* What takes samples: the health tests, or without a driver the predictors. */
struct taker {
	const struct sb_driver *driver;
	struct seedbed_slot slot;
	struct sb_cache_timing_past past;
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

static int trace_test(struct taker *taker, const uint8_t *buf)
{
	int n = 0;

	if (taker->driver)
		n = sb_health_test(&taker->slot, taker->driver, buf, BYTES);
	else
		for (int i = 0; i < PREDICTED; i++)
			n -= sb_timing_predict(&taker->past, buf[i]);
#ifdef LEAKS
	if (buf[0] == buf[1])
		__asm__ volatile("nop");
#endif
	return n;
}

static __attribute__((noinline)) struct trace traced(struct taker taker, const uint8_t *buf)
{
	struct trace none = { 0, 0 };
	volatile int n;

	trace_now = none;
	__asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "i"(TRACE_TF) : "memory", "cc");
	n = trace_test(&taker, buf);
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

/* Other answers to the same one. Returns how many leave another trace. */
static unsigned trace_taker(const struct taker *taker, const uint8_t *before)
{
	unsigned width = taker->driver ? taker->driver->width : 1;
	struct trace first = traced(*taker, before);
	unsigned others = !first.count;
	uint8_t buf[BYTES];

	for (int i = 0; i < RANDOM_ANSWERS; i++) {
		random_bytes(buf);
		others += !trace_same(first, traced(*taker, buf));
		/* from here on equal neighbours, then all are equal */
		for (unsigned k = (unsigned)i; k + width < BYTES; k++)
			buf[k + width] = buf[k];
		others += !trace_same(first, traced(*taker, buf));
	}
	for (int i = 0; i < 3; i++) {
		memset(buf, i * 85, BYTES);
		others += !trace_same(first, traced(*taker, buf));
	}
	printf("%s, width %u: %u instructions, %u other traces\n",
	       taker->driver ? "health" : "predictors", width, first.count, others);
	return others;
}

/* Twice: the second time the very same answer came before. */
static unsigned trace_twice(struct taker *taker)
{
	uint8_t before[BYTES];
	unsigned others;

	random_bytes(before);
	others = trace_taker(taker, before);
	if (trace_test(taker, before) < 0)
		return 1;
	return others + trace_taker(taker, before);
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = trace_trap, .sa_flags = SA_SIGINFO };
	struct taker predictors = { 0 };
	unsigned others;

	sigaction(SIGTRAP, &action, NULL);
	others = trace_twice(&predictors);
	for (uint8_t width = 1; width <= 8 && !others; width++) {
		const struct sb_driver driver = { SB_ASSESSED(26, width), .flags = SB_NOISE };
		struct taker health = { .driver = &driver };

		sb_health_start(&health.slot, &driver);
		others += trace_twice(&health);
	}
	printf("%s\n", others ? "WRONG" : "passed");
	return others != 0;
}
