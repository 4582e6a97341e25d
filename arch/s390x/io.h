/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on s390x, as arch/io_memory.h describes it. Page
 * and chapter names are those of the z/Architecture Principles of Operation,
 * SA22-7832-13.
 *
 * No device has registers in memory here. Memory that a channel or a virtio
 * device uses is seen in order: stores are done in program order, and so are
 * fetches (chapter 5, "Storage-Operand References"). A store and a later fetch
 * may pass each other. Serialization forbids that.
 */
#ifndef SB_IO_H
#define SB_IO_H

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

/* BRANCH ON CONDITION with these operands serializes: chapter 5, "CPU
   Serialization". */
static inline void sb_io_publish(void)
{
	__asm__ volatile("bcr 15, 0" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("bcr 15, 0" : : : "memory");
}

static inline void sb_io_relax(void)
{
	__asm__ volatile("" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
