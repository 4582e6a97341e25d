/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every ISA has this file and gives sb_io_read8, 16, 32, sb_io_write8, 16, 32 (little-endian registers in
 * memory, one access each), sb_io_publish, sb_io_acquire and sb_io_relax.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the registers of devices are little-endian, and this file does not swap bytes"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Device memory: in program order among themselves (ARMv6-M ARM, DDI 0419, section A3.7.3; ARMv7-M ARM, DDI 0403, the same), so that only
   the compiler must be told. Against normal memory that a device reads or writes, publish and acquire order them. */
static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint8_t value = *(const volatile uint8_t *)at;

	__asm__ volatile("" : : : "memory");
	return value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	__asm__ volatile("" : : : "memory");
	*(volatile uint8_t *)at = value;
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint16_t value = *(const volatile uint16_t *)at;

	__asm__ volatile("" : : : "memory");
	return value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	__asm__ volatile("" : : : "memory");
	*(volatile uint16_t *)at = value;
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value = *(const volatile uint32_t *)at;

	__asm__ volatile("" : : : "memory");
	return value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	__asm__ volatile("" : : : "memory");
	*(volatile uint32_t *)at = value;
}

/* What was written before is visible to a device before anything written later. */
static inline void sb_io_publish(void)
{
	__asm__ volatile("dmb" : : : "memory");
}

/* What is read later from memory is not older than what was read before. */
static inline void sb_io_acquire(void)
{
	__asm__ volatile("dmb" : : : "memory");
}

/* In the body of a polling loop. */
static inline void sb_io_relax(void)
{
	__asm__ volatile("nop" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
