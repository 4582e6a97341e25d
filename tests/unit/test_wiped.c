/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each secret on the stack is wiped where it was made. test_wipe cannot see
 * that, because sb_leave wipes all that lies below a call once more. So sb_wipe
 * is this suite's own here, and notes what it is told to wipe.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

#define NOTES 64
#define FRAME_BYTES 64 /* of the pool */

static size_t noted[NOTES];
static unsigned notes, stacks;

static uint8_t head[3];        /* of the last frame of a parent or of stir */
static int state_seen;         /* that of bed, at the last wipe of its beginning */
static void (*half_way)(void); /* happens in the middle of the wipe of its end */

void sb_wipe(void *at, size_t len)
{
	uint32_t first = len == FRAME_BYTES ? *(uint32_t *)at : 0;

	if ((first & 255) == SB_FRAME_PARENT || (first & 255) == SB_FRAME_STIR)
		sb_bytes(head, &first, sizeof head);
	if (at == &bed)
		state_seen = bed.state;
	if (at == &bed.reason && half_way) {
		size_t half = offsetof(struct seedbed, wiped) - offsetof(struct seedbed, reason);

		memset((uint8_t *)at + half, 0, len - half);
		half_way();
		memset(at, 0, half);
	} else {
		memset(at, 0, len);
	}
	noted[notes++ % NOTES] = len;
}

int sb_wipe_stack(int result)
{
	stacks++;
	return result;
}

static void forget(void)
{
	notes = stacks = 0;
}

#define WIPED(...)                                                           \
	do {                                                                 \
		const size_t expected[] = { __VA_ARGS__ };                   \
		assert_int_equal(notes, sizeof expected / sizeof *expected); \
		for (unsigned note = 0; note < notes; note++)                \
			assert_int_equal(noted[note], expected[note]);       \
		forget();                                                    \
	} while (0)

/* A frame of the pool: the words of the hash, and the block. */
#define FRAME 64, 64

static void hash_and_cipher(void **state)
{
	static const uint32_t nonce[3], t[2];
	uint32_t h[8] = { 0 }, block[16] = { 0 };
	uint8_t out[64 + 32];

	(void)state;
	forget();
	sb_hash_compress(h, t, 0, block);
	WIPED(64);
	sb_stream(h, nonce, out, 32, 0);
	WIPED(128);
	sb_stream(h, nonce, out, 96, 0);
	WIPED(128);
}

static void take_nothing(void *ctx, size_t source, const uint8_t *bytes, size_t len)
{
	(void)ctx;
	(void)source;
	(void)bytes;
	(void)len;
}

static void pool_and_sources(void **state)
{
	static struct seedbed_consumer consumer = { .take = take_nothing };

	(void)state;
	fake_add(FAKE_VIRTIO);
	assert_true(fake_ready(&bed) > 0);
	assert_int_equal(seedbed_add_consumer(&bed, &consumer), SB_OK);
	forget();
	sb_pool_mix(&bed, SB_FRAME_STIR, 0, (const uint8_t *)"x", 1);
	WIPED(FRAME);
	assert_int_equal(seedbed_stir(&bed, "xyz", 3), SB_OK);
	assert_int_equal(head[0], SB_FRAME_STIR);
	assert_int_equal(head[1], 0);
	assert_int_equal(head[2], 3);
	WIPED(FRAME);
	sb_pool_rekey(&bed);
	WIPED(FRAME, 32);
	sb_source_ask(&bed, 0);
	WIPED(FRAME, SB_CHUNK);
	sb_consumers(&bed, 0, NULL, 0);
	WIPED(FRAME, 32);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	sb_consumers(&bed, 0, NULL, 0);
	WIPED(32);
}

/* The parent's output, whether or not it comes. */
static void secret_of_a_split(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
	forget();
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_OK);
	assert_true(notes > 1 && notes < NOTES);
	assert_int_equal(noted[notes - 1], 32);
	assert_int_equal(head[0], SB_FRAME_PARENT);
	assert_int_equal(head[1], 0);
	assert_int_equal(head[2], 32);
	seedbed_wipe(&bed);
	forget();
	assert_int_equal(seedbed_split(&twin, &bed, &fake.hal), SB_EIO);
	WIPED(32);
}

/* All of the instance but its state. */
static void instance(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
	forget();
	seedbed_wipe(&bed);
	WIPED(offsetof(struct seedbed, epoch) - offsetof(struct seedbed, mixed),
	      offsetof(struct seedbed, state), sizeof bed - offsetof(struct seedbed, reason));
}

static void wipe_again(void)
{
	half_way = NULL;
	seedbed_wipe(&bed);
}

/* A wipe from an interrupt in the middle of a wipe leaves nothing either. */
static void wipe_within_a_wipe(void **state)
{
	static const struct seedbed zero;

	(void)state;
	fake_add(FAKE_RDSEED);
	assert_true(fake_ready(&bed) > 0);
	half_way = wipe_again;
	seedbed_wipe(&bed);
	assert_null(half_way);
	assert_memory_equal(&bed, &zero, sizeof bed);
}

/*
 * While memory is cleared for an instance its state is not that of none. A
 * seedbed_random from an interrupt would begin another one there.
 */
static void state_while_it_is_cleared(void **state)
{
	(void)state;
	fake_add(FAKE_RDSEED);
	state_seen = SEEDBED_EMPTY;
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(state_seen, SEEDBED_GATHERING);
}

static void stack_behind_every_call(void **state)
{
	static struct seedbed_consumer consumer;
	uint8_t out[8];

	(void)state;
	fake_add(FAKE_RDSEED);
	forget();
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_int_equal(stacks, 1);
	assert_int_equal(seedbed_gather(&bed), SB_OK);
	assert_int_equal(stacks, 2);
	assert_int_equal(seedbed_read(&bed, out, sizeof out), SB_OK);
	assert_int_equal(stacks, 3);
	assert_int_equal(seedbed_stir(&bed, "x", 1), SB_OK);
	assert_int_equal(stacks, 4);
	assert_int_equal(seedbed_reseed(&bed), SB_OK);
	assert_int_equal(stacks, 5);
	assert_int_equal(seedbed_remove_consumer(&bed, &consumer), SB_EINVAL);
	assert_int_equal(stacks, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_NEW(hash_and_cipher),          ON_NEW(pool_and_sources),
		ON_NEW(secret_of_a_split),        ON_NEW(instance),
		ON_NEW(stack_behind_every_call),  ON_NEW(wipe_within_a_wipe),
		ON_NEW(state_while_it_is_cleared)
	};

	return cmocka_run_group_tests_name("wiped", tests, NULL, NULL);
}
