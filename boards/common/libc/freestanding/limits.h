/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The compiler's own <limits.h> includes that of a C library. BearSSL needs
 * these.
 */
#ifndef FREESTANDING_LIMITS_H
#define FREESTANDING_LIMITS_H

#define CHAR_BIT __CHAR_BIT__
#define INT_MAX __INT_MAX__
#define LONG_MAX __LONG_MAX__
#define UINT_MAX (INT_MAX * 2U + 1U)
#define ULONG_MAX (LONG_MAX * 2UL + 1UL)

#endif
