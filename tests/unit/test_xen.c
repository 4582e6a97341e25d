/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a Xen that works never does: a torn clock, a ring that nobody empties,
 * errors. Needs hal/hypervisor/xen.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "sb_xen.h"

#define NAPS 500u  /* hal/hypervisor/xen.c, XEN_RING_NAPS */
#define TRIES 1000 /* XEN_CLOCK_TRIES */

enum {
	MEMORY = 12,
	VERSION = 17,
	CONSOLE = 18,
	SCHED = 29,
	EVENT = 32,
	HVM = 34
}; /* public/xen.h */

static struct {
	struct {
		uint32_t version, pad;
		uint64_t counter, nanoseconds;
		uint32_t scale;
		int8_t shift;
	} time;
	uint64_t bits[128]; /* pending, masked */
	struct sb_xen_ring ring;
	uint64_t counter, deadline;
	unsigned reads, polls, yields, sends, shutdowns;
	unsigned drip; /* it takes one byte at each drip-th sleep */
	/*
	 * daemon: it empties the ring at each sleep. torn: the clock is written
	 * at this many readings.
	 */
	int daemon, torn;
	long fails; /* what any hypercall answers, unless it is 0 */
	/* Ports below this one are gone: the domain was restored. A new one is
	   bound at 70 or from there on. */
	uint32_t gone;
	uint64_t param;
	uint8_t name;
	uint8_t named; /* the only byte of the handle that is not zero, and 1; 0: all */
	uint32_t port; /* what is bound */
	unsigned binds;
	uint32_t poll_count; /* ports of the last sleep */
	struct {
		uint16_t domain, size;
		uint32_t space;
		uint64_t index, frame;
	} place;
	char text[8192];
	size_t got, printed;
	uint32_t reason;
} machine;

static struct sb_xen xen;

static uint64_t count(void)
{
	machine.reads++;
	if (machine.torn) {
		machine.torn--;
		machine.time.version += 2;
	}
	return machine.counter;
}

static void take(void)
{
	while (machine.daemon && machine.ring.out_taken != machine.ring.out_given)
		machine.text[machine.got++] = machine.ring.out[machine.ring.out_taken++ % 2048];
}

struct poll {
	uint64_t ports;
	uint32_t count, pad;
	uint64_t deadline;
};

/* Sleeps if no port is pending: the clock moves, a tick a nanosecond. */
static void sleep_until(const struct poll *poll)
{
	uint32_t port = poll->count ? *(const uint32_t *)(uintptr_t)poll->ports : 0;

	machine.polls++;
	machine.deadline = poll->deadline;
	machine.poll_count = poll->count;
	take();
	if (machine.drip && machine.polls % machine.drip == 0)
		machine.ring.out_taken++;
	if (!(port && machine.bits[port / 64] >> port % 64 & 1) && poll->deadline > machine.counter)
		machine.counter = poll->deadline;
}

static void sched(uintptr_t command, const void *argument)
{
	if (command == 0)
		machine.yields++;
	else if (command == 3)
		sleep_until(argument);
	else if (command == 2) {
		machine.shutdowns++;
		machine.reason = *(const uint32_t *)argument;
	}
}

static void event(uintptr_t command, void *argument)
{
	uint32_t *word = argument;

	if (command == 7) {
		assert_int_equal(word[0], 0); /* the first CPU */
		machine.binds++;
		word[1] = machine.gone > machine.port ? machine.gone : machine.port;
	} else if (command == 4) {
		machine.sends++;
		machine.bits[word[0] / 64] |= 1ull << word[0] % 64;
	}
}

static int is_gone(unsigned number, uintptr_t command, const void *argument)
{
	const struct poll *poll = argument;

	if (number == EVENT && command == 4)
		return *(const uint32_t *)argument < machine.gone;
	return number == SCHED && command == 3 && poll->count &&
	       *(const uint32_t *)(uintptr_t)poll->ports < machine.gone;
}

