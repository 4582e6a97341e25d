/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every ISA has this file and gives sb_io_read32, sb_io_write32 (little-endian registers in memory),
 * sb_io_publish, sb_io_acquire and sb_io_relax. This one is for host tests: the compiler's own fences, not an ISA's rules for devices.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SB_IO_IS_BIG (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

static inline void sb_io_publish(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static inline void sb_io_acquire(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static inline void sb_io_relax(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value = *(const volatile uint32_t *)at;

	sb_io_acquire();
	return SB_IO_IS_BIG ? __builtin_bswap32(value) : value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	sb_io_publish();
	*(volatile uint32_t *)at = SB_IO_IS_BIG ? __builtin_bswap32(value) : value;
}

#ifdef __cplusplus
}
#endif
#endif
