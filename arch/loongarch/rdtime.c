/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections are those of the LoongArch Reference Manual, Volume 1, 1.10. */
#include "sb_loongarch.h"

/* Section 2.2.10.4. The other register would get the number of the counter. */
uint64_t sb_loongarch_rdtime(void)
{
	uint64_t value;

	__asm__ volatile("rdtime.d %0, $zero" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_loongarch_rdtime);

/* Section 2.2.10.5. */
uint32_t sb_loongarch_cpucfg(uint32_t word)
{
	uintptr_t value;

	__asm__("cpucfg %0, %1" : "=r"(value) : "r"((uintptr_t)word));
	return (uint32_t)value;
}
SB_OWN(sb_loongarch_cpucfg);
