/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Firmware that is not at hand: every algorithm by its GUID, many instances,
 * errors, timers that never fire. Needs hal/firmware/uefi.c and
 * hal/firmware/uefi_rng.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "sb_uefi.h"
#include "seedbed.h"

#define INSTANCES 100
#define TICK 10000000u /* hal/firmware/uefi.c, UEFI_TICK */
#define POLLS 1000u    /* UEFI_POLLS */
#define NS 1000000000ull
#define FAILED SB_UEFI_ERROR(14) /* not found */

/* As the GUIDs stand in memory: UEFI Specification 2.10, section 37.5. */
static const uint8_t raw[16] = { 0xd7, 0x76, 0x31, 0xe4, 0xe8, 0xb6, 0x27, 0x48,
				 0xb7, 0x84, 0x7f, 0xfd, 0xc4, 0xb6, 0x85, 0x61 };
static const uint8_t ctr[16] = { 0x6e, 0xde, 0xf0, 0x44, 0x8c, 0x4d, 0x45, 0x40,
				 0xa8, 0xc7, 0x4d, 0xd1, 0x68, 0x85, 0x6b, 0x9e };
static const uint8_t hash[16] = { 0xcb, 0x67, 0xaf, 0xa7, 0x3b, 0x60, 0x42, 0x4d,
				  0xba, 0x21, 0x70, 0xbf, 0xb6, 0x29, 0x3f, 0x96 };
static const uint8_t hmac[16] = { 0x43, 0x9b, 0x14, 0xc5, 0x85, 0xae, 0x53, 0x4f,
				  0x99, 0x82, 0xb9, 0x43, 0x35, 0xd3, 0xa9, 0xe7 };
static const uint8_t des[16] = { 0x5a, 0x78, 0xc4, 0x63, 0x34, 0xca, 0x12, 0x40,
				 0xa3, 0xc8, 0x0b, 0x6a, 0x32, 0x4f, 0x55, 0x46 };
static const uint8_t aes[16] = { 0x21, 0x33, 0xd0, 0xac, 0x7e, 0x77, 0x3d, 0x4d,
				 0xb1, 0xc8, 0x20, 0xcf, 0xd8, 0x88, 0x20, 0xc9 };
static const uint8_t rndr[16] = { 0xe3, 0xfd, 0xd2, 0x43, 0x4e, 0x9d, 0x79, 0x4d,
				  0x02, 0x96, 0xa8, 0x9b, 0xca, 0x78, 0x08, 0x41 };
static const uint8_t protocol[16] = { 0xa5, 0xbc, 0x52, 0x31, 0xde, 0xea, 0x3d, 0x43,
				      0x86, 0x2e, 0xc0, 0x1c, 0xdc, 0x29, 0x1f, 0x44 };
static uint8_t nobody_knows[16]; /* raw except for its last bit */

struct instance {
	struct sb_uefi_rng rng;
	const uint8_t *algorithms[20];
	unsigned count;
	sb_uefi_status info;
};

static struct {
	struct instance instance[INSTANCES];
	void *handle[INSTANCES];
	uintptr_t count;
	unsigned asked, freed, located;
	sb_uefi_status get; /* what GetRNG answers */
	uintptr_t len;
	struct instance *from;
	uint8_t algorithm[16], next;
	int repeats;
	uint64_t counter, slow; /* of 1 ns; slow: more in each other Stall */
	int fires, signalled, woken, waits, stalls, wait_fails, no_event;
	uint64_t timer; /* when it fires; 0: not set */
	/* Of the last timer, stall and wait; and which calls fail. */
	uint64_t hundred_ns;
	uintptr_t microseconds, events;
	int no_wake, timer_fails, locates_nothing, overflows;
	unsigned lines;
	size_t line, longest;
	uint16_t text[4096];
	size_t printed;
	unsigned watchdog, ends;
	sb_uefi_status status;
} machine;

static struct sb_uefi_boot boot;
static struct sb_uefi_runtime runtime;
static struct sb_uefi_text text;
static struct sb_uefi_table table;
static struct sb_uefi uefi;
static struct sb_uefi_rng_state state;
static int timer_event, wake_event;

