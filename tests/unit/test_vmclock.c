/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VMClocks, sound and hostile. On x86-64 the trap flag lets a hypervisor write
 * after each instruction of a read. Needs hal/epoch/vmclock.c.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "sb_vmclock.h"
#if defined(__x86_64__) && defined(__linux__)
#include <signal.h>
#define TRAPS
#endif

enum { SIZE = 4, VERSION = 8, SEQUENCE = 12, MARKER = 16, FLAGS = 24, COUNTER = 104 };

static uint8_t page[4096] __attribute__((aligned(8)));
static uint8_t id[16], other[16];
static void put(unsigned at, uint64_t value, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		page[at + i] = (uint8_t)(value >> 8 * i);
}

#ifdef TRAPS
static uint32_t get(unsigned at)
{
	return page[at] | (uint32_t)page[at + 1] << 8 | (uint32_t)page[at + 2] << 16 |
	       (uint32_t)page[at + 3] << 24;
}
#endif

/* As Firecracker makes it: both counters are 0. */
static int setup(void **state)
{
	(void)state;
	memset(page, 0, sizeof page);
	memcpy(page, "VCLK", 4);
	put(SIZE, 4096, 4);
	put(VERSION, 1, 2);
	page[10] = 0xff; /* no clock */
	put(FLAGS, 0x300, 8);
	return 0;
}

static int read_page(void)
{
	return sb_vmclock_read(page, sizeof page, id);
}

static int is_another(void)
{
	int same;

	assert_int_equal(read_page(), SB_OK);
	same = memcmp(id, other, sizeof id) == 0;
	memcpy(other, id, sizeof id);
	return !same;
}

/* The id begins with the counter that it has, and ends with its value. */
static void each_byte_of_the_id(void **state)
{
	static uint8_t shifted[4096 + 8] __attribute__((aligned(8)));

	(void)state;
	put(COUNTER, 0x1122334455667788, 8);
	put(MARKER, 0x99aabbccddeeff00, 8);
	memset(id, 0xee, sizeof id);
	assert_int_equal(read_page(), SB_OK);
	assert_memory_equal(id, "CLKG\0\0\0\0\x88\x77\x66\x55\x44\x33\x22\x11", 16);
	put(FLAGS, 0, 8);
	memset(id, 0xee, sizeof id);
	assert_int_equal(read_page(), SB_OK);
	assert_memory_equal(id, "CLKM\0\0\0\0\0\xff\xee\xdd\xcc\xbb\xaa\x99", 16);
	memcpy(shifted + 4, page, sizeof page);
	assert_int_equal(sb_vmclock_read(shifted + 4, sizeof page, id), SB_EUNFIT);
	memcpy(shifted, page, sizeof page);
	assert_int_equal(sb_vmclock_read(shifted, sizeof page, id), SB_OK);
}

static void counter_0_is_an_epoch(void **state)
{
	static const uint8_t zeros[16];

	(void)state;
	assert_int_equal(read_page(), SB_OK);
	assert_memory_not_equal(id, zeros, sizeof id);
	put(FLAGS, 0, 8);
	assert_int_equal(read_page(), SB_OK);
	assert_memory_not_equal(id, zeros, sizeof id);
}

/* The marker beside the counter tells of a clock alone. */
static void the_counter_counts_where_its_flag_says_so(void **state)
{
	(void)state;
	(void)is_another();
	for (unsigned i = 0; i < 8; i++) {
		put(COUNTER + i, 1, 1);
		assert_true(is_another());
		put(MARKER + i, 1, 1);
		assert_false(is_another());
	}
	put(FLAGS, 0x2ff, 8);
	assert_true(is_another()); /* the tag is another one */
	put(COUNTER, 77, 1);
	assert_false(is_another());
	for (unsigned i = 0; i < 8; i++) {
		put(MARKER + i, 2, 1);
		assert_true(is_another());
	}
}

/* The two are told apart even where they are the same number. */
static void a_counter_is_no_marker(void **state)
{
	(void)state;
	put(COUNTER, 5, 8);
	put(MARKER, 5, 8);
	(void)is_another();
	put(FLAGS, 0, 8);
	assert_true(is_another());
}

static void not_refused(uint64_t len)
{
	assert_int_equal(sb_vmclock_read(page, len, id), SB_OK);
}

static void refused(uint64_t len)
{
	assert_int_equal(sb_vmclock_read(page, len, id), SB_EUNFIT);
}

