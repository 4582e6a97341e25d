/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trap flag of x86-64 interrupts a call after every single instruction.
 *
 *   - An event after each instruction of every call. What an event costs is
 *     counted in the same way.
 *   - A read after every STEP_BETWEEN instructions.
 *   - A read from the shared instance at each instruction of its first init and
 *     of its wipe.
 *   - A wipe after each instruction of a read and of other calls. The call ends
 *     in SB_EIO with zeros, or had ended already. Of a read from a buffer it is
 *     the instance that is wiped, or the buffer.
 *
 * A twin has no interrupts, and is told which events were mixed. It must stay
 * equal to the last bit. EVENT_STIRS: the interrupt mixes at once.
 * WITHOUT_BUSY: it reads although the instance is busy.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include "sb_x86.h"
#include "seedbed_buffer.h"
#include "stress.h"

#define STEP_TF 0x100
#define LEN 100
/*
 * Instructions between two reads of the interrupt. Each read changes the key,
 * and one in the middle of a call is enough. Without the protection it must not
 * come in each copy of a key (40 instructions): half an old key and half a new
 * one are a third, which repeats nothing.
 */
#define STEP_BETWEEN 101

#ifdef WITHOUT_BUSY
#define STEP_EVENTS 0
#else
#define STEP_EVENTS 1
#endif
#ifdef EVENT_STIRS
#define STEP_READS 0
#else
#define STEP_READS 1
#endif

#define STEP_LIVES_MAX 3000
#define STEP_BETWEEN_INITS 11

enum { STEP_COUNT, STEP_EVENT, STEP_READ, STEP_RANDOM, STEP_WIPE };

static struct stress_source step_source[3];
static struct sb_source step_sources[3];
static struct sb_hal step_hal[3];
static struct seedbed step_bed, step_twin, step_child[2];
static struct seedbed_buffer step_buffer[2];
static volatile int step_what;
static volatile uint32_t step_count, step_busy, step_dead, step_served, step_wrong;
static uint64_t step_words[200000];
static uint32_t step_mixed[2];
static int step_any, step_failed;
static uint8_t step_out[2][LEN];

static void step_read(void)
{
	static const uint8_t zero[16];
	uint8_t block[16];
	int result;

	memset(block, 0xee, sizeof block);
#ifdef WITHOUT_BUSY
	stress_not_inside(&step_bed);
#endif
	result = seedbed_read(&step_bed, block, sizeof block);
	if (result == SB_OK)
		step_words[step_served++] = stress_word(block);
	else if (memcmp(block, zero, sizeof block))
		step_wrong++;
	else if (result == SB_EAGAIN)
		step_busy++;
	else
		step_dead++;
}

static volatile uint32_t step_at, step_zero_keys;

/* Counts a read that an instance served which was ready and had no key. */
static void step_random(void)
{
	static const uint8_t zero[32];
	const struct seedbed *s = seedbed_shared();
	int empty =
		seedbed_status(s).state == SEEDBED_READY && memcmp(s->key, zero, sizeof zero) == 0;
	uint8_t block[16];
	int served = seedbed_random(block, sizeof block) == SB_OK;

	step_zero_keys += served && empty;
	step_served += served;
}

static int step_life_of_its_own, step_buffer_alone;

/*
 * Returns 1 in a process of its own, where the instance was wiped right here.
 * That process goes on to the end of the call and judges it.
 */
static int step_wiped(void)
{
	int status = 1;
	pid_t pid = fork();

	if (pid == 0) {
		step_life_of_its_own = 1;
		if (step_buffer_alone)
			seedbed_buffer_wipe(&step_buffer[0]);
		else
			seedbed_wipe(&step_bed);
		return 1;
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
		if (!step_wrong++)
			printf("wiped after instruction %u: wrong\n", (unsigned)step_count);
	}
	return 0;
}

static void step_trap(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)info;
	step_count++;
	if (step_what == STEP_READ && step_count % STEP_BETWEEN == 0)
		step_read();
	else if ((step_what == STEP_RANDOM && step_count == step_at) ||
		 (step_what == STEP_WIPE && step_wiped())) {
		if (step_what == STEP_RANDOM)
			step_random();
		/* The rest at full speed. */
		((ucontext_t *)context)->uc_mcontext.gregs[REG_EFL] &= ~STEP_TF;
	}
#ifdef EVENT_STIRS
	else if (step_what == STEP_EVENT && step_bed.hal) {
		stress_not_inside(&step_bed);
		step_wrong += seedbed_stir(&step_bed, "x", 1) < 0;
	}
#else
	else if (step_what == STEP_EVENT)
		seedbed_event(&step_bed, step_count);
#endif
}

static void step_on(void)
{
	__asm__ volatile("pushfq\n\torq %0, (%%rsp)\n\tpopfq" : : "i"(STEP_TF) : "memory", "cc");
}

static void step_off(void)
{
	__asm__ volatile("pushfq\n\tandq %0, (%%rsp)\n\tpopfq" : : "i"(~STEP_TF) : "memory", "cc");
}