static long hypercall(unsigned number, uintptr_t a, uintptr_t b, uintptr_t c)
{
	if (number != CONSOLE)
		assert_int_equal(c, 0);
	if (number == SCHED && a == 0 && machine.fails)
		machine.yields++;
	if (machine.fails)
		return machine.fails;
	if (is_gone(number, a, (const void *)b))
		return -22;
	if (number == MEMORY && a == 7)
		memcpy(&machine.place, (const void *)b, sizeof machine.place);
	if (number == SCHED)
		sched(a, (const void *)b);
	if (number == EVENT)
		event(a, (void *)b);
	if (number == VERSION && a == 8)
		for (uint8_t i = 0; i < 16; i++)
			((uint8_t *)b)[i] =
				machine.named && machine.named != i + 1 ? 0 : machine.name;
	if (number == HVM)
		memcpy((uint8_t *)b + 8, &machine.param, 8);
	if (number == CONSOLE) {
		memcpy(machine.text + machine.got, (const void *)c, b);
		machine.got += b;
		machine.printed += b;
	}
	return number == VERSION && a == 0 ? 0x40011 : 0;
}

static int new_machine(void **state)
{
	(void)state;
	memset(&machine, 0, sizeof machine);
	machine.time.scale = 0x80000000; /* twice the ticks, a nanosecond each */
	machine.time.shift = 1;
	machine.port = 70;
	xen = (struct sb_xen){ .hypercall = hypercall,
			       .time = &machine.time,
			       .counter = count,
			       .pending = machine.bits };
	return 0;
}

static void tells(void **state)
{
	uint8_t handle[16];
	uint64_t value = 5;

	(void)state;
	assert_int_equal(sb_xen_version(&xen), 0x40011);
	assert_int_equal(sb_xen_handle(&xen, handle), SB_ENODEV);
	machine.name = 7;
	assert_int_equal(sb_xen_handle(&xen, handle), SB_OK);
	assert_int_equal(handle[15], 7);
	for (machine.named = 1; machine.named <= 16; machine.named++)
		assert_int_equal(sb_xen_handle(&xen, handle), SB_OK);
	assert_int_equal(sb_xen_place_shared(&xen, 0x123456789), SB_OK);
	assert_int_equal(machine.place.domain, 0x7ff0);
	assert_int_equal(machine.place.size, 0);
	assert_int_equal(machine.place.space, 0);
	assert_int_equal(machine.place.index, 0);
	assert_true(machine.place.frame == 0x123456789);
	assert_int_equal(sb_xen_param(&xen, SB_XEN_GENERATION_ADDRESS, &value), SB_ENODEV);
	assert_int_equal(value, 5);
	machine.param = 0xfeff8000;
	assert_int_equal(sb_xen_param(&xen, SB_XEN_GENERATION_ADDRESS, &value), SB_OK);
	assert_int_equal(value, 0xfeff8000);
	machine.fails = -38;
	assert_int_equal(sb_xen_handle(&xen, handle), SB_ENODEV);
	assert_int_equal(sb_xen_param(&xen, SB_XEN_GENERATION_ADDRESS, &value), SB_ENODEV);
	assert_int_equal(sb_xen_place_shared(&xen, 1), SB_ENODEV);
	assert_true(sb_xen_version(&xen) < 0);
}

static void clock_counts(void **state)
{
	(void)state;
	machine.time.nanoseconds = 1000;
	machine.time.counter = UINT64_MAX - 9; /* the counter wraps */
	machine.counter = 90;
	assert_int_equal(sb_xen_now(&xen), 1100);
	machine.time.counter = 91; /* it is behind */
	machine.time.nanoseconds = 1200;
	assert_int_equal(sb_xen_now(&xen), 1200);
	machine.time.counter = 0;
	machine.time.nanoseconds = 0; /* it would go backwards */
	assert_int_equal(sb_xen_now(&xen), 1200);
	machine.time.shift = -2;
	machine.time.scale = 0xc0000000;
	machine.counter = 0x123456789abcdef0;
	assert_int_equal(sb_xen_now(&xen),
			 (0x123456789abcdef0 >> 4) * 3 + 1110); /* it goes on from there */
	new_machine(NULL);
	machine.time.shift = -3;
	machine.counter = 1000;
	assert_int_equal(sb_xen_now(&xen), 62);
	machine.time.shift = -32; /* a quarter of all ticks is no step back */
	machine.counter = 1ull << 62;
	assert_int_equal(sb_xen_now(&xen), 1u << 29);
	machine.time.shift = 0;
	machine.counter = 1ull << 40;
	assert_true(sb_xen_now(&xen) == 1ull << 39);
}

