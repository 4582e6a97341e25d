/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on 64-bit Arm, as arch/io_memory.h describes it.
 *
 * Accesses to device memory reach one device in program order (Arm ARM, DDI
 * 0487, section B2.7.2). So the accessors need no barrier of the CPU. Against
 * normal memory that a device reads or writes, publish and acquire order them.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include "io_arm.h"

#ifdef __cplusplus
extern "C" {
#endif

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
