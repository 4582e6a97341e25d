/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every folder of arch/ has an io.h with the nine
 * functions that are described here. An ISA with memory-mapped devices defines
 * the last three in its io.h and includes this file for the other six. An ISA
 * that needs a certain form of instruction defines all nine itself, or includes
 * io_arm.h, as Arm does.
 *
 *	sb_io_read8, sb_io_read16, sb_io_read32
 *	sb_io_write8, sb_io_write16, sb_io_write32
 *
 * read or write a device register at the address that the CPU uses, in one
 * access of 8, 16 or 32 bits. The register is little-endian and lies at a
 * multiple of its size. These accesses reach one device in program order. The
 * compiler moves no other access to memory across them, but the CPU may.
 *
 *	sb_io_publish
 *
 * A device sees all earlier writes, to memory and to registers, before any
 * later write. Call it between filling a buffer and telling the device of it.
 *
 *	sb_io_acquire
 *
 * Later reads of memory give nothing older than earlier reads did. Call it
 * between the read that shows an answer and the reads of the answer.
 *
 *	sb_io_relax
 *
 * Call it in the body of a polling loop. The compiler reads memory anew after
 * it.
 */
#ifndef SB_IO_MEMORY_H
#define SB_IO_MEMORY_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define SB_IO_LE16(value) (value)
#define SB_IO_LE32(value) (value)
#elif __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define SB_IO_LE16(value) __builtin_bswap16(value)
#define SB_IO_LE32(value) __builtin_bswap32(value)
#else
#error "neither little-endian nor big-endian"
#endif

/* What an ISA must do before each access, to keep them in program order. It
   defines this before it includes this file. Most need nothing. */
#ifndef SB_IO_BEFORE
#define SB_IO_BEFORE() ((void)0)
#endif

/* Volatile orders the access among other volatile ones. This orders it among
   all accesses, for the compiler. */
static inline void sb_io_fixed(void)
{
	__asm__ volatile("" : : : "memory");
}

static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint8_t value;

	SB_IO_BEFORE();
	value = *(const volatile uint8_t *)at;
	sb_io_fixed();
	return value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	SB_IO_BEFORE();
	sb_io_fixed();
	*(volatile uint8_t *)at = value;
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint16_t value;

	SB_IO_BEFORE();
	value = *(const volatile uint16_t *)at;
	sb_io_fixed();
	return SB_IO_LE16(value);
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	SB_IO_BEFORE();
	sb_io_fixed();
	*(volatile uint16_t *)at = SB_IO_LE16(value);
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	SB_IO_BEFORE();
	value = *(const volatile uint32_t *)at;
	sb_io_fixed();
	return SB_IO_LE32(value);
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	SB_IO_BEFORE();
	sb_io_fixed();
	*(volatile uint32_t *)at = SB_IO_LE32(value);
}

#ifdef __cplusplus
}
#endif
#endif