static void step_take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	if (source == SEEDBED_FROM_EVENTS && len == sizeof step_mixed) {
		memcpy(step_mixed, bytes, len);
		step_any = 1;
	}
}

static struct seedbed_consumer step_consumer[2] = { { .take = step_take }, { .take = step_take } };

/* The calls. i = 0: on the instance that is stepped; i = 1: on its twin. */
static int call_init(struct seedbed *s, int i)
{
	return seedbed_init(s, &step_hal[i]);
}

static int call_consumer(struct seedbed *s, int i)
{
	return seedbed_add_consumer(s, &step_consumer[i]);
}

static int call_gather(struct seedbed *s, int i)
{
	(void)i;
	return seedbed_gather(s);
}

static int call_read(struct seedbed *s, int i)
{
	return seedbed_read(s, step_out[i], LEN);
}

static int call_stir(struct seedbed *s, int i)
{
	(void)i;
	return seedbed_stir(s, "what another gave, of more than one chunk of forty-eight", 56);
}

static int call_split(struct seedbed *s, int i)
{
	return seedbed_split(&step_child[i], s, &step_hal[2]);
}

static int call_reseed(struct seedbed *s, int i)
{
	(void)i;
	return seedbed_reseed(s);
}

static int call_wipe(struct seedbed *s, int i)
{
	(void)i;
	seedbed_wipe(s);
	return SB_OK;
}

static int call_buffer(struct seedbed *s, int i)
{
	return seedbed_buffer_read(&step_buffer[i], s, step_out[i], 16);
}

static int (*const step_calls[])(struct seedbed *, int) = {
	call_init,  call_consumer, call_gather, call_gather, call_read,   call_stir, call_gather,
	call_split, call_read,     call_reseed, call_gather, call_gather, call_read, call_wipe,
	call_init,  call_consumer, call_gather, call_gather, call_read,
};
#define STEP_CALLS (sizeof step_calls / sizeof *step_calls)

static void step_begin(int what)
{
	memset(&step_bed, 0, sizeof step_bed);
	memset(&step_twin, 0, sizeof step_twin);
	memset(step_child, 0, sizeof step_child);
	memset(step_buffer, 0, sizeof step_buffer);
	for (int i = 0; i < 3; i++) {
		step_source[i].state = 1;
		step_sources[i] = (struct sb_source)STRESS_SOURCE(&step_source[i]);
		step_hal[i] = (struct sb_hal){ .cycles = stress_no_counter,
					       .sources = &step_sources[i],
					       .source_count = 1 };
	}
	step_what = what;
	step_count = 0;
}

/* Equal in all but their own addresses and the events that wait. */
static int step_equal(void)
{
	struct seedbed a = step_bed, b = step_twin;

	b.hal = a.hal;
	b.hooked = a.hooked;
	b.consumers = a.consumers;
	b.hook.ctx = a.hook.ctx;
	b.mark = a.mark;
	b.tags = a.tags;
	b.times = a.times;
	b.drained = a.drained;
	return memcmp(&a, &b, sizeof a) == 0 && memcmp(step_out[0], step_out[1], LEN) == 0 &&
	       memcmp(step_child[0].key, step_child[1].key, 32) == 0;
}

static void step_events(void)
{
	size_t n = 0;
	int result[2], same = 1;

	step_begin(STEP_EVENT);
	while (n < STEP_CALLS && same) {
		step_any = 0;
		step_on();
		result[0] = step_calls[n](&step_bed, 0);
		step_off();
		if (step_any) {
			step_twin.tags = step_mixed[0];
			step_twin.times = step_mixed[1];
		}
		result[1] = step_calls[n](&step_twin, 1);
		same = result[0] == result[1] && step_equal();
		n += same;
	}
	printf("an event after each of %u instructions: %zu of %zu calls as if there were none\n",
	       (unsigned)step_count, n, STEP_CALLS);
	step_failed |= !same || step_count < 10000;
}

static void step_reads(void)
{
	uint8_t block[16];
	size_t twice;

	step_begin(STEP_READ);
	step_failed |= stress_ready(&step_bed, &step_hal[0]) != SB_OK;
	for (int i = 0; i < 16; i++) {
		int result;

		step_on();
		result = i % 2 ? seedbed_read(&step_bed, block, sizeof block)
			       : seedbed_gather(&step_bed);
		step_off();
		step_failed |= result != SB_OK;
		if (i % 2)
			step_words[step_served++] = stress_word(block);
	}
	twice = stress_twice(step_words, step_served);
	printf("reads within %u instructions: %u busy, %u served, %u wrong, %zu twice\n",
	       (unsigned)step_count, (unsigned)step_busy, (unsigned)step_served,
	       (unsigned)step_wrong, twice);
	step_failed |= twice || step_wrong || step_dead || !step_busy || step_served <= 8;
}

/*
 * A life of the shared instance for each instruction of its first init, or of
 * its wipe. Returns how many lives there were.
 */
