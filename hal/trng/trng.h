/* SPDX-License-Identifier: BSD-2-Clause */
/* What the drivers of this folder share. */
#ifndef TRNG_H
#define TRNG_H

#include <stddef.h>
#include <stdint.h>

/* Puts a word of a device behind the n bytes that buf has, the low byte first.
   What does not fit is dropped. Returns the bytes that buf has then. */
static inline size_t trng_word(uint8_t *buf, size_t n, size_t len, uint32_t word)
{
	for (unsigned i = 0; i < 4 && n < len; i++, word >>= 8)
		buf[n++] = (uint8_t)word;
	return n;
}

#endif
