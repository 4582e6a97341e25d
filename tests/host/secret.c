/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No branch and no address depends on a key: for valgrind. Its memcheck is told
 * that key and pool are undefined. From there on it follows each bit, and says
 * where one decides over a branch or an address. Tried are each keystream of
 * the table that valgrind can execute, in all its loops, and all that is made
 * of key and pool: a key, an output, a child. Prints a line for each:
 *
 *	secret NAME N errors, or lacks NAME: valgrind's CPU cannot run it
 *
 * With an argument: a branch and a table, by a byte of each output. Every
 * compiler builds this program at three levels.
 */
#include <stdio.h>
#include <valgrind/memcheck.h>
#include "sb_keystreams.h"
#include "stress.h"
#include "core.h"

#define SECRET_LEN 4200 /* at most, and no multiple of a block */

static struct stress_source secret_source = { 0x123456789abcdef1u };
static struct seedbed secret_bed, secret_child;
static uint8_t secret_out[SECRET_LEN];
static int secret_leaks;

static void secret_used(const uint8_t *out)
{
	static const volatile uint8_t table[256];
	static volatile uint8_t seen;

	if (!secret_leaks)
		return;
	seen = table[out[0]];
	if (out[1] & 1)
		seen = 1;
}

static unsigned secret_say(const char *name, unsigned before)
{
	unsigned errors = (unsigned)VALGRIND_COUNT_ERRORS - before;

	printf("secret %s %u errors\n", name, errors);
	return errors;
}

/* A length of each kind: short, blocks, loops for long outputs, a tail. */
static unsigned secret_stream(unsigned way)
{
	static const size_t lens[] = { 0, 1, 16, 32, 96, 100, 256, 480, 1000, 1056, SECRET_LEN };
	unsigned before = (unsigned)VALGRIND_COUNT_ERRORS;

	for (size_t i = 0; i < sizeof lens / sizeof *lens; i++) {
		const uint32_t nonce[3] = { 1, 2, (uint32_t)i };
		uint32_t key[8] = { 3, 4, 5, 6, 7, 8, 9, 10 };

		(void)VALGRIND_MAKE_MEM_UNDEFINED(key, sizeof key);
		sb_stream(key, nonce, secret_out, lens[i], way);
		secret_used(secret_out);
	}
	return secret_say(sb_stream_name(way), before);
}

/* A read, rounds that hash pool and key into a key, a child. */
static unsigned secret_instance(void)
{
	const struct sb_source source = STRESS_SOURCE(&secret_source);
	const struct sb_hal hal = { .cycles = stress_no_counter,
				    .sources = &source,
				    .source_count = 1 };
	unsigned before = (unsigned)VALGRIND_COUNT_ERRORS;
	int failed = stress_ready(&secret_bed, &hal) != SB_OK;

	for (int round = 0; round < 4 && !failed; round++) {
		(void)VALGRIND_MAKE_MEM_UNDEFINED(secret_bed.key, sizeof secret_bed.key);
		(void)VALGRIND_MAKE_MEM_UNDEFINED(secret_bed.pool, sizeof secret_bed.pool);
		failed |= seedbed_read(&secret_bed, secret_out, 32) != SB_OK;
		secret_used(secret_out);
		failed |= seedbed_stir(&secret_bed, secret_out, 32) != SB_OK;
		if (round == 2)
			(void)!seedbed_reseed(&secret_bed);
		for (int i = 0; i < 8; i++)
			(void)!seedbed_gather(&secret_bed);
		failed |= seedbed_split(&secret_child, &secret_bed, &hal) != SB_OK;
		failed |= seedbed_read(&secret_child, secret_out, SECRET_LEN) != SB_OK;
	}
	failed |= secret_say(seedbed_stream(&secret_bed), before) != 0;
	seedbed_wipe(&secret_bed);
	return (unsigned)failed;
}

int main(int argc, char **argv)
{
	uint32_t facts = sb_keystream_facts();
	unsigned all;

	(void)argv;
	secret_leaks = argc > 1;
	if (!RUNNING_ON_VALGRIND)
		return 2;
	all = secret_stream(0);
	for (unsigned way = 1; sb_keystreams[way - 1]; way++)
		if (sb_keystreams[way - 1]->needs & ~facts)
			printf("lacks %s\n", sb_keystreams[way - 1]->name);
		else
			all += secret_stream(way);
	all += secret_instance();
	printf("%s\n", all ? "WRONG" : "passed");
	return all != 0;
}
