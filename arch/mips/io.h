/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ordered access to devices on MIPS, as arch/io_memory.h describes it.
 *
 * Devices are reached uncached, in kseg1 or by such a mapping. Accesses that
 * are uncached reach a device in program order, so the accessors need no
 * barrier. The uncached accelerated attribute gathers stores, and no device may
 * be mapped so.
 *
 * SYNC orders all loads and stores before it and all behind it, cached and
 * uncached (MIPS32 Architecture, volume II, MD00086 revision 2.50, SYNC).
 */
#ifndef SB_IO_H
#define SB_IO_H

#include "io_memory.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline void sb_io_publish(void)
{
	__asm__ volatile("sync" : : : "memory");
}

static inline void sb_io_acquire(void)
{
	sb_io_publish();
}

/* PAUSE waits for the end of an LL, which nobody began. */
static inline void sb_io_relax(void)
{
	sb_io_fixed();
}

#ifdef __cplusplus
}
#endif
#endif
