/* SPDX-License-Identifier: BSD-2-Clause */
/* The list of hooks that every event loop has (sb_loop.h). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"

static struct sb_hook *head;
static struct sb_hook hook[3];
static unsigned runs[3];
static char order[16];

/*
 * ctx is the hook's own count. The digits of this number are the order of the
 * runs.
 */
static void count_run(void *ctx)
{
	unsigned *run = ctx;

	++*run;
	if (strlen(order) < sizeof order - 1)
		order[strlen(order)] = (char)('0' + (run - runs));
}

/* As an instance that is wiped in its harvest: its memory is cleared. */
static void remove_itself(void *ctx)
{
	count_run(&runs[(struct sb_hook *)ctx - hook]);
	sb_loop_remove(&head, ctx);
	memset(ctx, 0, sizeof(struct sb_hook));
}

static int begin(void **state)
{
	head = NULL;
	for (int i = 0; i < 3; i++) {
		runs[i] = 0;
		hook[i] = (struct sb_hook){ count_run, &runs[i], (void *)-1 };
	}
	memset(order, 0, sizeof order);
	return fake_setup(state);
}

static void run(const char *expected)
{
	memset(order, 0, sizeof order);
	sb_loop_run(head);
	assert_string_equal(order, expected);
}

static void empty_list_runs_nothing(void **state)
{
	(void)state;
	run("");
	sb_loop_remove(&head, &hook[0]);
	assert_null(head);
}

static void hooks_run_once_each(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		sb_loop_add(&head, &hook[i]);
		sb_loop_add(&head, &hook[i]);
		sb_loop_add(&head, &hook[0]);
	}
	run("012");
	sb_loop_remove(&head, &hook[1]);
	sb_loop_remove(&head, &hook[1]);
	run("02");
	sb_loop_add(&head, &hook[1]);
	run("021");
	sb_loop_remove(&head, &hook[1]);
	sb_loop_remove(&head, &hook[0]);
	run("2");
	sb_loop_remove(&head, &hook[2]);
	assert_null(head);
}

static void hook_removes_itself_and_the_next_one_runs(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++)
		sb_loop_add(&head, &hook[i]);
	hook[1].run = remove_itself;
	hook[1].ctx = &hook[1];
	run("012");
	run("02");
}

/* Init adds an instance's hook to the list of its loop, and wipe removes it. */
static void instances_are_in_the_list_of_their_loop(void **state)
{
	struct sb_hook *other = NULL;
	struct sb_loop loop;
	struct sb_hal hal;

	(void)state;
	fake_add(FAKE_VIRTIO);
	hal = fake.hal;
	loop = *fake.hal.loop;
	loop.hooks = &other;
	hal.loop = &loop;
	sb_loop_add(&fake.hooks, &hook[0]);
	assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
	assert_ptr_equal(fake.hooks, &hook[0]);
	assert_ptr_equal(fake.hooks->next, &bed.hook);
	assert_int_equal(seedbed_init(&twin, &hal), SB_OK);
	assert_ptr_equal(other, &twin.hook);
	assert_int_equal(fake_hooked(), 2);
	seedbed_wipe(&twin);
	assert_null(other);
	assert_int_equal(fake_hooked(), 2);
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK); /* now with another loop */
	assert_int_equal(fake_hooked(), 1);
	assert_ptr_equal(other, &bed.hook);
	assert_int_equal(seedbed_init(&bed, &hal), SB_OK);
	assert_ptr_equal(other, &bed.hook);
	assert_null(other->next);
}

static unsigned flipped; /* 0: hal, 1: cycles, 2: mark */

static void flip(unsigned bit)
{
	static const size_t at[] = { offsetof(struct seedbed, hal),
				     offsetof(struct seedbed, cycles),
				     offsetof(struct seedbed, mark) };

	((uint8_t *)&bed)[at[flipped] + bit / 8] ^= (uint8_t)(1u << bit % 8);
}

/*
 * After a flip in one of these words a wipe cannot unhook. The loop passes over
 * the instance, before the wipe and after it. A new init finds it in its place.
 */
static void loop_passes_over_a_flipped_instance(void **state)
{
	static const uint8_t zero[sizeof bed];

	(void)state;
	fake_add(FAKE_VIRTIO);
	for (flipped = 0; flipped < 3; flipped++)
		for (unsigned bit = 0; bit < 8 * sizeof(uintptr_t); bit += 5) {
			fake.hooks = head = NULL;
			memset(&bed, 0, sizeof bed);
			sb_loop_add(&fake.hooks, &hook[0]);
			assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
			sb_loop_add(&fake.hooks, &hook[1]);
			head = fake.hooks;
			flip(bit);
			run("01");
			seedbed_wipe(&bed);
			assert_memory_equal(bed.key, zero, sizeof bed.key);
			assert_ptr_equal(bed.hook.next, &hook[1]);
			bed.hook.next = NULL;
			assert_memory_equal(&bed, zero, sizeof bed);
			bed.hook.next = &hook[1];
			run("01");
			assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
			assert_int_equal(fake_hooked(), 3);
			run("01");
			run("01");
			assert_int_equal(seedbed_status(&bed).state, SEEDBED_READY);
			flip(bit); /* and an init without a wipe */
			assert_int_equal(seedbed_init(&bed, &fake.hal), SB_OK);
			assert_int_equal(fake_hooked(), 3);
			run("01");
			seedbed_wipe(&bed);
			assert_memory_equal(&bed, zero, sizeof bed);
			run("01");
			assert_int_equal(fake_hooked(), 2);
		}
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup(test, begin)
	const struct CMUnitTest tests[] = {
		TEST(empty_list_runs_nothing),
		TEST(hooks_run_once_each),
		TEST(hook_removes_itself_and_the_next_one_runs),
		TEST(instances_are_in_the_list_of_their_loop),
		TEST(loop_passes_over_a_flipped_instance),
	};

	return cmocka_run_group_tests_name("hook", tests, NULL, NULL);
}
