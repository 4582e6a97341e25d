/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on x86, as arch/io_memory.h describes it. The ports
 * (sb_io_in and sb_io_out) are x86's own.
 *
 * Accesses to devices are uncached. On x86 they are in program order among
 * themselves and against memory (Intel SDM volume 3, section 8.2.2). So only
 * the compiler must be told. Each accessor of memory is one move of its width,
 * where a volatile access may become an operand of another instruction.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

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

static inline void sb_io_publish(void)
{
	__asm__ volatile("" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("" : : : "memory");
}

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