static SB_UEFI_CALL sb_uefi_status info(struct sb_uefi_rng *rng, uintptr_t *size,
					struct sb_uefi_guid *algorithms)
{
	struct instance *self = (struct instance *)(void *)rng;
	uintptr_t room = *size;

	machine.asked++;
	*size = self->count * 16;
	if (self->count * 16 > room)
		return SB_UEFI_BUFFER_TOO_SMALL;
	if (machine.overflows) /* success, and more than there is room for */
		*size = room + 16;
	for (unsigned i = 0; i < self->count; i++)
		memcpy(&algorithms[i], self->algorithms[i], 16);
	return self->info;
}

/* Writes, and fails after that. */
static SB_UEFI_CALL sb_uefi_status get(struct sb_uefi_rng *rng, struct sb_uefi_guid *algorithm,
				       uintptr_t len, uint8_t *buf)
{
	machine.from = (struct instance *)(void *)rng;
	machine.len = len;
	memcpy(machine.algorithm, algorithm, 16);
	if (machine.repeats)
		machine.next = 0;
	for (uintptr_t i = 0; i < len; i++)
		buf[i] = ++machine.next;
	return machine.get;
}

static SB_UEFI_CALL sb_uefi_status locate(uint32_t by, struct sb_uefi_guid *guid, void *key,
					  uintptr_t *count, void ***handles)
{
	assert_int_equal(by, 2);
	assert_null(key);
	assert_memory_equal(guid, protocol, 16);
	if (!machine.count)
		return FAILED;
	machine.located++;
	if (machine.locates_nothing)
		return 0;
	*count = machine.count;
	*handles = machine.handle;
	return 0;
}

static SB_UEFI_CALL sb_uefi_status handle(void *which, struct sb_uefi_guid *guid, void **interface)
{
	assert_memory_equal(guid, protocol, 16);
	*interface = which;
	return which ? 0 : SB_UEFI_UNSUPPORTED;
}

static SB_UEFI_CALL sb_uefi_status free_pool(void *buffer)
{
	if (!machine.locates_nothing)
		assert_ptr_equal(buffer, machine.handle);
	machine.freed++;
	return 0;
}

static SB_UEFI_CALL sb_uefi_status create_event(uint32_t type, uintptr_t tpl, void *notify,
						void *ctx, void **event)
{
	(void)tpl;
	assert_null(notify);
	assert_null(ctx);
	*event = type ? &timer_event : &wake_event;
	return machine.no_event || (machine.no_wake && !type) ? FAILED : 0;
}

static void pass(uint64_t until)
{
	if (until > machine.counter)
		machine.counter = until;
	if (machine.fires && machine.timer && machine.counter >= machine.timer) {
		machine.timer = 0;
		machine.signalled = 1;
	}
}

static SB_UEFI_CALL sb_uefi_status set_timer(void *event, uint32_t type, uint64_t hundred_ns)
{
	assert_ptr_equal(event, &timer_event);
	assert_true(type == 2 || (type == 0 && hundred_ns == 0));
	if (type == 2 && machine.timer_fails)
		return FAILED;
	if (type == 2)
		machine.hundred_ns = hundred_ns;
	machine.timer = type == 2 ? machine.counter + 100 * hundred_ns : 0;
	return 0;
}

static int take(int *flag)
{
	int was = *flag;

	*flag = 0;
	return was;
}

static SB_UEFI_CALL sb_uefi_status check_event(void *event)
{
	assert_non_null(event);
	return take(event == &timer_event ? &machine.signalled : &machine.woken)
		       ? 0
		       : SB_UEFI_NOT_READY;
}

/* Signals in the order of the events: UEFI Specification 2.10, section 7.1. */
static SB_UEFI_CALL sb_uefi_status wait_for_event(uintptr_t count, void **events, uintptr_t *index)
{
	machine.waits++;
	machine.events = count;
	if (machine.wait_fails) {
		*index = 1;
		return SB_UEFI_UNSUPPORTED;
	}
	if (!machine.signalled && !(count > 1 && machine.woken)) {
		assert_true(machine.timer != 0); /* without a timer it would never end */
		pass(machine.timer);
	}
	for (*index = 0; *index < count; ++*index)
		if (check_event(events[*index]) == 0)
			return 0;
	return FAILED;
}

