/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A timer interrupt, and another one that preempts it, against every call on an
 * instance. The twin of the instance has the same sources and no interrupts. It
 * is told which events were mixed, and nothing else. It must stay equal to the
 * last bit. After that the interrupts read.
 *
 * EVENT_STIRS: the interrupt mixes at once instead, as one might have written
 * it. WITHOUT_BUSY: it reads although the instance is busy.
 */
#include "board.h"
#include "stress.h"
#include "tick.h"

#define EVENTS_ROUNDS 1500
#define EVENTS_WORDS 512 /* fits in the 10 KiB of a micro:bit */
#ifdef WITHOUT_BUSY
#define EVENTS_BATCHES 40000 /* until the fault shows */
#else
#define EVENTS_BATCHES 40
#endif
#define EVENTS_BLOCKS 16 /* of a read, so that the timer falls into one */

static struct stress_source events_source[2] = { { 0x123456789abcdef1u }, { 0x123456789abcdef1u } };
static struct seedbed events_bed, events_twin;
static uint64_t events_words[EVENTS_WORDS];
static volatile uint32_t events_count, events_nested, events_depth, events_served, events_busy,
	events_wrong;
static volatile uint8_t events_reading;
static uint32_t events_mixed[2];
static uint8_t events_any;

/* An interrupt may also come between the two halves of an event. */
static uint64_t events_counter(void)
{
	static uint32_t asked;

	if ((++asked & 15) == 0 && events_depth < 2)
		tick_raise();
	return 0;
}

static int events_same_memory(const void *a, const void *b, size_t len)
{
	const uint8_t *x = a, *y = b;

	while (len && *x == *y)
		x++, y++, len--;
	return len == 0;
}

static void events_take(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	if (source != SEEDBED_FROM_EVENTS || len != sizeof events_mixed)
		return;
	events_mixed[0] = events_mixed[1] = 0;
	for (size_t i = 0; i < len; i++)
		events_mixed[i / 4] |= (uint32_t)bytes[i] << 8 * (i % 4);
	events_any = 1;
}

/* An interrupt that reads gets a block, or only zeros. */
static void events_read(void)
{
	uint8_t block[16];
	uint8_t any = 0;
	int result;

	for (size_t i = 0; i < sizeof block; i++)
		block[i] = 0xee;
#ifdef WITHOUT_BUSY
	stress_not_inside(&events_bed);
#endif
	result = seedbed_read(&events_bed, block, sizeof block);
	for (size_t i = 0; i < sizeof block; i++)
		any |= block[i];
	if (result == SB_OK && events_served < EVENTS_WORDS)
		events_words[events_served++] = stress_word(block);
	else if (result == SB_EAGAIN && !any)
		events_busy++;
	else
		events_wrong++;
}

void tick(void)
{
	events_count++;
	events_nested += events_depth++ > 0;
	if (events_reading && events_depth == 1 && events_served < EVENTS_WORDS / 4)
		events_read();
#ifdef EVENT_STIRS
	stress_not_inside(&events_bed);
	events_wrong += seedbed_stir(&events_bed, (const void *)&events_count,
				     sizeof events_count) != SB_OK;
#else
	seedbed_event(&events_bed, events_count);
#endif
	events_depth--;
}

static int events_equal(void)
{
	return events_same_memory(events_bed.key, events_twin.key, sizeof events_bed.key) &&
	       events_same_memory(events_bed.pool, events_twin.pool, sizeof events_bed.pool) &&
	       events_same_memory(events_bed.mixed, events_twin.mixed, sizeof events_bed.mixed) &&
	       events_same_memory(events_bed.slot, events_twin.slot, sizeof events_bed.slot) &&
	       events_bed.state == events_twin.state && events_bed.served == events_twin.served &&
	       events_bed.reads == events_twin.reads && events_bed.turn == events_twin.turn;
}

