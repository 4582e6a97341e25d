/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on RISC-V, as arch/io_memory.h describes it.
 *
 * In a region of I/O with strong ordering, accesses of a CPU reach the device
 * in program order (Privileged Architecture, section "Memory-Ordering PMAs").
 * So the accessors need no fence. No device in a region with relaxed ordering
 * is known here.
 *
 * FENCE orders accesses of four kinds: device input (i), device output (o),
 * reads (r) and writes (w) of memory. It does so in the eyes of a device too
 * (Unprivileged ISA 20191213, section 2.7).
 */
#ifndef SB_IO_H
#define SB_IO_H

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "no big-endian RISC-V is known here"
#endif

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline void sb_io_publish(void)
{
	__asm__ volatile("fence ow, ow" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	__asm__ volatile("fence ir, ir" : : : "memory");
}

/* PAUSE of Zihintpause, for assemblers that do not know it. It is a FENCE that
   orders nothing, where that extension is missing (Unprivileged ISA, chapter
   "Zihintpause"). */
static inline void sb_io_relax(void)
{
	__asm__ volatile(".4byte 0x0100000f" : : : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
