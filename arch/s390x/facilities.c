/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_s390x.h"

/* PoP, chapter 7, STORE FACILITY LIST EXTENDED. Register 0 has the number of
   doublewords that there is room for, minus one. */
void sb_s390x_facilities(uint64_t list[SB_S390X_FACILITIES])
{
	register uint64_t room __asm__("0") = SB_S390X_FACILITIES - 1;

	for (unsigned i = 0; i < SB_S390X_FACILITIES; i++)
		list[i] = 0;
	__asm__ volatile("stfle 0(%1)" : "+d"(room) : "a"(list) : "cc", "memory");
}
SB_OWN(sb_s390x_facilities);
