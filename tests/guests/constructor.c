/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A key that is made before main. A constructor draws it with what main itself
 * would have: console, facts, sources. Around it are the other functions that
 * start code must call, each in its turn.
 *
 * Status as that of smoke: 0 serves, 1 refused ("verdict refused"), 2 wrong.
 */
#include <string.h>
#include "board.h"
#include "checks.h"
#include "print.h"
#include "ready.h"
#include "seedbed.h"

#define CONSTRUCTOR_ROUNDS 1500
#define CONSTRUCTOR_WAIT_MS 20

/* Not zero before, so that zeros are seen to be written. */
static uint8_t constructor_key[32] = { 0xa5 };
static int constructor_result = SB_EINVAL;
static const char *constructor_facts;
static char constructor_order[8];
/* Volatile: else clang runs constructors itself, and in an order of its own. */
static volatile size_t constructor_count;

static void constructor_note(char letter)
{
	if (constructor_count + 1 < sizeof constructor_order)
		constructor_order[constructor_count++] = letter;
}

static int constructor_draw(uint8_t key[32])
{
	int result = seedbed_random(key, 32);

	for (int i = 0; i < CONSTRUCTOR_ROUNDS && result == SB_EAGAIN; i++) {
		ready_wait(CONSTRUCTOR_WAIT_MS);
		result = seedbed_random(key, 32);
	}
	return result;
}

static void constructor_before(void)
{
	constructor_note('a');
}

/* As a compiler without .init_array writes it. */
static void constructor_older(void)
{
	constructor_note('o');
}

__attribute__((section(".preinit_array"),
	       used)) static void (*constructor_preinit)(void) = constructor_before;
__attribute__((section(".ctors.65430"),
	       used)) static void (*constructor_ctors)(void) = constructor_older;

__attribute__((constructor(103))) static void constructor_third(void)
{
	constructor_note('d');
}

__attribute__((constructor(101))) static void constructor_first(void)
{
	constructor_note('b');
}

__attribute__((constructor(102))) static void constructor_second(void)
{
	constructor_note('c');
}

__attribute__((constructor)) static void constructor_make_key(void)
{
	constructor_note('k');
	constructor_facts = board_facts;
	print_text("a constructor draws a key\n");
	constructor_result = constructor_draw(constructor_key);
}

__attribute__((destructor(101))) static void constructor_last(void)
{
	print_text("and the last one\n");
}

__attribute__((destructor)) static void constructor_leave(void)
{
	print_text("the first destructor\n");
}

static int constructor_zero(const uint8_t key[32])
{
	uint8_t any = 0;

	for (size_t i = 0; i < 32; i++)
		any |= key[i];
	return any == 0;
}

int main(void)
{
	uint8_t other[32];
	int result;

	print_text("main: ");
	print_text(constructor_order);
	print_text("\n");
	checks_say("constructors ran in their order", memcmp(constructor_order, "abcdok", 7) == 0);
	checks_say("the board knew its facts", constructor_facts == board_facts);
	result = constructor_draw(other);
	checks_say("a constructor gets what main gets", constructor_result == result);
	checks_say("a key is no zeros, a refusal is",
		   constructor_zero(constructor_key) == (constructor_result != SB_OK));
	checks_say("the next one differs",
		   result != SB_OK || memcmp(constructor_key, other, sizeof other) != 0);
	if (result != SB_OK)
		print_text("verdict refused\n");
	return checks_end() ? 2 : result == SB_OK ? 0 : 1;
}
