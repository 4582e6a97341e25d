/* SPDX-License-Identifier: BSD-2-Clause */
#include "cc.h"
#include "sb_s390x.h"

#define STCKF_NOT_SET 1 /* it counts, from a value that nobody set */

/* PoP, chapter 7, STORE CLOCK FAST, and chapter 4, "States". */
uint64_t sb_s390x_stckf(void)
{
	uint64_t value;
	int cc;

	__asm__ volatile("stckf %1\n\t" CC_TAKE : "=d"(cc), "=Q"(value) : : "cc", "memory");
	return CC_OF(cc) <= STCKF_NOT_SET ? value : 0;
}
SB_OWN(sb_s390x_stckf);