static SB_UEFI_CALL sb_uefi_status signal_event(void *event)
{
	assert_ptr_equal(event, &wake_event);
	machine.woken = 1;
	return 0;
}

static SB_UEFI_CALL sb_uefi_status stall(uintptr_t microseconds)
{
	machine.stalls++;
	machine.microseconds = microseconds;
	pass(machine.counter + 1000 * (uint64_t)microseconds +
	     (machine.stalls % 2 ? machine.slow : 0));
	return 0;
}

static SB_UEFI_CALL sb_uefi_status watchdog(uintptr_t seconds, uint64_t code, uintptr_t size,
					    uint16_t *data)
{
	assert_int_equal(code, 0);
	assert_int_equal(size, 0);
	assert_null(data);
	machine.watchdog += seconds == 0;
	return 0;
}

static SB_UEFI_CALL sb_uefi_status print(struct sb_uefi_text *self, uint16_t *string)
{
	assert_ptr_equal(self, &text);
	machine.lines++;
	for (machine.line = 0; *string; machine.line++)
		machine.text[machine.printed++] = *string++;
	if (machine.line > machine.longest)
		machine.longest = machine.line;
	return 0;
}

static SB_UEFI_CALL void reset(uint32_t type, sb_uefi_status status, uintptr_t size, void *data)
{
	assert_int_equal(type, 2);
	assert_int_equal(size, 0);
	assert_null(data);
	machine.status = status;
	machine.ends++;
}

static SB_UEFI_CALL sb_uefi_status leave(void *image, sb_uefi_status status, uintptr_t size,
					 uint16_t *data)
{
	assert_ptr_equal(image, uefi.image);
	assert_int_equal(size, 0);
	assert_null(data);
	assert_true(status == machine.status);
	machine.ends += 10;
	return 0;
}

static uint64_t count(void)
{
	return machine.counter;
}

static int new_machine(void **unused)
{
	(void)unused;
	memset(&machine, 0, sizeof machine);
	memcpy(nobody_knows, raw, 16);
	nobody_knows[15] ^= 1;
	for (unsigned i = 0; i < INSTANCES; i++) {
		machine.instance[i].rng = (struct sb_uefi_rng){ .info = info, .get = get };
		machine.handle[i] = &machine.instance[i];
	}
	machine.fires = 1;
	boot = (struct sb_uefi_boot){ .free_pool = free_pool,
				      .create_event = create_event,
				      .set_timer = set_timer };
	boot.wait_for_event = wait_for_event;
	boot.signal_event = signal_event;
	boot.check_event = check_event;
	boot.handle_protocol = handle;
	boot.exit = leave;
	boot.stall = stall;
	boot.set_watchdog_timer = watchdog;
	boot.locate_handle_buffer = locate;
	runtime = (struct sb_uefi_runtime){ .reset_system = reset };
	text = (struct sb_uefi_text){ .output = print };
	table = (struct sb_uefi_table){ .out = &text, .runtime = &runtime, .boot = &boot };
	uefi = (struct sb_uefi){ .image = &machine, .table = &table, .counter = count, .hz = NS };
	state = (struct sb_uefi_rng_state){ .uefi = &uefi };
	return 0;
}

/* Adds an instance with these algorithms. */
static struct instance *has(const uint8_t *first, const uint8_t *second)
{
	struct instance *made = &machine.instance[machine.count++];

	made->algorithms[made->count++] = first;
	if (second)
		made->algorithms[made->count++] = second;
	return made;
}

/*
 * Whether the driver asks that instance for that algorithm. NULL: it asks
 * nobody.
 */
static int asks(const struct sb_driver *driver, const struct instance *instance,
		const uint8_t *algorithm)
{
	uint8_t byte;
	int result;

	machine.from = NULL;
	result = driver->probe(&state);
	assert_int_equal(machine.freed, machine.located);
	if (result != SB_OK)
		return result == SB_ENODEV && instance == NULL &&
		       driver->read(&state, &byte, 1) == SB_EIO && machine.from == NULL;
	assert_int_equal(driver->read(&state, &byte, 1), 1);
	driver->stop(&state);
	return machine.from == instance && algorithm &&
	       memcmp(machine.algorithm, algorithm, 16) == 0;
}

