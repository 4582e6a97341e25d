/* SPDX-License-Identifier: BSD-2-Clause */
#include "stckf.h"
#include "cc.h"
#include "sb_s390x.h"

/* PoP, chapter 7, STORE CLOCK FAST. */
uint64_t sb_s390x_stckf(void)
{
	uint64_t value;
	int cc;

	__asm__ volatile("stckf %1\n\t" CC_TAKE : "=d"(cc), "=Q"(value) : : "cc", "memory");
	return stckf_judge(CC_OF(cc), value);
}
SB_OWN(sb_s390x_stckf);
