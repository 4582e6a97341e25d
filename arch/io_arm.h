/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The accessors of arch/io_memory.h as one instruction each, with one general
 * register and no write-back: for both states of Arm. A hypervisor that
 * emulates the device learns from no other form which access was made (Arm ARM,
 * DDI 0487, ESR_EL2, and DDI 0406, HSR: ISV).
 */
#ifndef IO_ARM_H
#define IO_ARM_H

#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the registers of devices are little-endian, and this file does not swap bytes"
#endif

/* What a register of 32 bits is called. */
#define IO_ARM_WORD "%0"
#ifdef __aarch64__
#undef IO_ARM_WORD
#define IO_ARM_WORD "%w0"
#endif

#ifdef __cplusplus
extern "C" {
#endif

static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldrb " IO_ARM_WORD ", [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint8_t)value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	__asm__ volatile("strb " IO_ARM_WORD ", [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldrh " IO_ARM_WORD ", [%1]" : "=r"(value) : "r"(at) : "memory");
	return (uint16_t)value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	__asm__ volatile("strh " IO_ARM_WORD ", [%1]" : : "r"((uint32_t)value), "r"(at) : "memory");
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("ldr " IO_ARM_WORD ", [%1]" : "=r"(value) : "r"(at) : "memory");
	return value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	__asm__ volatile("str " IO_ARM_WORD ", [%1]" : : "r"(value), "r"(at) : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