static void no_instance(void **unused)
{
	static const struct sb_driver *const all[] = { &sb_uefi_raw, &sb_uefi_raw_2, &sb_uefi_drbg,
						       &sb_uefi_rndr, &sb_uefi_other };

	(void)unused;
	for (unsigned i = 0; i < 5; i++) {
		assert_true(asks(all[i], NULL, NULL));
		assert_int_equal(all[i]->flags, SB_CONDITIONED | SB_HOST);
	}
}

static void each_by_its_guid(void **unused)
{
	static const uint8_t *const drbg[] = { ctr, hash, hmac, des, aes };
	struct instance *one, *two, *three, *four;

	(void)unused;
	one = has(ctr, raw);
	two = has(raw, hash);
	three = has(rndr, NULL);
	four = has(nobody_knows, NULL);
	assert_true(asks(&sb_uefi_raw, one, raw));
	assert_true(asks(&sb_uefi_raw_2, two, raw));
	assert_true(asks(&sb_uefi_drbg, one, ctr));
	assert_true(asks(&sb_uefi_rndr, three, rndr));
	assert_true(asks(&sb_uefi_other, four, nobody_knows));
	for (unsigned i = 0; i < 5; i++) {
		new_machine(NULL);
		one = has(drbg[i], NULL);
		assert_true(asks(&sb_uefi_drbg, one, drbg[i]));
		assert_true(asks(&sb_uefi_raw, NULL, NULL));
		assert_true(asks(&sb_uefi_other, NULL, NULL));
	}
}

static void credit(void **unused)
{
	const struct sb_source rows[] = { SB_UEFI_RAW(&state), SB_UEFI_RAW_2(&state),
					  SB_UEFI_DRBG(&state), SB_UEFI_RNDR(&state),
					  SB_UEFI_OTHER(&state) };
	const struct sb_driver *const drivers[] = { &sb_uefi_raw, &sb_uefi_raw_2, &sb_uefi_drbg,
						    &sb_uefi_rndr, &sb_uefi_other };

	(void)unused;
	for (unsigned i = 0; i < 5; i++) {
		assert_ptr_equal(rows[i].driver, drivers[i]);
		assert_int_equal(rows[i].credit, i < 2 ? 2048 : 0);
	}
}

static void bounded(void **unused)
{
	(void)unused;
	machine.count = INSTANCES;
	assert_true(asks(&sb_uefi_raw, NULL, NULL));
	assert_int_equal(machine.asked, SB_UEFI_RNGS_MAX);
	machine.count = SB_UEFI_RNGS_MAX;
	has(raw, NULL); /* the ninth */
	assert_true(asks(&sb_uefi_raw, NULL, NULL));
}

static void instances_that_fail(void **unused)
{
	struct instance *last;

	(void)unused;
	machine.handle[0] = NULL;
	has(raw, NULL);
	has(raw, NULL)->info = SB_UEFI_DEVICE_ERROR;
	has(raw, NULL)->count = 17; /* more than there is room for */
	last = has(raw, NULL);
	assert_true(asks(&sb_uefi_raw, last, raw));
	assert_true(asks(&sb_uefi_raw_2, NULL, NULL));
}

static void firmware_that_lies(void **unused)
{
	struct instance *one = has(raw, NULL);

	(void)unused;
	for (one->count = 0; one->count < 15;)
		one->algorithms[one->count++] = nobody_knows;
	one->algorithms[one->count++] = raw; /* as many as there is room for */
	assert_true(asks(&sb_uefi_raw, one, raw));
	machine.overflows = 1;
	assert_true(asks(&sb_uefi_raw, NULL, NULL));
	machine.overflows = 0;
	machine.locates_nothing = 1;
	assert_true(asks(&sb_uefi_raw, NULL, NULL));
	machine.locates_nothing = 0;
	has(raw, NULL);
	machine.count--; /* it does not count that one */
	assert_true(asks(&sb_uefi_raw_2, NULL, NULL));
}

