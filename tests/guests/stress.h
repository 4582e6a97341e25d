/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests of concurrency share. Their sources are predictable and their
 * counter may stand still. A fresh word or the time must not keep two outputs
 * apart, so only the protection under test can.
 */
#ifndef STRESS_H
#define STRESS_H

#include "seedbed.h"

/*
 * 64 bits from 64 bits of state: Marsaglia's xorshift. Instances that must not
 * share a source have one each.
 */
struct stress_source {
	uint64_t state;
};
extern const struct sb_driver stress_driver;
/* clang-format off */
#define STRESS_SOURCE(source) { &stress_driver, (source), 2048 }
/* clang-format on */

uint64_t stress_no_counter(void);

/* Forgets that a call runs: what the red tests do. */
static inline void stress_not_inside(struct seedbed *s)
{
	s->mark = (uintptr_t)s ^ (uintptr_t)s->hal ^ (uintptr_t)s->cycles;
}

/* Gathers until the instance serves. */
SEEDBED_CHECK int stress_ready(struct seedbed *s, const struct sb_hal *hal);

/*
 * The first eight bytes of a block stand for it. Two in 10^6 agree by chance
 * once in 2^25 runs.
 */
uint64_t stress_word(const uint8_t block[16]);

/* Sorts the words. Returns how many are there already. */
size_t stress_twice(uint64_t *words, size_t n);

/* Prints a line "NAME VALUE" on the board's console (stress_say.c). */
void stress_say(const char *name, uint64_t value);

#endif
