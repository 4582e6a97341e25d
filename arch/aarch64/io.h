/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on 64-bit Arm, as arch/io_memory.h describes it.
 *
 * Accesses to device memory reach one device in program order (Arm ARM, DDI
 * 0487, section B2.7.2). So the accessors need no barrier of the CPU. Against
 * normal memory that a device reads or writes, publish and acquire order them.
 *
 * Each accessor is one instruction with one general register and no write-back.
 * A hypervisor that emulates the device learns from no other form which access
 * was made (same manual, ESR_EL2, ISV).
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

static inline void sb_io_publish(void)
{
	__asm__ volatile("dmb oshst" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("dmb oshld" : : : "memory");
}

static inline void sb_io_relax(void)
{
	__asm__ volatile("yield" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