/* Each probe looks again, and hands over nothing of before. */
static void probes_afresh(void **unused)
{
	uint8_t byte;

	(void)unused;
	has(raw, NULL);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), 1);
	assert_int_equal(byte, 1);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), 1);
	assert_int_equal(byte, SB_UEFI_RNG_BYTES + 1);
	machine.count = 0;
	assert_int_equal(sb_uefi_raw.probe(&state), SB_ENODEV);
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), SB_EIO);
}

static void gives_each_byte_once(void **unused)
{
	uint8_t bytes[80];
	unsigned next = 0;

	(void)unused;
	has(raw, NULL);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	for (unsigned i = 0; i < 6; i++) {
		int n = sb_uefi_raw.read(&state, bytes, i % 2 ? 48 : 32);

		assert_int_equal(n, i % 2 ? 16 : 32);
		assert_int_equal(machine.len, SB_UEFI_RNG_BYTES);
		next += (unsigned)n;
		assert_int_equal(bytes[n - 1], next & 255);
		for (unsigned k = 0; k < state.taken; k++)
			assert_int_equal(state.bytes[k], 0);
	}
}

/* Two names are one instance in fact. Its bits count once. */
static void one_by_two_handles(void **unused)
{
	struct instance *one = has(raw, NULL);

	(void)unused;
	machine.handle[machine.count++] = one;
	assert_true(asks(&sb_uefi_raw, one, raw));
	assert_true(asks(&sb_uefi_raw_2, NULL, NULL));
}

/*
 * A firmware that gives the same bytes each time is never ready, however good
 * they look.
 */
static void repeats_itself(void **unused)
{
	static struct seedbed bed;
	const struct sb_source source[] = { SB_UEFI_RAW(&state) };
	struct sb_hal hal = { .cycles = count, .sources = source, .source_count = 1 };
	int result = SB_EAGAIN;

	(void)unused;
	has(raw, NULL);
	machine.repeats = 1;
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK);
	for (unsigned i = 0; i < 40 && result == SB_EAGAIN; i++)
		result = seedbed_gather(&bed);
	assert_int_equal(result, SB_EIO);
	assert_int_equal(seedbed_status(&bed).bits, 0);
	machine.repeats = 0;
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	for (unsigned i = 0; i < 40 && (i == 0 || result == SB_EAGAIN); i++)
		result = seedbed_gather(&bed);
	assert_int_equal(result, SB_OK);
	seedbed_wipe(&bed);
}

static void nothing_is_left(void)
{
	for (unsigned i = 0; i < SB_UEFI_RNG_BYTES; i++)
		assert_int_equal(state.bytes[i], 0);
}

static void errors(void **unused)
{
	static const struct {
		sb_uefi_status status;
		int result;
	} each[] = { { SB_UEFI_NOT_READY, SB_EAGAIN },
		     { SB_UEFI_DEVICE_ERROR, SB_EIO },
		     { SB_UEFI_UNSUPPORTED, SB_ENODEV },
		     { SB_UEFI_ERROR(2), SB_EIO },
		     { 1, SB_EIO } };
	uint8_t byte = 0xa5;

	(void)unused;
	has(raw, NULL);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	for (unsigned i = 0; i < 5; i++) {
		machine.get = each[i].status;
		assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), each[i].result);
		assert_int_equal(byte, 0xa5);
		nothing_is_left();
	}
	machine.get = 0;
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), 1);
	assert_int_equal(byte, (uint8_t)(machine.next - (SB_UEFI_RNG_BYTES - 1)));
}

static void stop_wipes(void **unused)
{
	uint8_t byte;

	(void)unused;
	has(raw, NULL);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), 1);
	sb_uefi_raw.stop(&state);
	nothing_is_left();
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), SB_EIO);
	assert_int_equal(sb_uefi_raw.probe(&state), SB_OK);
	assert_int_equal(sb_uefi_raw.read(&state, &byte, 1), 1);
	assert_int_equal(byte, SB_UEFI_RNG_BYTES + 1);
}

static uint8_t taken[64];

static void consume(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	if (source == 0)
		memcpy(taken, bytes, len);
}

static uint8_t life;

static int epoch(uint8_t id[16])
{
	memset(id, life, 16);
	return SB_OK;
}

