/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a call leaves on the dead stack. Each call runs below a painted stretch
 * of stack. Then the stretch is searched for every secret of the call. Every
 * compiler builds this suite at every level, without sanitizers.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "seedbed_buffer.h"

/*
 * More than the frames of the painter and of the reader take. These would hide
 * what lies there.
 */
#define SCAN_GAP 512
#define SCAN_ABOVE (2 * SCAN_GAP) /* above the call, so all that it writes is scanned */
#define SCAN_DEPTH 6144           /* deeper than any call here goes */
/* A find is this many bytes of a secret: two words of a key, a draw. */
#define SCAN_PIECE 8
#define SCAN_PAINT 0xd5
#ifdef __SANITIZE_ADDRESS__
/*
 * The sanitizer's own frames hold copies. So here the test only shows that the
 * scan works.
 */
#define SCAN_TESTS 1
#else
#define SCAN_TESTS (sizeof tests / sizeof *tests)
#endif
#define SCAN_ALONE __attribute__((noinline, no_sanitize_address))

static uint8_t scan_dead[SCAN_DEPTH];
static uint8_t out[200], data[100];
static size_t out_len;
static struct seedbed_consumer consumer;
static struct seedbed_buffer buffer;

/*
 * Both work downwards from below their own frame. The compiler knows nothing of
 * their pointers.
 */
SCAN_ALONE static void scan_paint(void)
{
	volatile uint8_t *top =
		(volatile uint8_t *)((uintptr_t)__builtin_frame_address(0) - SCAN_GAP);

	for (int i = 1; i <= SCAN_DEPTH; i++)
		top[-i] = SCAN_PAINT;
}

SCAN_ALONE static void scan_read(void)
{
	volatile uint8_t *top =
		(volatile uint8_t *)((uintptr_t)__builtin_frame_address(0) - SCAN_GAP);

	for (int i = 1; i <= SCAN_DEPTH; i++)
		scan_dead[SCAN_DEPTH - i] = top[-i];
}

SCAN_ALONE static void scan_call(void (*call)(void))
{
	uint8_t gap[SCAN_ABOVE];

	__asm__ volatile("" : : "r"(gap) : "memory");
	call();
	__asm__ volatile("" : : "r"(gap) : "memory");
}

static void scan(void (*call)(void))
{
	scan_paint();
	scan_call(call);
	scan_read();
}

/* How far down the stretch was written. */
static int scan_depth(void)
{
	int i = 0;

	while (i < SCAN_DEPTH && scan_dead[i] == SCAN_PAINT)
		i++;
	return SCAN_DEPTH - i;
}

/* Zeros and the first words of a hash are no secret. */
static int scan_public(const void *at, size_t len)
{
	static const uint8_t zero[SCAN_PIECE];
	uint32_t start[8];

	sb_hash_start(start);
	return len < SCAN_PIECE || memcmp(at, zero, sizeof zero) == 0 ||
	       memcmp(at, start, sizeof zero) == 0;
}

/* Returns 1, and prints where, if a piece of the secret is there. */
static int scan_finds(const char *name, const void *secret, size_t len)
{
	const uint8_t *p = secret;
	size_t depth = (size_t)scan_depth();

	if (scan_public(secret, len))
		return 0;
	for (size_t k = 0; k + SCAN_PIECE <= len; k++)
		if (fake_found(scan_dead + SCAN_DEPTH - depth, depth, p + k, SCAN_PIECE,
			       SCAN_PIECE)) {
			print_message("on the dead stack: %s, from byte %u\n", name, (unsigned)k);
			return 1;
		}
	return 0;
}

/*
 * Runs the call on bed. Every key, pool, output and source byte of before and
 * after it must be gone.
 */
static void leaves_nothing(void (*call)(void))
{
	static const uint32_t cipher[4] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	struct fake_source before[SEEDBED_SOURCES_MAX];
	uint32_t key[8], pool[8];
	uint32_t state[4];
	int found = 0;

	memcpy(before, fake.source, sizeof before);
	memcpy(key, bed.key, sizeof key);
	memcpy(pool, bed.pool, sizeof pool);
	scan(call);
	assert_in_range(scan_depth(), SCAN_ABOVE - SCAN_GAP, SCAN_DEPTH - 64);
	/*
	 * What the rounds end with, without the constants that anyone can add.
	 */
	for (size_t i = 0; i < 4; i++)
		state[i] = bed.key[i] - cipher[i];
	found += scan_finds("old key", key, sizeof key);
	found += scan_finds("new key", bed.key, sizeof bed.key);
	found += scan_finds("cipher state", state, sizeof state);
	found += scan_finds("child's key", twin.key, sizeof twin.key);
	found += scan_finds("old pool", pool, sizeof pool);
	found += scan_finds("new pool", bed.pool, sizeof bed.pool);
	found += scan_finds("output", out, out_len);
	found += scan_finds("stirred data", data, sizeof data);
	for (size_t i = 0; i < fake.hal.source_count; i++) {
		static uint8_t given[1200];
		size_t n = fake.source[i].bytes - before[i].bytes;

		assert_true(n <= sizeof given);
		for (size_t k = 0; k < n; k++)
			before[i].driver.read(&before[i], given + k, 1);
		found += scan_finds("source bytes", given, n);
	}
	assert_int_equal(found, 0);
}

static void begin(void)
{
	memset(out, 0, sizeof out);
	out_len = sizeof out;
	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (uint8_t)(i * 7 + 3);
	fake_add(FAKE_RDSEED);
	fake_add(FAKE_VIRTIO);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_true(fake_ready(&bed) > 0);
}

