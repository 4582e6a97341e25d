/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef STCKF_H
#define STCKF_H

#include <stdint.h>

/* Condition codes 0 and 1: the clock counts, from a value that was set or not.
   With 2 it is in error, with 3 it does not run: PoP, chapter 4, "States". */
static inline uint64_t stckf_judge(int cc, uint64_t value)
{
	return cc <= 1 ? value : 0;
}

#endif