/*
 * GetRNG answers at once, so no request outlives an epoch. What is left of an
 * answer does not either: here 16 of its bytes, as a consumer takes 32.
 */
static void starts_over(void **unused)
{
	static struct seedbed bed;
	static struct seedbed_consumer consumer = { .take = consume };
	const struct sb_source source[] = { SB_UEFI_RAW(&state) };
	struct sb_hal hal = {
		.cycles = count, .sources = source, .source_count = 1, .epoch = epoch
	};
	uint8_t out[16];
	int result = SB_EAGAIN;

	(void)unused;
	has(raw, NULL);
	life = 1;
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK);
	assert_int_equal(seedbed_add_consumer(&bed, &consumer), SB_OK);
	while (result == SB_EAGAIN)
		result = seedbed_gather(&bed);
	assert_int_equal(result, SB_OK);
	assert_int_equal(state.have - state.taken, 16);
	life = 2;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_EAGAIN);
	nothing_is_left();
	assert_int_equal(state.taken, state.have);
	machine.next = 100;
	while (seedbed_gather(&bed) == SB_EAGAIN)
		;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);

	assert_int_equal(seedbed_remove_consumer(&bed, &consumer), SB_OK);
	seedbed_wipe(&bed);
	nothing_is_left();
	assert_null(seedbed_held(&hal));
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK);
	while (seedbed_gather(&bed) == SB_EAGAIN)
		;
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	seedbed_wipe(&bed);
}

static void starts(void **unused)
{
	(void)unused;
	uefi.hz = 0;
	machine.slow = 5000000; /* time for interrupts */
	sb_uefi_start(&uefi);
	assert_int_equal(uefi.hz, NS);
	assert_int_equal(machine.watchdog, 1);
	assert_int_equal(machine.stalls, 3 + 1); /* three to measure, one for the timer */
	assert_int_equal(machine.microseconds, 1000);
	assert_int_equal(machine.hundred_ns, 10000);
	assert_ptr_equal(uefi.timer, &timer_event);
	assert_ptr_equal(uefi.wake, &wake_event);
	machine.counter = 0;
	uefi.hz = 5 * NS;
	machine.counter = 0xfffffffffffffff0;
	assert_true(sb_uefi_now(&uefi) == machine.counter / 5);
	machine.counter = 12 * NS;
	uefi.hz = 0;
	assert_true(sb_uefi_now(&uefi) == 12 * NS);
	new_machine(NULL);
	uefi.hz = 7 * NS; /* the board knows it */
	sb_uefi_start(&uefi);
	assert_true(uefi.hz == 7 * NS);
	assert_int_equal(machine.stalls, 1);
}

static void sleeps(void **unused)
{
	uint64_t begin;

	(void)unused;
	sb_uefi_start(&uefi);
	machine.stalls = 0;
	begin = machine.counter;
	sb_uefi_wait(&uefi, 0);
	sb_uefi_wait(&uefi, begin);
	assert_int_equal(machine.waits + machine.stalls, 0);
	sb_uefi_wait(&uefi, begin + 200000000);
	assert_true(machine.counter >= begin + 200000000 &&
		    machine.counter < begin + 200000000 + 50000);
	assert_int_equal(machine.waits, 1);
	assert_int_equal(machine.events, 2);
	assert_int_equal(machine.hundred_ns, (200000000 - TICK) / 100);
	assert_true((unsigned)machine.stalls <= TICK / 20000 + 1);
	begin = machine.counter;
	machine.signalled = 1; /* a timer that fired late signalled it */
	sb_uefi_wait(&uefi, UINT64_MAX);
	assert_true(machine.counter >= begin + NS && machine.counter < begin + NS + 50000);
	assert_int_equal(machine.timer, 0);
	machine.waits = 0;
	sb_uefi_wait(&uefi, machine.counter + TICK); /* nothing is left for the timer */
	assert_int_equal(machine.waits, 0);
	sb_uefi_wait(&uefi, machine.counter + TICK + 100);
	assert_int_equal(machine.waits, 1);
	assert_int_equal(machine.hundred_ns, 1);
	machine.timer_fails = 1;
	machine.stalls = 0;
	sb_uefi_wait(&uefi, machine.counter + NS);
	assert_int_equal(machine.waits, 1);
	assert_int_equal(machine.stalls, POLLS);
}

