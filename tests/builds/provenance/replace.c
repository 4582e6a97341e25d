/* SPDX-License-Identifier: BSD-2-Clause */
/* What must not take the place of seedbed's own: somebody's stub, in one of the ways in which stubs get in. */
#include "seedbed.h"

#ifdef REPLACE_WEAK
#define REPLACE_HOW __attribute__((weak))
#else
#define REPLACE_HOW
#endif
#ifndef REPLACE_NAME
#define REPLACE_NAME \
	sb_stream /* the only thing in chacha20.c, so that an archive's own is not even looked at */
#endif

REPLACE_HOW int REPLACE_NAME(void);
REPLACE_HOW int REPLACE_NAME(void)
{
	return 1;
}
