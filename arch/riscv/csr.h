/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef CSR_H
#define CSR_H

#include <stdint.h>

/* A CSR by its number, as assemblers do not know each name. */
#define CSR_READ(number, value) __asm__ volatile("csrr %0, " #number : "=r"(value) : : "memory")

/* The upper half changes once in a second or more. */
#define CSR_READS 8

/*
 * A counter of 64 bits, which a CPU of 32 bits has in two CSRs. The lower one
 * may overflow between two reads: Unprivileged ISA 20191213, section 10.1. On a
 * CPU of 64 bits the upper CSR does not exist, and high gives 0.
 */
static inline uint64_t csr_counter(uintptr_t (*low)(void), uint32_t (*high)(void))
{
	uint32_t upper;
	uintptr_t value;
	int reads = CSR_READS;

	do {
		upper = high();
		value = low();
	} while (upper != high() && --reads);
	return (uint64_t)upper << 32 | value;
}

#endif
