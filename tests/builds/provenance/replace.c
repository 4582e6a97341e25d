/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A user's stub, which must not take the place of seedbed's own function. It
 * gets in by one of several ways.
 */
#include "seedbed.h"

#ifdef REPLACE_WEAK
#define REPLACE_HOW __attribute__((weak))
#else
#define REPLACE_HOW
#endif
/*
 * sb_chacha20 is the only symbol of chacha20.c. With another one in its place
 * the linker does not even look at the archive's own file.
 */
#ifndef REPLACE_NAME
#define REPLACE_NAME sb_chacha20
#endif

REPLACE_HOW int REPLACE_NAME(void);
REPLACE_HOW int REPLACE_NAME(void)
{
	return 1;
}