static uint32_t step_life(int wipe)
{
	struct seedbed *s = seedbed_shared();
	uint8_t block[16];
	uint32_t lives = 0;

	step_begin(STEP_RANDOM);
	for (step_at = 1; step_at < STEP_LIVES_MAX;
	     step_at += wipe ? 1 : STEP_BETWEEN_INITS, lives++) {
		seedbed_wipe(s);
		step_failed |= wipe && seedbed_random(block, sizeof block) != SB_OK;
		step_count = 0;
		step_on();
		if (wipe)
			seedbed_wipe(s);
		else
			step_failed |= seedbed_init(s, &step_hal[0]) != SB_OK;
		step_off();
		if (step_count < step_at)
			break;
		step_random(); /* once more, when it is over */
	}
	return lives;
}

static void step_lives(void)
{
	uint32_t init, wipe;

	init = step_life(0);
	wipe = step_life(1);
	printf("a read from the shared one at %u instructions of init, %u of wipe: ",
	       (unsigned)init, (unsigned)wipe);
	printf("%u with a key of zeros\n", (unsigned)step_zero_keys);
	step_failed |= step_zero_keys || init < 100 || wipe < 50;
}

/*
 * Returns 1 if what is left after a wipe is right. The twin made the same call
 * without a wipe. A buffer that was wiped before the call began is filled anew.
 */
static int step_erased(int result, int expected)
{
	static const uint8_t zero[sizeof step_bed];
	int ended = result == expected && memcmp(step_out[0], step_out[1], LEN) == 0;
	int refused = result == SB_EIO && memcmp(step_out[0], zero, LEN) == 0 &&
		      memcmp(step_buffer[0].bytes, zero, sizeof step_buffer[0].bytes) == 0;
	int anew = result == SB_OK && !ended && memcmp(step_out[0], zero, 16) != 0;

	if (!step_buffer_alone)
		return memcmp(&step_bed, zero, sizeof step_bed) == 0 && (ended || refused);
	return anew ||
	       (memcmp(step_buffer, zero, sizeof step_buffer[0]) == 0 && (ended || refused));
}

/* A wipe after each instruction of one call. Returns how many there were. */
static uint32_t step_wipe(int (*call)(struct seedbed *, int))
{
	int result[2];

	step_begin(STEP_COUNT);
	step_failed |= stress_ready(&step_bed, &step_hal[0]) != SB_OK ||
		       stress_ready(&step_twin, &step_hal[1]) != SB_OK;
	/* Its second read is served from what it holds. */
	step_failed |= call == call_buffer && (call(&step_bed, 0) || call(&step_twin, 1));
	memset(step_out, 0, sizeof step_out);
	result[1] = call(&step_twin, 1);
	step_wrong = 0;
	fflush(stdout);
	step_what = STEP_WIPE;
	step_on();
	result[0] = call(&step_bed, 0);
	step_off();
	if (step_life_of_its_own)
		_exit(!step_erased(result[0], result[1]));
	step_failed |= step_wrong != 0;
	return step_count;
}

static void step_wipes(void)
{
	uint32_t read = step_wipe(call_read), gather = step_wipe(call_gather),
		 reseed = step_wipe(call_reseed), wipe = step_wipe(call_wipe),
		 buffer = step_wipe(call_buffer), alone;

	step_buffer_alone = 1;
	alone = step_wipe(call_buffer);

	printf("a wipe after each of %u instructions of a read, %u of gather, %u of reseed, %u of "
	       "wipe, %u and %u of a buffer\n",
	       (unsigned)read, (unsigned)gather, (unsigned)reseed, (unsigned)wipe, (unsigned)buffer,
	       (unsigned)alone);
	step_failed |= read < 1000 || gather < 500 || reseed < 500 || wipe < 50 || buffer < 100 ||
		       alone < 100;
}

static void step_nothing(struct seedbed *s, uint32_t tag)
{
	(void)s;
	(void)tag;
}

static uint32_t step_cost(void (*volatile call)(struct seedbed *, uint32_t))
{
	step_count = 0;
	step_on();
	call(&step_bed, 1);
	step_off();
	return step_count;
}

/* The cost of a function that does nothing is a call and a return. */
static void step_counts(void)
{
	uint32_t nothing, event;

	step_begin(STEP_COUNT);
	step_hal[0].cycles = sb_x86_tsc;
	step_failed |= stress_ready(&step_bed, &step_hal[0]) != SB_OK;
	nothing = step_cost(step_nothing);
	event = step_cost(seedbed_event);
	printf("event instructions %u\n", (unsigned)(event - nothing + 2));
}

int main(void)
{
	struct sigaction action = { .sa_sigaction = step_trap, .sa_flags = SA_SIGINFO };

	sigaction(SIGTRAP, &action, NULL);
	step_counts();
	if (STEP_EVENTS)
		step_events();
	if (STEP_READS)
		step_reads();
	step_lives();
	if (STEP_EVENTS && STEP_READS)
		step_wipes();
	printf("%s\n", step_failed ? "WRONG" : "passed");
	return step_failed;
}
