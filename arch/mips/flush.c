/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_mips.h"

/* Config1.DL, section 8.25: 0, or the line is 2 << DL bytes. */
#define FLUSH_LINE(config1) ((config1) >> 10 & 7)

/* Hit Writeback Invalidate of the first data cache, volume II, table "Encoding
   of Bits[20:18] of the CACHE Instruction". */
#define FLUSH(at) __asm__ volatile("cache 0x15, 0(%0)" : : "r"(at) : "memory")

size_t sb_mips_line(void)
{
	uint32_t config1;

	__asm__ volatile("mfc0 %0, $16, 1" : "=r"(config1));
	return FLUSH_LINE(config1) ? (size_t)2 << FLUSH_LINE(config1) : 0;
}
SB_OWN(sb_mips_line);

void sb_mips_flush(const volatile void *at, size_t len, size_t line)
{
	uintptr_t from = (uintptr_t)at & ~(uintptr_t)(line - 1), last = (uintptr_t)at + len - 1;

	if (!line || !len)
		return;
	__asm__ volatile("sync" : : : "memory");
	FLUSH(from);
	/* what is left, as the last line may end where the addresses do */
	while (last - from >= line) {
		from += line;
		FLUSH(from);
	}
	__asm__ volatile("sync" : : : "memory");
}
SB_OWN(sb_mips_flush);
