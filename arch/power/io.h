/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on POWER, as arch/io_memory.h describes it. Book
 * and section numbers are those of Power ISA 3.0B.
 *
 * Accesses to storage that is caching-inhibited and guarded stay in order among
 * loads and among stores. A load and a store may pass each other (Book II,
 * section 1.7.1), which SYNC forbids. So each access begins with one.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define SB_IO_LE16(value) (value)
#define SB_IO_LE32(value) (value)
#else
#define SB_IO_LE16(value) __builtin_bswap16(value)
#define SB_IO_LE32(value) __builtin_bswap32(value)
#endif

/* Orders all accesses, in the eyes of a device too: Book II, section 4.6.3. */
static inline void sb_io_sync(void)
{
	__asm__ volatile("sync" : : : "memory");
}

static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint8_t value;

	sb_io_sync();
	value = *(const volatile uint8_t *)at;
	__asm__ volatile("" : : : "memory");
	return value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	sb_io_sync();
	*(volatile uint8_t *)at = value;
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint16_t value;

	sb_io_sync();
	value = *(const volatile uint16_t *)at;
	__asm__ volatile("" : : : "memory");
	return SB_IO_LE16(value);
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	sb_io_sync();
	*(volatile uint16_t *)at = SB_IO_LE16(value);
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	sb_io_sync();
	value = *(const volatile uint32_t *)at;
	__asm__ volatile("" : : : "memory");
	return SB_IO_LE32(value);
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	sb_io_sync();
	*(volatile uint32_t *)at = SB_IO_LE32(value);
}

static inline void sb_io_publish(void)
{
	sb_io_sync();
}

static inline void sb_io_acquire(void)
{
	sb_io_sync();
}

/* Lets the other threads of the core run ahead: Book II, section 3.2. */
static inline void sb_io_relax(void)
{
	__asm__ volatile("or 1, 1, 1\n\tor 2, 2, 2" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
