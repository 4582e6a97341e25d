/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every ISA has this file and gives sb_io_read8, 16, 32, sb_io_write8, 16, 32 (little-endian registers in
 * memory, one access each), sb_io_publish, sb_io_acquire and sb_io_relax; the ports are x86's own.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In program order among themselves and against memory: uncached accesses on x86 (Intel SDM volume 3, section 8.2.2), so that only
   the compiler must be told. */
static inline uint8_t sb_io_read8(uintptr_t at)
{
	uint8_t value;

	__asm__ volatile("movb %1, %0"
			 : "=q"(value)
			 : "m"(*(const volatile uint8_t *)at)
			 : "memory");
	return value;
}

static inline void sb_io_write8(uintptr_t at, uint8_t value)
{
	__asm__ volatile("movb %1, %0" : "=m"(*(volatile uint8_t *)at) : "q"(value) : "memory");
}

static inline uint16_t sb_io_read16(uintptr_t at)
{
	uint16_t value;

	__asm__ volatile("movw %1, %0"
			 : "=r"(value)
			 : "m"(*(const volatile uint16_t *)at)
			 : "memory");
	return value;
}

static inline void sb_io_write16(uintptr_t at, uint16_t value)
{
	__asm__ volatile("movw %1, %0" : "=m"(*(volatile uint16_t *)at) : "r"(value) : "memory");
}

static inline uint32_t sb_io_read32(uintptr_t at)
{
	uint32_t value;

	__asm__ volatile("movl %1, %0"
			 : "=r"(value)
			 : "m"(*(const volatile uint32_t *)at)
			 : "memory");
	return value;
}

static inline void sb_io_write32(uintptr_t at, uint32_t value)
{
	__asm__ volatile("movl %1, %0" : "=m"(*(volatile uint32_t *)at) : "r"(value) : "memory");
}

/* What was written before is visible to a device before anything written later. */
static inline void sb_io_publish(void)
{
	__asm__ volatile("" : : : "memory");
}

/* What is read later from memory is not older than what was read before. */
static inline void sb_io_acquire(void)
{
	__asm__ volatile("" : : : "memory");
}

/* In the body of a polling loop. */
static inline void sb_io_relax(void)
{
	__asm__ volatile("pause" : : : "memory");
}

static inline uint8_t sb_io_in8(uint16_t port)
{
	uint8_t value;

	__asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline void sb_io_out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline uint16_t sb_io_in16(uint16_t port)
{
	uint16_t value;

	__asm__ volatile("inw %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline uint32_t sb_io_in32(uint16_t port)
{
	uint32_t value;

	__asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline void sb_io_out16(uint16_t port, uint16_t value)
{
	__asm__ volatile("outw %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

static inline void sb_io_out32(uint16_t port, uint32_t value)
{
	__asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
