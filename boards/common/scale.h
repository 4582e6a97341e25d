/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ticks of a counter into nanoseconds and back, without the functions that a
 * compiler calls for a division of 64 bits or for a shift by a variable.
 */
#ifndef SCALE_H
#define SCALE_H

#include <stdint.h>

/* Divides bit by bit. Returns 0 if `by` is 0. */
static inline uint64_t scale_divide(uint64_t number, uint32_t by)
{
	uint64_t rest = 0, result = 0;

	for (int bit = 0; by && bit < 64; bit++, number <<= 1) {
		rest = rest << 1 | number >> 63;
		result <<= 1;
		if (rest >= by) {
			rest -= by;
			result |= 1;
		}
	}
	return result;
}

/* Computes number * by >> 32 from products of 64 bits. */
static inline uint64_t scale_multiply(uint64_t number, uint64_t by)
{
	uint64_t low = (uint32_t)number;

	return (number >> 32) * by + low * (by >> 32) + (low * (uint32_t)by >> 32);
}

#endif
