/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers as hexadecimal digits. */
#ifndef HEX_H
#define HEX_H

#include <stddef.h>
#include <stdint.h>

/* Writes the lowest `digits` digits of value at `to`, the highest one first. */
static inline void hex_digits(char *to, size_t digits, uintptr_t value)
{
	for (; digits--; value >>= 4)
		to[digits] = "0123456789abcdef"[value & 15];
}

#endif
