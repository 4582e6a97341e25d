/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections are those of the LoongArch Reference Manual, Volume 1, 1.10. */
#include "sb_loongarch.h"

/* Section 2.2.10.5, table 3: words of CPUCFG. */
#define RDTIME_FEATURES 2
#define RDTIME_LLFTP (1u << 14) /* the counter and its timer are there */
#define RDTIME_CRYSTAL 4        /* Hz */
#define RDTIME_RATIO 5          /* a factor, and above it a divisor */
#define RDTIME_HALF 16

static uint32_t rdtime_config(uintptr_t word)
{
	uintptr_t value;

	__asm__("cpucfg %0, %1" : "=r"(value) : "r"(word));
	return (uint32_t)value;
}

/* Section 2.2.10.4. The other register would get the number of the counter. */
uint64_t sb_loongarch_rdtime(void)
{
	uint64_t value;

	__asm__ volatile("rdtime.d %0, $zero" : "=r"(value) : : "memory");
	return value;
}
SB_OWN(sb_loongarch_rdtime);

uint32_t sb_loongarch_rdtime_hz(void)
{
	uint32_t ratio = rdtime_config(RDTIME_RATIO), divisor = ratio >> RDTIME_HALF;
	uint64_t hz = (uint64_t)rdtime_config(RDTIME_CRYSTAL) * (uint16_t)ratio;

	if (!(rdtime_config(RDTIME_FEATURES) & RDTIME_LLFTP) || !divisor)
		return 0;
	hz /= divisor;
	return hz <= UINT32_MAX ? (uint32_t)hz : 0;
}
SB_OWN(sb_loongarch_rdtime_hz);