static void no_event_of_ours(void **unused)
{
	(void)unused;
	machine.no_wake = 1;
	sb_uefi_start(&uefi);
	assert_null(uefi.wake);
	assert_int_equal(sb_uefi_event(&uefi), -1);
	sb_uefi_wait(&uefi, machine.counter + 200000000);
	assert_int_equal(machine.waits, 1);
	assert_int_equal(machine.events, 1);
	new_machine(NULL);
	machine.timer_fails = 1;
	sb_uefi_start(&uefi);
	assert_null(uefi.timer);
	assert_int_equal(machine.stalls, 0);
}

static void event_ends_a_wait(void **unused)
{
	uint64_t begin;

	(void)unused;
	assert_int_equal(sb_uefi_event(&uefi), -1);
	sb_uefi_start(&uefi);
	begin = machine.counter;
	assert_int_equal(sb_uefi_event(&uefi), 0);
	sb_uefi_wait(&uefi, begin + NS);
	assert_true(machine.counter == begin);
	assert_int_equal(machine.timer, 0);
	assert_int_equal(sb_uefi_event(&uefi), 0);
	sb_uefi_wait(&uefi, begin + TICK / 2); /* too short for the timer */
	assert_true(machine.counter == begin);
	sb_uefi_wait(&uefi, begin + NS); /* and the event does not stay */
	assert_true(machine.counter >= begin + NS);
}

static void no_timer(void **unused)
{
	uint64_t begin;

	(void)unused;
	machine.fires = 0;
	sb_uefi_start(&uefi);
	assert_null(uefi.timer);
	assert_int_equal(machine.stalls, 100); /* of a millisecond */
	assert_int_equal(machine.timer, 0);
	begin = machine.counter;
	machine.stalls = 0;
	sb_uefi_wait(&uefi, UINT64_MAX);
	assert_int_equal(machine.waits, 0);
	assert_int_equal(machine.stalls, POLLS);
	sb_uefi_wait(&uefi, machine.counter + 5000000);
	assert_true(machine.counter < begin + 20 * POLLS * 1000 + 5000000 + 50000);
	new_machine(NULL);
	machine.no_event = 1;
	sb_uefi_start(&uefi);
	assert_null(uefi.timer);
	assert_int_equal(sb_uefi_event(&uefi), -1);
	sb_uefi_wait(&uefi, UINT64_MAX);
	assert_int_equal(machine.waits, 0);
}

/* At a TPL at which it must not run. */
static void wait_is_refused(void **unused)
{
	uint64_t begin;

	(void)unused;
	sb_uefi_start(&uefi);
	machine.wait_fails = 1;
	machine.stalls = 0;
	begin = machine.counter;
	sb_uefi_wait(&uefi, begin + NS);
	assert_int_equal(machine.stalls, POLLS);
	assert_int_equal(machine.timer, 0);
}

static void console(void **unused)
{
	char line[200];

	(void)unused;
	memset(line, 'a', sizeof line);
	line[63] = line[64] = line[199] = '\n';
	sb_uefi_write(&uefi, line, sizeof line);
	assert_int_equal(machine.printed, sizeof line + 3);
	assert_int_equal(machine.text[63], '\r');
	assert_int_equal(machine.text[64], '\n');
	assert_int_equal(machine.text[65], '\r');
	assert_int_equal(machine.text[202], '\n');
	assert_int_equal(machine.lines, 4);
	assert_int_equal(machine.longest, 65);
	sb_uefi_write(&uefi, "\xe9", 1);
	assert_int_equal(machine.text[203], 0xe9);
	table.out = NULL;
	sb_uefi_write(&uefi, "x", 1);
	assert_int_equal(machine.printed, 204);
	new_machine(NULL);
	memset(line, 'a', sizeof line);
	line[64] = '\n';
	sb_uefi_write(&uefi, line, 65); /* a line that fills a chunk */
	assert_int_equal(machine.lines, 2);
	assert_int_equal(machine.longest, 64);
	assert_int_equal(machine.line, 2);
}

