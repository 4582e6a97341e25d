/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ticks of the board's counter that seedbed_event and reads take, with what
 * the board itself does in them. Run it with `-icount shift=0`: then each
 * instruction takes one nanosecond. A call of nops is 1000 that do nothing, so
 * it says how many instructions are a tick. All are less the ticks of as many
 * calls of nothing, which have two instructions each: the call and its return.
 */
#include "board.h"
#include "stress.h"

#define COUNT_CALLS 16000u /* of what is short: even a coarse counter is exact then */
#define COUNT_READS 400u
#define COUNT_LONG_READS 20u

/* One type for all that is called, so that the loop around is the same. */
typedef int (*count_call)(struct seedbed *s, void *out, size_t len);

static struct seedbed count_bed;
static uint8_t count_out[4096];

static int __attribute__((noinline)) count_nothing(struct seedbed *s, void *out, size_t len)
{
	(void)len;
	__asm__ volatile("" : : "r"(s), "r"(out));
	return (int)(uintptr_t)s;
}

static int __attribute__((noinline)) count_nops(struct seedbed *s, void *out, size_t len)
{
	(void)len;
	__asm__ volatile(".rept 1000\n\tnop\n\t.endr" : : "r"(out));
	return (int)(uintptr_t)s;
}

static uint64_t __attribute__((noinline)) count_loop(count_call call, uint32_t calls, size_t len)
{
	uint64_t begin = sb_platform.cycles();

	for (uint32_t i = 0; i < calls; i++)
		(void)call(&count_bed, count_out, len);
	return sb_platform.cycles() - begin;
}

/* Some of these CPUs cannot divide: who reads it, does. */
static void count_say(const char *calls_of, const char *ticks_of, count_call call, uint32_t calls,
		      size_t len)
{
	uint64_t nothing = count_loop(count_nothing, calls, len);

	stress_say(calls_of, calls);
	stress_say(ticks_of, count_loop(call, calls, len) - nothing);
}

/* A read asks fast sources alone. The others may be slow to begin with. So a
   quick one stands in the row of each. */
static int count_ready(void)
{
	static struct stress_source other[SEEDBED_SOURCES_MAX];
	static struct sb_source sources[SEEDBED_SOURCES_MAX];
	static struct sb_hal hal;

	hal = sb_platform;
	hal.sources = sources;
	for (size_t i = 0; i < hal.source_count; i++) {
		const struct sb_source quick = STRESS_SOURCE(&other[i]);

		other[i].state = i + 1;
		sources[i] = sb_platform.sources[i].driver->flags & SB_FAST ? sb_platform.sources[i]
									    : quick;
	}
	return stress_ready(&count_bed, &hal);
}

int main(void)
{
	if (count_ready() != SB_OK)
		return 2;
	count_say("nops calls", "nops ticks", count_nops, COUNT_CALLS, 0);
	count_say("event calls", "event ticks", (count_call)(void (*)(void))seedbed_event,
		  COUNT_CALLS, 0);
	count_say("read-32 calls", "read-32 ticks", seedbed_read, COUNT_READS, 32);
	count_say("read-4096 calls", "read-4096 ticks", seedbed_read, COUNT_LONG_READS,
		  sizeof count_out);
	return 0;
}
