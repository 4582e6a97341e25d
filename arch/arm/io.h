/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on 32-bit Arm, A-profile, as arch/io_memory.h
 * describes it.
 *
 * Accesses to device memory reach one device in program order (Arm ARM, DDI
 * 0406, section A3.8; DDI 0100, chapter B2). So the accessors need no barrier
 * of the CPU. Against normal memory that a device reads or writes,
 * publish and acquire order them.
 *
 * Each accessor is one instruction with one general register and no write-back.
 * A hypervisor that emulates the device learns from no other form which access
 * was made (DDI 0406, HSR, ISV).
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

	__asm__ volatile("ldrb %0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint8_t)value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	__asm__ volatile("strb %0, [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldrh %0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint16_t)value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	__asm__ volatile("strh %0, [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(at) : "memory");
	return value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	__asm__ volatile("str %0, [%1]" : : "r"(value), "r"(at) : "memory");
}

/*
 * v7: DDI 0406, section A8.8, DMB. v6: the same as an operation of CP15, Data
 * Memory Barrier (ARM1176JZF-S, DDI 0301, register c7). v5 has no more than
 * Drain write buffer (ARM926EJ-S, DDI 0198, register c7). That is enough, as it
 * does no access out of order.
 */
static inline void sb_io_barrier(void)
{
#if __ARM_ARCH >= 7
	__asm__ volatile("dmb" : : : "memory");
#elif __ARM_ARCH == 6
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 5" : : "r"(0) : "memory");
#elif __ARM_ARCH == 5
	__asm__ volatile("mcr p15, 0, %0, c7, c10, 4" : : "r"(0) : "memory");
#elif defined(__arm__)
#error "the barrier of this architecture is not known here"
#endif
}

static inline void sb_io_publish(void)
{
	sb_io_barrier();
}

static inline void sb_io_acquire(void)
{
	sb_io_barrier();
}

static inline void sb_io_relax(void)
{
	__asm__ volatile("nop" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
