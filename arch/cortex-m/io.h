/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices. Every ISA has this file and gives sb_io_read32, sb_io_write32 (little-endian registers in memory),
 * sb_io_publish, sb_io_acquire and sb_io_relax.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Device memory: in program order among themselves (ARMv6-M ARM, DDI 0419, section A3.7.3; ARMv7-M ARM, DDI 0403, the same), so that only
   the compiler must be told. Against normal memory that a device reads or writes, publish and acquire order them. */
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