static void ends(void **unused)
{
	(void)unused;
	sb_uefi_exit(&uefi, 0);
	assert_int_equal(machine.ends, 11);
	assert_true(machine.status == 0);
	sb_uefi_exit(&uefi, 1);
	assert_true(machine.status == SB_UEFI_ABORTED);
}

/* UEFI Specification 2.10, section 4.6. */
static void finds_the_tables_of_acpi(void **unused)
{
	static const struct sb_uefi_guid new_kind = {
		0x8868e871, 0xe4f1, 0x11d3, { 0xbc, 0x22, 0, 0x80, 0xc7, 0x3c, 0x88, 0x81 }
	};
	static const struct sb_uefi_guid old_kind = {
		0xeb9d2d30, 0x2d88, 0x11d3, { 0x9a, 0x16, 0, 0x90, 0x27, 0x3f, 0xc1, 0x4d }
	};
	static const struct sb_uefi_guid tree_kind = {
		0xb1b621d5, 0xf19c, 0x41a5, { 0x83, 0x0b, 0xd9, 0x15, 0x2c, 0x69, 0xaa, 0xe0 }
	};
	struct sb_uefi_entry entries[SB_UEFI_ENTRIES_MAX + 1];
	int rsdp[2];

	(void)unused;
	memset(entries, 0, sizeof entries);
	assert_int_equal(sb_uefi_rsdp(&uefi), 0);
	table.entries = entries;
	table.count = SB_UEFI_ENTRIES_MAX + 1;
	assert_int_equal(sb_uefi_rsdp(&uefi), 0);
	entries[1] = (struct sb_uefi_entry){ old_kind, &rsdp[0] };
	assert_int_equal(sb_uefi_rsdp(&uefi), (uintptr_t)&rsdp[0]);
	entries[SB_UEFI_ENTRIES_MAX] = (struct sb_uefi_entry){ new_kind, &rsdp[1] };
	assert_int_equal(sb_uefi_rsdp(&uefi), (uintptr_t)&rsdp[0]);
	entries[SB_UEFI_ENTRIES_MAX - 1] = entries[SB_UEFI_ENTRIES_MAX];
	assert_int_equal(sb_uefi_rsdp(&uefi), (uintptr_t)&rsdp[1]);
	table.count = 1;
	assert_int_equal(sb_uefi_rsdp(&uefi), 0);
	assert_null(sb_uefi_tree(&uefi));
	entries[0] = (struct sb_uefi_entry){ tree_kind, &rsdp[0] };
	assert_ptr_equal(sb_uefi_tree(&uefi), &rsdp[0]);
	assert_int_equal(sb_uefi_rsdp(&uefi), 0);
	table.entries = NULL;
	assert_null(sb_uefi_tree(&uefi));
}

int main(void)
{
#define ON_NEW_MACHINE(test) cmocka_unit_test_setup(test, new_machine)
	const struct CMUnitTest tests[] = {
		ON_NEW_MACHINE(no_instance),
		ON_NEW_MACHINE(each_by_its_guid),
		ON_NEW_MACHINE(credit),
		ON_NEW_MACHINE(bounded),
		ON_NEW_MACHINE(instances_that_fail),
		ON_NEW_MACHINE(firmware_that_lies),
		ON_NEW_MACHINE(probes_afresh),
		ON_NEW_MACHINE(gives_each_byte_once),
		ON_NEW_MACHINE(one_by_two_handles),
		ON_NEW_MACHINE(repeats_itself),
		ON_NEW_MACHINE(errors),
		ON_NEW_MACHINE(stop_wipes),
		ON_NEW_MACHINE(starts_over),
		ON_NEW_MACHINE(starts),
		ON_NEW_MACHINE(sleeps),
		ON_NEW_MACHINE(no_event_of_ours),
		ON_NEW_MACHINE(event_ends_a_wait),
		ON_NEW_MACHINE(no_timer),
		ON_NEW_MACHINE(wait_is_refused),
		ON_NEW_MACHINE(console),
		ON_NEW_MACHINE(ends),
		ON_NEW_MACHINE(finds_the_tables_of_acpi),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
