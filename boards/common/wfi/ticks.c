/* SPDX-License-Identifier: BSD-2-Clause */
/* These divide in 64 bits, for which some ISAs call a helper. A file of its own
   is linked only where a board calls them. */
#include "wfi.h"

#define TICKS_HZ_UNKNOWN 1000000000u /* the Generic Timer from ARMv8.6 on */
#define TICKS_NS 1000000000u

uint64_t wfi_ns(uint64_t ticks, uint32_t hz)
{
	if (!hz)
		hz = TICKS_HZ_UNKNOWN;
	return ticks / hz * TICKS_NS + ticks % hz * TICKS_NS / hz;
}

uint64_t wfi_ticks(uint32_t ns, uint32_t hz)
{
	return (uint64_t)ns * (hz ? hz : TICKS_HZ_UNKNOWN) / TICKS_NS;
}
