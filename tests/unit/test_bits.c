/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every bit of an instance, turned over between two calls, in several states.
 * The instance never serves before it would have served, and a wipe erases it.
 *
 * bits[] says of each member whether a flip is noticed: then every call
 * refuses. docs/threats.md has the same list with the reasons. The test is red
 * if the list is wrong either way.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "fake.h"

/* Driven after a flip. No state serves within them, unless it is ready. */
#define ROUNDS 4

enum kind {
	NOTICED,  /* each call says SB_EIO */
	HARMLESS, /* it decides nothing */
	UNREAD,   /* no call branches on it: one state for each bit, by turns */
	FOLLOWED  /* a pointer that a call would follow: wiped only */
};

/* clang-format off */
static const struct {
	const char *name;
	size_t at, size;
	enum kind kind;
} bits[] = {
#define MEMBER(member, kind)                                                                      \
	{                                                                                         \
#member, offsetof(struct seedbed, member), sizeof(((struct seedbed *)0)->member), \
			kind                                                                      \
	}
	MEMBER(hal, NOTICED),        MEMBER(cycles, NOTICED),      MEMBER(tags, HARMLESS),
	MEMBER(times, HARMLESS),     MEMBER(state, NOTICED),       MEMBER(distrust, NOTICED),
	MEMBER(child, NOTICED),      MEMBER(first, NOTICED),       MEMBER(reason, NOTICED) ,
	MEMBER(turn, NOTICED),       MEMBER(alarmed, NOTICED),     MEMBER(wiped, NOTICED),
	MEMBER(fruitless, HARMLESS), MEMBER(seal, NOTICED),        MEMBER(mark, NOTICED),
	MEMBER(drained, HARMLESS),   MEMBER(generation, HARMLESS), MEMBER(reads, HARMLESS),
	MEMBER(served, HARMLESS),    MEMBER(batch, HARMLESS),      MEMBER(since, HARMLESS),
	MEMBER(consumers, FOLLOWED),
	MEMBER(hook, HARMLESS),      MEMBER(hooked, HARMLESS),     MEMBER(mixed, UNREAD),
	MEMBER(pool, UNREAD),        MEMBER(key, UNREAD),          MEMBER(epoch, HARMLESS),
	MEMBER(way, NOTICED),
};

/* Of a slot that has a source. In the others no bit is looked at. */
static const struct {
	const char *name;
	size_t at, size;
	enum kind kind;
} slot_bits[] = {
#define SLOT(member, kind)                                               \
	{                                                                \
#member, offsetof(struct seedbed_slot, member),          \
			sizeof(((struct seedbed_slot *)0)->member), kind \
	}
	SLOT(state, NOTICED),   SLOT(reason, NOTICED),  SLOT(asked, NOTICED),
	SLOT(alarms, NOTICED),  SLOT(startup, NOTICED), SLOT(same, NOTICED),
	SLOT(credit, NOTICED),  SLOT(bytes, NOTICED),   SLOT(hits, HARMLESS),
	SLOT(window, HARMLESS), SLOT(last, HARMLESS),   SLOT(first, HARMLESS),
	SLOT(answer, HARMLESS), SLOT(earned, HARMLESS), SLOT(alarm_at, HARMLESS),
	SLOT(parts, HARMLESS),  SLOT(part, HARMLESS),
};
/* clang-format on */

/* Of a byte: its kind, and of what it is. Padding is looked at by nobody. */
static enum kind kind_of(size_t byte, const char **name)
{
	size_t in_slot = (byte - offsetof(struct seedbed, slot)) % sizeof(struct seedbed_slot);

	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		if (byte - bits[i].at < bits[i].size) {
			*name = bits[i].name;
			return bits[i].kind;
		}
	*name = "padding, or a slot without a source";
	if (byte < offsetof(struct seedbed, slot) ||
	    byte >= offsetof(struct seedbed, slot) + fake.hal.source_count * sizeof *bed.slot)
		return UNREAD;
	for (size_t i = 0; i < sizeof slot_bits / sizeof *slot_bits; i++)
		if (in_slot - slot_bits[i].at < slot_bits[i].size) {
			*name = slot_bits[i].name;
			return slot_bits[i].kind;
		}
	return HARMLESS;
}

static void rounds(int n)
{
	while (n--)
		(void)!seedbed_gather(&bed);
}

static void begin(void)
{
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
}

static void silent(unsigned flags, uint16_t credit)
{
	fake_script(fake_add(flags, credit), FAKE_RESULT, SB_EAGAIN);
}

static void sixteen_bits(void)
{
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 2);
	silent(FAKE_VIRTIO);
	begin();
	rounds(9);
	assert_int_equal(seedbed_status(&bed).bits, 16);
}

/* The host gives all it has, and the CPU nothing. */
static void distrusted(void)
{
	fake.distrust = SB_HOST;
	fake_add(FAKE_VIRTIO);
	silent(SB_CONDITIONED | SB_LOCAL, 2048);
	begin();
	rounds(9);
}

