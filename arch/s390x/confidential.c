/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Secure Execution. IBM's public word on its calls is Linux: arch/s390/include/
 * asm/uv.h, and arch/s390/boot/uv.c, which finds out what it runs in as this
 * file does.
 */
#include "sb_s390x.h"

#define CONFIDENTIAL_FACILITY 158 /* there is an ultravisor to call */
#define CONFIDENTIAL_TRIES 1000   /* it may say busy */

/* Query Ultravisor Information. The block begins with its length and the
   command, then the result, each of 16 bits. */
#define CONFIDENTIAL_QUERY 0x0001
#define CONFIDENTIAL_AT_RESULT 4
#define CONFIDENTIAL_MORE 0x0100 /* with cc 1: it knows more than fits here */

/* From this byte on a bit for each call that may be made. A guest shares pages,
   and a host does not. */
#define CONFIDENTIAL_AT_CALLS 16
#define CONFIDENTIAL_SHARE 8
#define CONFIDENTIAL_UNSHARE 9

static int confidential_call(const uint8_t *block, unsigned call)
{
	return block[CONFIDENTIAL_AT_CALLS + call / 8] >> (7 - call % 8) & 1;
}

static int confidential_ask(const struct sb_s390x_cpu *cpu, uint8_t *block)
{
	unsigned tries = CONFIDENTIAL_TRIES;
	int cc;

	do {
		for (unsigned i = 0; i < SB_S390X_UVCB; i++)
			block[i] = 0;
		block[1] = SB_S390X_UVCB;
		block[3] = CONFIDENTIAL_QUERY;
		cc = cpu->ultravisor(block);
	} while (cc > 1 && --tries);
	return cc == 0 || (cc == 1 && block[CONFIDENTIAL_AT_RESULT] == CONFIDENTIAL_MORE >> 8 &&
			   block[CONFIDENTIAL_AT_RESULT + 1] == 0);
}

uint16_t sb_s390x_distrust(const struct sb_s390x_cpu *cpu)
{
	uint8_t block[SB_S390X_UVCB] __attribute__((aligned(8)));
	uint64_t list[SB_S390X_FACILITIES];

	cpu->facilities(list);
	if (!sb_s390x_has(list, CONFIDENTIAL_FACILITY))
		return 0;
	/* without an answer it may be such a guest: that is enough */
	if (cpu->ultravisor && confidential_ask(cpu, block) &&
	    !(confidential_call(block, CONFIDENTIAL_SHARE) &&
	      confidential_call(block, CONFIDENTIAL_UNSHARE)))
		return 0;
	return SB_HOST | SB_TIMING;
}
SB_OWN(sb_s390x_distrust);
