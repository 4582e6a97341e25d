/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on Cortex-M, as arch/io_memory.h describes it.
 *
 * Accesses to device memory stay in program order among themselves (ARMv6-M
 * ARM, DDI 0419, section A3.7.3; ARMv7-M ARM, DDI 0403, the same). So the
 * accessors need no barrier of the CPU. Against normal memory that a device
 * reads or writes, publish and acquire order them.
 */
#ifndef SB_IO_H
#define SB_IO_H

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "no big-endian Cortex-M is known here"
#endif

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline void sb_io_publish(void)
{
	__asm__ volatile("dmb" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("dmb" : : : "memory");
}

static inline void sb_io_relax(void)
{
	__asm__ volatile("nop" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