static void only_a_structure_that_is_known(void **state)
{
	(void)state;
	for (unsigned bit = 0; bit < 32; bit++) {
		page[bit / 8] ^= (uint8_t)(1 << bit % 8);
		refused(4096);
		page[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	put(VERSION, 2, 2);
	refused(4096);
	put(VERSION, 0x101, 2);
	refused(4096);
	put(VERSION, 1, 2);
	not_refused(4096);
	memmove(page + 4, page, 200);
	assert_int_equal(sb_vmclock_read(page + 4, 4092, id), SB_EUNFIT);
	memmove(page + 1, page + 4, 200);
	assert_int_equal(sb_vmclock_read(page + 1, 4095, id), SB_EUNFIT);
}

/* No larger than what is mapped, and large enough for what is read. */
static void a_size_that_cannot_be_is_refused(void **state)
{
	(void)state;
	refused(4095);
	refused(31);
	refused(0);
	put(SIZE, 112, 4);
	not_refused(112);
	refused(111);
	put(SIZE, 111, 4); /* the flag promises what does not fit */
	refused(4096);
	put(FLAGS, 0, 8);
	not_refused(4096);
	put(SIZE, 32, 4);
	not_refused(32);
	put(SIZE, 31, 4);
	refused(4096);
	put(SIZE, UINT32_MAX, 4);
	refused(4096);
	not_refused((uint64_t)1 << 32);
}

/* Nothing before the 32 bytes are there is read: the sanitizers look. */
static void too_small_a_region_is_not_read(void **state)
{
	static uint8_t small[8] __attribute__((aligned(8)));

	(void)state;
	assert_int_equal(sb_vmclock_read(small, sizeof small, id), SB_EUNFIT);
}

static void odd_for_ever_ends(void **state)
{
	(void)state;
	put(SEQUENCE, 7, 4);
	assert_int_equal(read_page(), SB_EIO);
	put(SEQUENCE, UINT32_MAX, 4);
	assert_int_equal(read_page(), SB_EIO);
	put(SEQUENCE, 0xfffffffe, 4);
	assert_int_equal(read_page(), SB_OK);
}

#ifdef TRAPS
#define TRAP_FLAG 0x100u

static volatile sig_atomic_t steps, writes_at;

/* Both halves of the counter are the number of this write. */
static void write_after_a_step(int signal)
{
	(void)signal;
	if (++steps != writes_at)
		return;
	put(SEQUENCE, get(SEQUENCE) + 1 + !(get(SEQUENCE) & 1), 4);
	put(COUNTER, get(COUNTER) + 1, 4);
	put(COUNTER + 4, get(COUNTER), 4);
}

static int read_stepwise(int at)
{
	int result;

	steps = 0;
	writes_at = at;
	__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() | TRAP_FLAG);
	result = read_page();
	__builtin_ia32_writeeflags_u64(__builtin_ia32_readeflags_u64() & ~(uint64_t)TRAP_FLAG);
	return result;
}

/* Whenever the writer comes, what is read is of one write. */
static void what_is_read_is_never_torn(void **state)
{
	(void)signal(SIGTRAP, write_after_a_step);
	for (int at = 1; at == 1 || steps >= at; at += 3) {
		setup(state);
		assert_int_equal(read_stepwise(at), SB_OK);
		assert_memory_equal(id + 8, id + 12, 4);
	}
}

/* Odd before and after: nobody else changed it, and it is not whole. */
static void odd_is_waited_for(void **state)
{
	(void)signal(SIGTRAP, write_after_a_step);
	for (int at = 100; at < 1000; at += 100) {
		setup(state);
		put(SEQUENCE, 7, 4);
		put(COUNTER + 4, 9, 4); /* the writer is not done */
		assert_int_equal(read_stepwise(at), SB_OK);
		assert_int_equal(id[8], 1);
		assert_int_equal(id[12], 1);
	}
}
#endif

#define ON_PAGE(test) cmocka_unit_test_setup(test, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_PAGE(each_byte_of_the_id),
		ON_PAGE(counter_0_is_an_epoch),
		ON_PAGE(the_counter_counts_where_its_flag_says_so),
		ON_PAGE(a_counter_is_no_marker),
		ON_PAGE(only_a_structure_that_is_known),
		ON_PAGE(a_size_that_cannot_be_is_refused),
		ON_PAGE(too_small_a_region_is_not_read),
		ON_PAGE(odd_for_ever_ends),
#ifdef TRAPS
		ON_PAGE(what_is_read_is_never_torn),
		ON_PAGE(odd_is_waited_for),
#endif
	};

	return cmocka_run_group_tests_name("vmclock", tests, NULL, NULL);
}
