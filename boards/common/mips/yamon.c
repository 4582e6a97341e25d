/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment of a boot loader like YAMON (YAMON User's Manual, MD00008): a
 * table of pointers to a name, its value, the next name and so on, which NULL
 * ends. rngseed is QEMU's: 64 hexadecimal digits (hw/mips/malta.c).
 */
#include "yamon.h"

#define YAMON_WORDS 64u /* QEMU's table has 16 */
#define YAMON_NAME "rngseed"

/* NULL: these bytes do not all lie in RAM, in kseg0. */
static volatile char *yamon_ram(uintptr_t at, size_t len, uint32_t ram)
{
	if (ram > MIPS_PHYSICAL || len > ram || at - MIPS_KSEG0 > ram - len)
		return NULL;
	return (volatile char *)at;
}

/* Nonzero: a word of the table is there. */
static int yamon_word(uintptr_t table, unsigned n, uint32_t ram, uintptr_t *word)
{
	uintptr_t at = table + n * sizeof *word;

	*word = 0;
	if (at % sizeof *word == 0 && yamon_ram(at, sizeof *word, ram))
		*word = *(volatile uintptr_t *)at;
	return *word != 0;
}

static int yamon_is_seed(uintptr_t name, uint32_t ram)
{
	const volatile char *at = yamon_ram(name, sizeof YAMON_NAME, ram);

	for (size_t i = 0; at && i < sizeof YAMON_NAME; i++)
		if (at[i] != YAMON_NAME[i])
			return 0;
	return at != NULL;
}

/* 16: not a digit. */
static unsigned yamon_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return (unsigned)(digit - '0');
	return digit >= 'a' && digit <= 'f' ? (unsigned)(digit - 'a' + 10) : 16;
}

/* Nobody may read it again, so each digit is erased. */
static void yamon_take(uintptr_t value, uint32_t ram, struct sb_seed_state *seed)
{
	volatile char *at = yamon_ram(value, 2 * SB_SEED_KEPT, ram);

	seed->at = seed->kept;
	for (size_t i = 0; at && i < 2 * SB_SEED_KEPT && yamon_digit(at[i]) < 16; i++) {
		seed->kept[i / 2] = (uint8_t)(seed->kept[i / 2] << 4 | yamon_digit(at[i]));
		at[i] = 0;
		seed->len = (i + 1) / 2;
	}
}

void yamon_seed(uintptr_t environment, uint32_t ram, struct sb_seed_state *seed)
{
	uintptr_t name, value;

	for (unsigned n = 0; n < YAMON_WORDS && yamon_word(environment, n, ram, &name); n += 2)
		if (yamon_word(environment, n + 1, ram, &value) && yamon_is_seed(name, ram))
			yamon_take(value, ram, seed);
}
