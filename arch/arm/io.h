/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on 32-bit Arm, A-profile, as arch/io_memory.h
 * describes it.
 *
 * Accesses to device memory reach one device in program order (Arm ARM, DDI
 * 0406, section A3.8; DDI 0100, chapter B2). So the accessors need no barrier
 * of the CPU. Against normal memory that a device reads or writes,
 * publish and acquire order them.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include "io_arm.h"

#ifdef __cplusplus
extern "C" {
#endif

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
