/* SPDX-License-Identifier: BSD-2-Clause */
/* The rate of the stable counter, by words of CPUCFG: LoongArch Reference
   Manual, Volume 1, 1.10, section 2.2.10.5, table 3. */
#include "sb_loongarch.h"

#define RATE_FEATURES 2
#define RATE_LLFTP (1u << 14) /* the counter and its timer are there */
#define RATE_CRYSTAL 4        /* Hz */
#define RATE_RATIO 5          /* a factor, and above it a divisor */
#define RATE_HALF 16

uint32_t sb_loongarch_rdtime_hz(void)
{
	uint32_t ratio = sb_loongarch_cpucfg(RATE_RATIO), divisor = ratio >> RATE_HALF;
	uint64_t hz = (uint64_t)sb_loongarch_cpucfg(RATE_CRYSTAL) * (uint16_t)ratio;

	if (!(sb_loongarch_cpucfg(RATE_FEATURES) & RATE_LLFTP) || !divisor)
		return 0;
	hz /= divisor;
	return hz <= UINT32_MAX ? (uint32_t)hz : 0;
}
SB_OWN(sb_loongarch_rdtime_hz);