/* A short way back. The time goes on by what the clock goes on. */
static void a_little_ahead(void **state)
{
	(void)state;
	machine.counter = 1100;
	assert_int_equal(sb_xen_now(&xen), 1100);
	machine.counter = 1000;
	assert_int_equal(sb_xen_now(&xen), 1100);
	machine.counter = 1010;
	assert_int_equal(sb_xen_now(&xen), 1110);
	machine.counter = 1020;
	assert_int_equal(sb_xen_now(&xen), 1120);
	sb_xen_wait(&xen, 1121);
	assert_int_equal(machine.deadline, 1021);
}

/*
 * A host that has been up for less time. Xen's clock is the one of that host,
 * and our deadline is in our time.
 */
static void restored(void **state)
{
	(void)state;
	machine.time.nanoseconds = 1000000;
	machine.counter = 5;
	assert_int_equal(sb_xen_now(&xen), 1000005);
	machine.time.nanoseconds = 0;
	machine.counter = 100;
	assert_int_equal(sb_xen_now(&xen), 1000005);
	sb_xen_wait(&xen, 1000025);
	assert_int_equal(machine.counter, 120);
	assert_int_equal(sb_xen_now(&xen), 1000025);
	xen.ring = &machine.ring;
	xen.ring_port = 2;
	machine.ring.out_given = sizeof machine.ring.out;
	sb_xen_write(&xen, "x", 1);
	assert_true(machine.counter <= 120 + NAPS * 10000000ull);
}

/*
 * A domain that was restored has lost its event channels. It sleeps on, makes
 * another one, and its console still carries.
 */
static void restored_without_channels(void **state)
{
	(void)state;
	assert_int_equal(sb_xen_bind(&xen), SB_OK);
	xen.ring = &machine.ring;
	xen.ring_port = 2;
	machine.gone = 75;
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.counter, 500); /* no spin */
	assert_int_equal(machine.yields, 0);
	machine.daemon = 1;
	machine.ring.out_given = machine.ring.out_taken + sizeof machine.ring.out;
	machine.got = 0;
	sb_xen_write(&xen, "carried", 7);
	assert_non_null(xen.ring);
	take();
	assert_memory_equal(machine.text + machine.got - 7, "carried", 7);
	assert_int_equal(machine.yields, 0);

	assert_int_equal(sb_xen_event(&xen), 0);
	assert_int_equal(xen.port, 75);
	machine.counter = 0;
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.counter, 0);
	machine.gone = 80;
	machine.fails = -38;
	assert_int_equal(sb_xen_event(&xen), -1);
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.counter, 0);
	assert_true(machine.yields == 0); /* even that failed */
}

static void torn_clock(void **state)
{
	(void)state;
	machine.counter = 50;
	machine.torn = 3; /* consistent within three readings */
	assert_int_equal(sb_xen_now(&xen), 50);
	assert_int_equal(machine.reads, 4);
	machine.counter = 60;
	machine.time.version = 1; /* never consistent */
	assert_int_equal(sb_xen_now(&xen), 50);
	assert_int_equal(machine.reads, 4 + TRIES);
}

static void waits(void **state)
{
	(void)state;
	machine.counter = 100;
	sb_xen_wait(&xen, 100); /* past */
	assert_int_equal(machine.polls + machine.yields, 0);
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.deadline, 500);
	assert_int_equal(sb_xen_now(&xen), 500);
	assert_int_equal(machine.polls, 1);
	assert_int_equal(machine.yields, 0);
	assert_int_equal(machine.poll_count, 0); /* no port is bound */
	sb_xen_wait(&xen, UINT64_MAX);           /* to Xen it is a signed number */
	assert_int_equal(machine.deadline, INT64_MAX);
	new_machine(NULL);
	xen.time = NULL;
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.polls, 0);
	assert_int_equal(machine.yields, 1);
	assert_int_equal(sb_xen_now(&xen), 0);
	sb_xen_wait(&xen, 0); /* nobody knows what is past */
	assert_int_equal(machine.yields, 2);
	new_machine(NULL);
	machine.fails = -38; /* it cannot sleep */
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.yields, 1);
}

/* A channel that is there is kept. One that is lost twice is none. */
static void a_channel_is_bound_once(void **state)
{
	(void)state;
	assert_int_equal(sb_xen_bind(&xen), SB_OK);
	assert_int_equal(sb_xen_event(&xen), 0);
	assert_int_equal(sb_xen_event(&xen), 0);
	assert_int_equal(machine.binds, 1);
	machine.fails = -22;
	assert_int_equal(sb_xen_event(&xen), -1);
}

