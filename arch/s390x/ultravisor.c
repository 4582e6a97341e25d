/* SPDX-License-Identifier: BSD-2-Clause */
#include "cc.h"
#include "sb_s390x.h"

/* Linux, arch/s390/include/asm/uv.h: the second operand is the block. The first
   one is 0. */
int sb_s390x_ultravisor(void *block)
{
	int cc;

	__asm__ volatile(".insn rrf, 0xb9a40000, %1, %2, 0, 0\n\t" CC_TAKE
			 : "=d"(cc)
			 : "d"(UINT64_C(0)), "a"(block)
			 : "cc", "memory");
	return CC_OF(cc);
}
SB_OWN(sb_s390x_ultravisor);