static void starting_up(void)
{
	fake_add(SB_NOISE, 2048);
	begin();
	rounds(12); /* of 22 */
}

/* It has the bits, and a source that was not heard. */
static void unheard(void)
{
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 48);
	silent(FAKE_VIRTIO);
	begin();
	rounds(2);
	assert_int_equal(seedbed_status(&bed).reason, SEEDBED_NEEDS_ROUND);
}

static void retired(void)
{
	fake_script(fake_add(FAKE_VIRTIO), FAKE_STUCK, 0);
	silent(FAKE_VIRTIO);
	begin();
	rounds(9);
	assert_int_equal(fake_report(&bed, 0).state, SEEDBED_RETIRED);
	fake.source[0].mode = FAKE_HONEST;
}

/* It served once, and has 16 bits since. Reads ask the fast source. */
static void cloned(void)
{
	fake_script(fake_add(SB_SEED, 2048), FAKE_ONCE, 50);
	silent(SB_CONDITIONED | SB_FAST, 2048);
	begin();
	rounds(9);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
	fake.id[0] = 2;
	rounds(3);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_GATHERING);
}

static void ready(void)
{
	fake_add(FAKE_VIRTIO);
	silent(SB_CONDITIONED, 2048);
	begin();
	rounds(9);
	assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
}

static const uint8_t zero[sizeof bed];
static const char *at; /* for a debugger: what is turned over */
static size_t at_bit;
static uint8_t out[16];

/* Returns 1 if it served. Out holds zeros if it did not. */
static int serves(void)
{
	int result;

	memset(out, 0xee, sizeof out);
	result = seedbed_read(&bed, out, sizeof out);
	if (result != SB_OK)
		assert_memory_equal(out, zero, sizeof out);
	return result == SB_OK;
}

/* Returns 1 if the flip was noticed: by each call, and in the status. */
static int refuses(void)
{
	int state = seedbed_status(&bed).state;

	if (state != SEEDBED_FAILED && state != SEEDBED_EMPTY)
		return 0;
	assert_int_equal(seedbed_gather(&bed), SB_EIO);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EIO);
	assert_int_equal(seedbed_stir(&bed, "x", 1), SB_EIO);
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_EIO);
	return !serves();
}

static void wipe_erases(void)
{
	seedbed_wipe(&bed);
	assert_memory_equal(&bed, zero, sizeof bed);
}

static const struct {
	const char *name;
	void (*make)(void);
	int serves;
} states[] = {
	{ "16 bits", sixteen_bits, 0 }, { "distrusted", distrusted, 0 },
	{ "start-up", starting_up, 0 }, { "unheard", unheard, 0 },
	{ "retired", retired, 0 },      { "cloned", cloned, 0 },
	{ "ready", ready, 1 },
};

/* What is asked of the bit in this state. */
static void flipped(enum kind kind, int may_serve)
{
	if (kind != FOLLOWED)
		assert_int_equal(refuses(), kind == NOTICED);
	for (int i = 0; (kind == HARMLESS || kind == UNREAD) && i < ROUNDS; i++) {
		assert_true(!serves() || may_serve);
		rounds(1);
	}
	if (kind == HARMLESS || kind == UNREAD)
		assert_true(!serves() || may_serve);
	wipe_erases();
}

static void every_bit(void **state)
{
	static struct fake_machine machine;
	static struct seedbed whole;

	(void)state;
	for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
		fake_reset();
		states[k].make();
		machine = fake;
		memcpy(&whole, &bed, sizeof bed);
		for (size_t bit = 0; bit < 8 * sizeof bed; bit++) {
			const char *name;
			enum kind kind = kind_of(bit / 8, &name);

			if (kind == UNREAD && bit % (sizeof states / sizeof *states) != k)
				continue;
			fake = machine;
			memcpy(&bed, &whole, sizeof bed);
			at = name;
			at_bit = bit;
			((uint8_t *)&bed)[bit / 8] ^= (uint8_t)(1u << bit % 8);
			flipped(kind, states[k].serves);
		}
	}
}

/* Where nothing is turned over, nothing is noticed. */
static void no_bit(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof states / sizeof *states; k++) {
		fake_reset();
		states[k].make();
		assert_false(refuses());
		for (int i = 0; i < ROUNDS; i++) {
			assert_int_equal(serves(), states[k].serves);
			rounds(1);
		}
		assert_int_equal(serves(), states[k].serves);
		wipe_erases();
	}
}

/* A new life is the way out, wherever the bit was. */
static void init_is_the_way_out(void **state)
{
	(void)state;
	for (size_t bit = 0; bit < 8 * sizeof bed; bit += 3) {
		const char *name;

		fake_reset();
		ready();
		if (kind_of(bit / 8, &name) != NOTICED)
			continue;
		((uint8_t *)&bed)[bit / 8] ^= (uint8_t)(1u << bit % 8);
		assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
		rounds(9);
		assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
		assert_true(serves());
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(no_bit), ON_NEW(every_bit),
					    ON_NEW(init_is_the_way_out) };

	return cmocka_run_group_tests_name("bits", tests, NULL, NULL);
}