/* The bit of the port alone is acknowledged, and only where it has one. */
static void each_port_has_its_bit(void **state)
{
	static const uint32_t ports[] = { 0, 1, 63, 64, 129, 4095, 4096, 4160 };

	(void)state;
	for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
		uint32_t port = ports[i];

		new_machine(NULL);
		memset(machine.bits, 0xff, sizeof machine.bits);
		xen.port = port;
		sb_xen_wait(&xen, 500);
		assert_int_equal(machine.poll_count, port != 0);
		for (uint32_t k = 0; k < 128; k++)
			assert_true(machine.bits[k] == (port && port < 4096 && k == port / 64
								? ~(1ull << port % 64)
								: UINT64_MAX));
		if (port == 0 || port >= 4096)
			continue;
		new_machine(NULL);
		machine.port = port;
		machine.bits[64 + port / 64] = 1ull << (port + 1) % 64;
		assert_int_equal(sb_xen_bind(&xen), SB_OK);
		for (uint32_t k = 0; k < 128; k++)
			assert_true(machine.bits[k] ==
				    (k == 64 + port / 64
					     ? 1ull << port % 64 | 1ull << (port + 1) % 64
					     : 0));
	}
	new_machine(NULL);
	xen.pending = NULL;
	xen.port = 70;
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.polls, 1);
}

static void event_ends_a_wait(void **state)
{
	(void)state;
	assert_int_equal(sb_xen_event(&xen), -1);
	assert_int_equal(sb_xen_bind(&xen), SB_OK);
	assert_int_equal(xen.port, 70);
	assert_int_equal(machine.bits[64 + 1], 1ull << 6);
	assert_int_equal(sb_xen_event(&xen), 0);
	sb_xen_wait(&xen, 500);
	assert_int_equal(machine.counter, 0);
	assert_int_equal(machine.bits[1], 0);
	sb_xen_wait(&xen, 500); /* and the event does not stay */
	assert_int_equal(machine.counter, 500);
	new_machine(NULL);
	machine.fails = -38;
	assert_int_equal(sb_xen_bind(&xen), SB_ENODEV);
	assert_int_equal(sb_xen_event(&xen), -1);
	new_machine(NULL);
	xen.pending = NULL; /* nobody could ever acknowledge it */
	assert_int_equal(sb_xen_bind(&xen), SB_ENODEV);
}

static char long_text[5000];

static void ring_carries(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof long_text; i++)
		long_text[i] = (char)('a' + i % 23);
	xen.ring = &machine.ring;
	xen.ring_port = 2;
	machine.ring.out_given = machine.ring.out_taken = UINT32_MAX - 99; /* the indices wrap */
	machine.daemon = 1;
	sb_xen_write(&xen, long_text, sizeof long_text);
	assert_true(machine.sends > 0);
	assert_int_equal(machine.shutdowns, 0);
	sb_xen_shutdown(&xen, SB_XEN_CRASH);
	assert_int_equal(machine.got, sizeof long_text);
	assert_memory_equal(machine.text, long_text, sizeof long_text);
	assert_int_equal(machine.printed, 0);
	assert_int_equal(machine.shutdowns, 1);
	assert_int_equal(machine.reason, SB_XEN_CRASH);
}

/* The ring's channel and ours are acknowledged in one word. */
static void event_outlives_a_full_ring(void **state)
{
	(void)state;
	assert_int_equal(sb_xen_bind(&xen), SB_OK);
	xen.ring = &machine.ring;
	xen.ring_port = 66;
	machine.daemon = 1;
	assert_int_equal(sb_xen_event(&xen), 0);
	sb_xen_write(&xen, long_text, sizeof long_text);
	assert_true(machine.polls > 0);
	machine.counter = 0;
	sb_xen_wait(&xen, 500000000);
	assert_int_equal(machine.counter, 0);
	assert_int_equal(
		machine.bits[1],
		1ull << (66 - 64)); /* the ring's event stays, as this wait was not for it */
}

