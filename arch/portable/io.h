/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every ISA has this file and gives sb_io_read8, 16, 32, sb_io_write8, 16, 32 (little-endian registers in
 * memory, one access each), sb_io_publish, sb_io_acquire and sb_io_relax. This one is for host tests: the compiler's own fences, not an ISA's rules for devices.
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

static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint8_t value = *(const volatile uint8_t *)at;

	sb_io_acquire();
	return value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	sb_io_publish();
	*(volatile uint8_t *)at = value;
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint16_t value = *(const volatile uint16_t *)at;

	sb_io_acquire();
	return SB_IO_IS_BIG ? __builtin_bswap16(value) : value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	sb_io_publish();
	*(volatile uint16_t *)at = SB_IO_IS_BIG ? __builtin_bswap16(value) : value;
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