static int events_gather(void)
{
	int result;

	events_any = 0;
	result = seedbed_gather(&events_bed);
	if (events_any) {
		events_twin.tags = events_mixed[0];
		events_twin.times = events_mixed[1];
	}
	return result == seedbed_gather(&events_twin);
}

static int events_reads(size_t len)
{
	static uint8_t out[2][16 * EVENTS_BLOCKS];

	return seedbed_read(&events_bed, out[0], len) == SB_OK &&
	       seedbed_read(&events_twin, out[1], len) == SB_OK &&
	       events_same_memory(out[0], out[1], len);
}

/*
 * Makes every call that changes an instance. Returns the rounds until the two
 * differ, or EVENTS_ROUNDS.
 */
static uint32_t events_against_all(const struct sb_hal *hal, const struct sb_hal *twin)
{
	static struct seedbed_consumer h[2] = { { .take = events_take }, { .take = events_take } };
	uint32_t round = 0;
	int same = seedbed_init(&events_bed, hal) == SB_OK &&
		   seedbed_init(&events_twin, twin) == SB_OK;

	same = same && seedbed_add_consumer(&events_bed, &h[0]) == SB_OK &&
	       seedbed_add_consumer(&events_twin, &h[1]) == SB_OK;
	while (same && round < EVENTS_ROUNDS) {
		round++;
		same = events_gather() && events_equal();
		if (!same || seedbed_status(&events_twin).state != SEEDBED_READY)
			continue;
		same = events_reads(16 + (round & 127)) &&
		       seedbed_stir(&events_bed, &round, 4) == SB_OK &&
		       seedbed_stir(&events_twin, &round, 4) == SB_OK;
		if (same && (round & 63) == 0)
			same = seedbed_reseed(&events_bed) == SB_OK &&
			       seedbed_reseed(&events_twin) == SB_OK;
		same = same && events_equal();
	}
	return same ? round : round - 1;
}

/*
 * Reads long outputs while interrupts read, again and again. Returns how many
 * blocks two of them have.
 */
static size_t events_among_reads(void)
{
	uint8_t out[16 * EVENTS_BLOCKS];
	size_t n = 0;

	events_served = 0;
	events_reading = 1;
	tick_raise(); /* so that one interrupt finds the instance idle */
	while (n < EVENTS_WORDS / 2) {
		events_wrong += seedbed_read(&events_bed, out, sizeof out) != SB_OK;
		for (size_t i = 0; i < EVENTS_BLOCKS; i++)
			events_words[EVENTS_WORDS / 2 + n++] = stress_word(out + 16 * i);
	}
	events_reading = 0;
	/* The interrupts filled the first quarter, or less. */
	for (size_t i = 0; i < EVENTS_WORDS / 2; i++)
		events_words[events_served + i] = events_words[EVENTS_WORDS / 2 + i];
	return stress_twice(events_words, events_served + EVENTS_WORDS / 2);
}

int main(void)
{
	const struct sb_source sources[2] = { STRESS_SOURCE(&events_source[0]),
					      STRESS_SOURCE(&events_source[1]) };
	const struct sb_hal hal = { .cycles = events_counter,
				    .sources = &sources[0],
				    .source_count = 1 };
	const struct sb_hal twin = { .cycles = stress_no_counter,
				     .sources = &sources[1],
				     .source_count = 1 };
	uint32_t equal, served = 0;
	size_t twice = 0;

	tick_start();
	equal = events_against_all(&hal, &twin);
	for (int batch = 0; batch < EVENTS_BATCHES && !events_wrong && !twice; batch++) {
		twice += events_among_reads();
		served += events_served;
	}
	tick_stop();
	stress_say("interrupts", events_count);
	stress_say("nested", events_nested);
	stress_say("rounds", EVENTS_ROUNDS);
	stress_say("equal", equal);
	stress_say("served-in-interrupts", served);
	stress_say("busy-in-interrupts", events_busy);
	stress_say("twice", twice);
	stress_say("wrong", events_wrong);
	return equal < EVENTS_ROUNDS || twice || events_wrong || !events_nested || !events_busy ||
	       !served;
}