/* A number of a toolstack is no index into memory. */
static void ring_port_out_of_range(void **state)
{
	(void)state;
	memset(&machine.ring, 0x5a, sizeof machine.ring); /* the memory behind the bits */
	xen.ring = &machine.ring;
	xen.ring_port = 128 * 64 + 3;
	machine.fails = -22;
	machine.ring.out_given = machine.ring.out_taken + sizeof machine.ring.out;
	sb_xen_write(&xen, "x", 1);
	for (size_t i = 0; i < sizeof machine.ring.in; i++)
		assert_int_equal(machine.ring.in[i], 0x5a);
}

static void ring_is_given_up(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	xen.ring_port = 2;
	sb_xen_write(&xen, long_text, sizeof long_text);
	assert_int_equal(machine.polls, NAPS);
	assert_int_equal(machine.sends, NAPS); /* it is told at each nap */
	assert_true(machine.counter == 0);     /* and its own event ends a nap */
	assert_null(xen.ring);
	sb_xen_write(&xen, "then", 4);
	assert_int_equal(machine.printed, 4);
	sb_xen_shutdown(&xen, SB_XEN_POWEROFF);
	assert_int_equal(machine.polls, NAPS);
	assert_int_equal(machine.shutdowns, 1);
}

/*
 * A reader that is slower than allowed is no reader. The bound is on the whole
 * of a write.
 */
static void ring_that_drips(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	machine.ring.out_given = sizeof machine.ring.out;
	machine.drip = 100;
	sb_xen_write(&xen, long_text, 64);
	assert_int_equal(machine.polls, NAPS);
	assert_null(xen.ring);
}

static void ring_of_nonsense(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	machine.ring.out_taken = 7; /* ahead of what was given */
	sb_xen_write(&xen, "text", 4);
	assert_null(xen.ring);
	assert_int_equal(machine.ring.out_given, 0);
	assert_true(machine.polls <= NAPS);
}

/* It naps only where there is no room for a byte, and then for 10 ms. */
static void ring_with_room_for_a_byte(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	machine.ring.out_given = sizeof machine.ring.out - 1;
	sb_xen_write(&xen, "x", 1);
	assert_int_equal(machine.polls, 0);
	assert_int_equal(machine.ring.out_given, sizeof machine.ring.out);
	assert_int_equal(machine.ring.out[2047], 'x');
	machine.drip = 1;
	machine.counter = 7;
	sb_xen_write(&xen, "y", 1);
	assert_int_equal(machine.polls, 1);
	assert_int_equal(machine.deadline, 10000007);
	assert_int_equal(machine.ring.out[0], 'y');
}

static void shutdown_drains_the_last_byte(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	machine.daemon = 1;
	sb_xen_write(&xen, "x", 1);
	sb_xen_shutdown(&xen, SB_XEN_POWEROFF);
	assert_int_equal(machine.got, 1);
	assert_int_equal(machine.polls, 1);
}

static void shutdown_of_a_full_ring(void **state)
{
	(void)state;
	xen.ring = &machine.ring;
	sb_xen_write(&xen, "text", 4);
	sb_xen_shutdown(&xen, SB_XEN_POWEROFF);
	assert_int_equal(machine.polls, NAPS);
	assert_int_equal(machine.shutdowns, 1);
}

int main(void)
{
#define ON_NEW_MACHINE(test) cmocka_unit_test_setup(test, new_machine)
	const struct CMUnitTest tests[] = {
		ON_NEW_MACHINE(tells),
		ON_NEW_MACHINE(clock_counts),
		ON_NEW_MACHINE(a_little_ahead),
		ON_NEW_MACHINE(restored),
		ON_NEW_MACHINE(restored_without_channels),
		ON_NEW_MACHINE(torn_clock),
		ON_NEW_MACHINE(waits),
		ON_NEW_MACHINE(a_channel_is_bound_once),
		ON_NEW_MACHINE(each_port_has_its_bit),
		ON_NEW_MACHINE(event_ends_a_wait),
		ON_NEW_MACHINE(ring_carries),
		ON_NEW_MACHINE(event_outlives_a_full_ring),
		ON_NEW_MACHINE(ring_port_out_of_range),
		ON_NEW_MACHINE(ring_is_given_up),
		ON_NEW_MACHINE(ring_that_drips),
		ON_NEW_MACHINE(ring_of_nonsense),
		ON_NEW_MACHINE(ring_with_room_for_a_byte),
		ON_NEW_MACHINE(shutdown_drains_the_last_byte),
		ON_NEW_MACHINE(shutdown_of_a_full_ring),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