SCAN_ALONE static void leaky(void)
{
	uint8_t copy[64];

	memcpy(copy, data, sizeof copy);
	__asm__ volatile("" : : "r"(copy) : "memory");
}

static void scan_works(void **state)
{
	(void)state;
	begin();
	scan(leaky);
	assert_true(scan_finds("(planted, for a test of this test)", data, sizeof data));
}

static void call_read(void)
{
	(void)!seedbed_read(&bed, out, sizeof out);
}
static void call_read_short(void)
{
	(void)!seedbed_read(&bed, out, 16);
}
static void call_buffer(void)
{
	(void)!seedbed_buffer_read(&buffer, &bed, out, 16);
}
static void call_gather(void)
{
	(void)!seedbed_gather(&bed);
}
static void call_stir(void)
{
	(void)!seedbed_stir(&bed, data, sizeof data);
}
static void call_reseed(void)
{
	(void)!seedbed_reseed(&bed);
}
static void call_split(void)
{
	(void)!seedbed_split(&twin, &bed, &fake.hal);
}
static void call_add(void)
{
	(void)!seedbed_add_consumer(&bed, &consumer);
}
static void call_init(void)
{
	(void)!seedbed_init(&bed, &fake.hal);
}
static void call_wipe(void)
{
	seedbed_wipe(&bed);
}
static void call_event(void)
{
	seedbed_event(&bed, 1);
}
static void call_random(void)
{
	(void)!seedbed_random(out, sizeof out);
}

static void read_leaves_nothing(void **state)
{
	(void)state;
	begin();
	leaves_nothing(call_read);
}

static void short_read_leaves_nothing(void **state)
{
	(void)state;
	begin();
	out_len = 16;
	leaves_nothing(call_read_short);
}

/* Filled, from what is held, in a clone, and where it fails. */
static void buffer_leaves_nothing(void **state)
{
	(void)state;
	begin();
	memset(&buffer, 0, sizeof buffer);
	out_len = 16;
	for (int i = 0; i < 2; i++)
		leaves_nothing(call_buffer);
	assert_false(scan_finds("bytes made ahead", buffer.bytes, sizeof buffer.bytes));
	fake.id[0]++;
	leaves_nothing(call_buffer);
	assert_false(scan_finds("bytes made ahead", buffer.bytes, sizeof buffer.bytes));
	fake.change_at = fake.epochs + 2;
	leaves_nothing(call_buffer);
	fake.id[0]++;
	fake_script(&fake.source[0], FAKE_RESULT, SB_EIO);
	leaves_nothing(call_buffer);
}

static void failed_read_leaves_nothing(void **state)
{
	(void)state;
	begin();
	fake_script(&fake.source[0], FAKE_RESULT, SB_EIO);
	leaves_nothing(call_read);
	fake.id[0]++;
	leaves_nothing(call_read);
}

static void read_after_a_clone_leaves_nothing(void **state)
{
	(void)state;
	begin();
	fake.id[0]++;
	leaves_nothing(call_read);
	fake.change_at = fake.epochs + 2;
	leaves_nothing(call_read);
}

static void first_rounds_leave_nothing(void **state)
{
	(void)state;
	fake_add(SB_NOISE, 2048);
	fake_add(FAKE_VIRTIO);
	fake_add(FAKE_RDSEED);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	for (int i = 0; i < 24; i++)
		leaves_nothing(call_gather);
}

/* Each turn, with consumers' draws and reseeds. */
static void ready_rounds_leave_nothing(void **state)
{
	(void)state;
	begin();
	call_add();
	for (int i = 0; i < 12; i++) {
		seedbed_event(&bed, 1);
		leaves_nothing(call_gather);
	}
}

static void take_nothing(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	(void)source;
	(void)bytes;
	(void)len;
}

static void lying_source_leaves_nothing(void **state)
{
	(void)state;
	begin();
	fake_script(&fake.source[0], FAKE_OVER, 1);
	fake_script(&fake.source[1], FAKE_RESULT, SB_EIO);
	for (int i = 0; i < 4; i++)
		leaves_nothing(call_gather);
}

static void other_calls_leave_nothing(void **state)
{
	static void (*const call[])(void) = { call_stir,  call_add,    call_split,
					      call_event, call_reseed, call_gather,
					      call_init,  call_gather, call_wipe };

	(void)state;
	begin();
	for (size_t i = 0; i < sizeof call / sizeof *call; i++)
		leaves_nothing(call[i]);
}

static void random_leaves_nothing(void **state)
{
	(void)state;
	begin();
	leaves_nothing(call_random);
	assert_false(scan_finds("shared key", seedbed_shared()->key, sizeof bed.key));
	leaves_nothing(call_random);
	assert_false(scan_finds("shared key", seedbed_shared()->key, sizeof bed.key));
	seedbed_wipe(seedbed_shared());
}

int main(void)
{
	const struct CMUnitTest tests[] = { ON_NEW(scan_works),
					    ON_NEW(read_leaves_nothing),
					    ON_NEW(short_read_leaves_nothing),
					    ON_NEW(buffer_leaves_nothing),
					    ON_NEW(failed_read_leaves_nothing),
					    ON_NEW(read_after_a_clone_leaves_nothing),
					    ON_NEW(first_rounds_leave_nothing),
					    ON_NEW(ready_rounds_leave_nothing),
					    ON_NEW(lying_source_leaves_nothing),
					    ON_NEW(other_calls_leave_nothing),
					    ON_NEW(random_leaves_nothing) };

	consumer.take = take_nothing;
	return _cmocka_run_group_tests("wipe", tests, SCAN_TESTS, NULL, NULL);
}
