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

/* Device memory: in program order within one device (Arm ARM, DDI 0487, section B2.7.2), so that only the compiler must be told. Against
   normal memory that a device reads or writes, publish and acquire order them. One general register and no write-back: a hypervisor that
   emulates the device learns of no other form what was accessed (same manual, ESR_EL2, ISV). */
static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldrb %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint8_t)value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	__asm__ volatile("strb %w0, [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldrh %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint16_t)value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	__asm__ volatile("strh %w0, [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	__asm__ volatile("str %w0, [%1]" : : "r"(value), "r"(at) : "memory");
}

/* What was written before is visible to a device before anything written later. */
static inline void sb_io_publish(void)
{
	__asm__ volatile("dmb oshst" : : : "memory");
}

/* What is read later from memory is not older than what was read before. */
static inline void sb_io_acquire(void)
{
	__asm__ volatile("dmb oshld" : : : "memory");
}

/* In the body of a polling loop. */
static inline void sb_io_relax(void)
{
	__asm__ volatile("yield" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
