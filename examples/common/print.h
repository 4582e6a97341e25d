/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text on the board's console, without stdio, division or a buffer. Each
 * function returns the number of columns that it took.
 */
#ifndef PRINT_H
#define PRINT_H

#include <stddef.h>
#include <stdint.h>

size_t print_text(const char *text);
size_t print_number(uint64_t n);
/* n256 / 256 with four decimals, rounded down */
size_t print_fraction(uint32_t n256);
size_t print_seconds(uint64_t ns); /* with three decimals, rounded down */
size_t print_hex(const uint8_t *bytes, size_t len);
size_t print_pad(size_t used, size_t width); /* at least one space */

#endif
