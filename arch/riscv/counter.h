/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef COUNTER_H
#define COUNTER_H

#include <stdint.h>

/* A CSR by its number, which an assembler takes where the name is unknown. */
#define COUNTER_CSR(number, value) __asm__ volatile("csrr %0, " #number : "=r"(value) : : "memory")

/*
 * A counter of 64 bits, which a CPU of 32 bits has in two CSRs. The lower one
 * may overflow between two reads: Unprivileged ISA 20191213, section 10.1. On a
 * CPU of 64 bits the upper CSR does not exist, and high gives 0.
 */
static inline uint64_t counter_whole(uintptr_t (*low)(void), uint32_t (*high)(void))
{
	uint32_t upper;
	uintptr_t value;

	do {
		upper = high();
		value = low();
	} while (upper != high());
	return (uint64_t)upper << 32 | value;
}

#endif
