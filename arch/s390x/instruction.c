/* SPDX-License-Identifier: BSD-2-Clause */
/* PERFORM RANDOM NUMBER OPERATION, by its number, as assemblers that are told
   of z10 do not know it: PoP, chapter 7. */
#include "cc.h"
#include "sb_s390x.h"

#define PRNO_QUERY 0
#define PRNO_TRNG 114

/* The registers of both operands must be even and not 0. The query does not
   look at what they have. */
void sb_s390x_prno_query(uint8_t functions[SB_S390X_QUERY])
{
	register uint64_t function __asm__("0") = PRNO_QUERY;
	register uint8_t *block __asm__("1") = functions;

	__asm__ volatile(".insn rre, 0xb93c0000, 2, 4"
			 :
			 : "d"(function), "a"(block)
			 : "cc", "memory");
}
SB_OWN(sb_s390x_prno_query);

/* The first operand is raw bytes, of which none are wanted. The second one is
   conditioned. */
int sb_s390x_prno_trng(uint8_t **at, size_t *left)
{
	register uint64_t function __asm__("0") = PRNO_TRNG;
	register uint64_t block __asm__("1") = 0;
	register uint64_t raw __asm__("2") = 0;
	register uint64_t raw_left __asm__("3") = 0;
	register uint8_t *to __asm__("4") = *at;
	register uint64_t to_left __asm__("5") = *left;
	int cc;

	__asm__ volatile(".insn rre, 0xb93c0000, 2, 4\n\t" CC_TAKE
			 : "=d"(cc), "+a"(to), "+d"(to_left), "+a"(raw), "+d"(raw_left)
			 : "d"(function), "a"(block)
			 : "cc", "memory");
	*at = to;
	*left = to_left;
	return CC_OF(cc);
}
SB_OWN(sb_s390x_prno_trng);
