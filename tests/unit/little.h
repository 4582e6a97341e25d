/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words as a little-endian device or CPU has them in memory, whatever the order
 * of the machine that runs the test. len: bytes of the word, up to 8.
 */
#ifndef LITTLE_H
#define LITTLE_H

#include <stddef.h>
#include <stdint.h>

static inline uint64_t little_get(const volatile void *at, size_t len)
{
	const volatile uint8_t *byte = at;
	uint64_t value = 0;

	while (len--)
		value = value << 8 | byte[len];
	return value;
}

static inline void little_put(volatile void *at, size_t len, uint64_t value)
{
	for (volatile uint8_t *byte = at; len; len--, value >>= 8)
		*byte++ = (uint8_t)value;
}

/* The same as the machine that runs the test has it. */
static inline uint64_t guest_get(const volatile void *at, size_t len)
{
	uint64_t value = little_get(at, len);

	return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(value) >> (64 - 8 * len)
						      : value;
}

static inline void guest_put(volatile void *at, size_t len, uint64_t value)
{
	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		value = __builtin_bswap64(value) >> (64 - 8 * len);
	little_put(at, len, value);
}

#endif
