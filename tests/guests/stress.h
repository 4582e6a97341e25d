/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests of concurrency share. Their sources are predictable and their counter may stand still: a fresh word or the time must not be what
 * keeps two outputs apart, so that nothing but the protection under test does.
 */
#ifndef STRESS_H
#define STRESS_H

#include "seedbed.h"

/* 64 bits from 64 bits of state: Marsaglia's xorshift. As many sources as there are instances that must not share one. */
struct stress_source {
	uint64_t state;
};
extern const struct sb_driver stress_driver;
/* clang-format off */
#define STRESS_SOURCE(source) { &stress_driver, (source), 2048 }
/* clang-format on */

uint64_t stress_no_counter(void);

/* Gathers until it serves. */
SEEDBED_CHECK int stress_ready(struct seedbed *s, const struct sb_hal *hal);

/* The first eight bytes of a block stand for it: two in 10^6 agree by chance once in 2^25 runs. */
uint64_t stress_word(const uint8_t block[16]);

/* Sorts them; how many are there already. */
size_t stress_twice(uint64_t *words, size_t n);

/* A line "NAME VALUE" on a board's console (stress_say.c). */
void stress_say(const char *name, uint64_t value);

#endif
